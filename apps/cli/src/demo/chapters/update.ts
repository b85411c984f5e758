import type { Person } from '../client.js';
import { HUAXING_NEW_PHONE } from '../customers.js';
import type { Chapter, Story } from '../story.js';
import { phoneSeenBy } from './lend.js';

/** A customer moves: the one who calls him weekly proposes changes, a second person signs, or does not. */
export const update: Chapter = {
  at: '2025-03-10T02:00:00.000Z',
  async tell(story) {
    const asked = await propose(story);
    await sign(story, asked);
    await countersign(story, asked);
  },
};

interface Proposed {
  readonly proposalId: string;
  readonly waits: readonly string[];
  readonly inForce: readonly string[];
  readonly revision: number;
}

async function propose({ people, narrator, notes }: Story): Promise<Proposed> {
  const owner = people['collector-1'];
  const record = `/v1/records/${notes.idOf('huaxing')}`;
  await owner.get(`${record}?open=phone,paymentTerms,needs`);
  const asked = await owner.post<Proposed>(`${record}/proposals`, 'weekly call', {
    changes: {
      phone: HUAXING_NEW_PHONE,
      paymentTerms: '月结九十天',
      needs: '每月供应进口食品样品,年度合同提前到四月签订',
    },
    ...{ reason: '每周电话回访:公司搬到滨江,总机换号', source: 'phone' },
    baseRevision: Number(notes.idOf('huaxing, as allocated')),
  });
  narrator.say(
    `孙丽 calls 华兴, as every week, and proposes changes: ${asked.waits.join(' and ')} wait for a signature, ` +
      `${asked.inForce.join(', ')} is in force`,
  );
  return asked;
}

async function sign({ people, narrator, notes }: Story, { proposalId }: Proposed): Promise<void> {
  const record = `/v1/records/${notes.idOf('huaxing')}`;
  const path = `${record}/proposals/${proposalId}`;
  const custodian: Person = people.custodian;
  const { diff, diffMac } = await custodian.get<Diff>(`${path}?open=all`);
  for (const { label, old, new: proposed } of diff) {
    narrator.say(`  ${label}: ${old.value} -> ${proposed.value}`);
  }
  await custodian.post(`${path}/signatures`, 'sign', {
    ...{ decision: 'accept-in-part', pointers: ['/phone'], diffMac },
    reason: '九十天账期超出公司规定,请与客户另议',
  });
  const seen = await phoneSeenBy(custodian, record);
  narrator.say(`赵宏 signs the phone and refuses the payment terms; the file says ${seen} now`);
}

interface Diff {
  readonly diffMac: string;
  readonly diff: readonly {
    readonly label: string;
    readonly old: { readonly value: string | null };
    readonly new: { readonly value: string | null };
  }[];
}

async function countersign({ people, narrator, notes }: Story, { revision }: Proposed): Promise<void> {
  const items = [{ record: notes.idOf('huaxing'), revision }];
  const { done } = await people.custodian.post<{ done: number }>('/v1/countersignatures', 'countersign', {
    items,
  });
  if (done !== items.length) throw new Error('the countersignature was refused');
  narrator.say('He countersigns what 孙丽 heard of their needs, a week before it is due');
}
