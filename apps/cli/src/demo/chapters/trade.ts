import { forEach } from '../client.js';
import { northwindCompanies } from '../northwind.js';
import type { Chapter, Story } from '../story.js';

/** What the customers have bought is entered beside their files; sums are kept by it, and opened by right. */
export const trade: Chapter = {
  at: '2025-03-04T01:00:00.000Z',
  async tell(story) {
    const entered = await enterOrders(story);
    await mendCall(story);
    await seeSpend(story, entered);
  },
};

/** @returns the position of the last of them */
async function enterOrders({ people, narrator, notes }: Story): Promise<string> {
  const companies = [...(await northwindCompanies()).entries()];
  const total = companies.reduce((sum, [, { orders }]) => sum + orders.length, 0);
  const counted = narrator.count('孙丽 and 周强 enter the orders of their companies as transactions', total);
  const positions = await forEach(
    companies.filter(([, { orders }]) => orders.length > 0),
    async ([i, { id, orders }]) => {
      const owner = people[i % 2 === 0 ? 'collector-1' : 'collector-2'];
      const entries = orders.map((content) => ({ kind: 'transaction', content }));
      const path = `/v1/records/${notes.idOf(id.trim())}/activities`;
      const { position } = await owner.post<{ position: string }>(path, 'orders', { entries });
      for (const _order of orders) counted();
      return position;
    },
  );
  return positions.sort().at(-1)!;
}

/** A correction never takes anything away. */
async function mendCall({ people, narrator, notes }: Story): Promise<void> {
  const path = `/v1/records/${notes.idOf('huaxing')}/activities`;
  const call = { time: '2025-03-04T00:40:00Z', channel: 'phone', summary: '询问春茶报价,下周回访' };
  const { entries } = await people['collector-1'].post<{ entries: readonly { id: string }[] }>(path, 'call', {
    entries: [{ kind: 'interaction', content: call }],
  });
  await people['collector-1'].post(`${path}/${entries[0]!.id}/corrections`, 'mend the call', {
    ...{ content: { ...call, channel: 'wechat' }, reason: '是微信语音,不是电话' },
  });
  narrator.say('孙丽 enters her call with 华兴, and corrects how it came in; what she entered first stays');
}

async function seeSpend({ people, narrator, notes }: Story, after: string): Promise<void> {
  const path = `/v1/records/${notes.idOf('QUICK')}/activity-totals?open=spend&after=${after}`;
  const { counts, spend } = await people.analyst.get<Totals>(path);
  const sums = spend.value.map(({ amount, currency }) => `${amount} ${currency}`).join(', ');
  narrator.say(
    `吴倩 sees what QUICK has spent, and the reading is on record: ${sums} in ${counts[0]?.count} orders`,
  );
}

interface Totals {
  readonly counts: readonly { readonly count: number }[];
  readonly spend: { readonly value: readonly { readonly amount: string; readonly currency: string }[] };
}
