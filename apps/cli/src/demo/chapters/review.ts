import { setTimeout as sleep } from 'node:timers/promises';
import { forEach, type Person } from '../client.js';
import { HUAXING_PHONE } from '../customers.js';
import { newcomers } from '../newcomers.js';
import { northwindCompanies } from '../northwind.js';
import type { Chapter, Story } from '../story.js';

/** How often a list that goes on is looked at, in milliseconds. */
const LOOK_MS = 100;

/** Companies that never ordered: the manager asks when the first contact was, and the collector looks it up. */
const UNDATED: Readonly<Record<string, string>> = { FISSA: '1996-05-20', PARIS: '1996-06-11' };

/** The manager looks at what was brought: most is approved at once, some goes back and comes again, mended. */
export const review: Chapter = {
  at: '2025-03-03T06:00:00.000Z',
  async tell(story) {
    await approveMost(story);
    await sendBackUndated(story);
    await decideOnHuaxing(story);
  },
};

async function approveMost({ people, narrator, notes }: Story): Promise<void> {
  const names = [
    ...(await northwindCompanies()).map(({ id }) => id.trim()).filter((name) => !(name in UNDATED)),
    ...newcomers.map(({ key }) => key),
  ];
  const items = names.map((name) => ({ record: notes.idOf(name), round: 1 }));
  const batch = await finished(
    people.manager,
    await people.manager.post<Batch>('/v1/reviews', 'approve most', { items }),
  );
  if (batch.done !== items.length) throw new Error(`${batch.refused} of the reviews were refused`);
  narrator.say(`王敏 approves ${batch.done} of them with one request`);
}

interface Batch {
  readonly id: string;
  readonly status: string;
  readonly done: number;
  readonly refused: number;
}

/** A long list goes on by itself after it was answered. */
async function finished(person: Person, begun: Batch): Promise<Batch> {
  let batch = begun;
  while (batch.status !== 'finished') {
    await sleep(LOOK_MS);
    batch = await person.get<Batch>(`/v1/processes/${batch.id}`);
  }
  return batch;
}

async function sendBackUndated({ people, narrator, notes }: Story): Promise<void> {
  await forEach(Object.entries(UNDATED), async ([name, firstContactOn]) => {
    const path = `/v1/records/${notes.idOf(name)}`;
    await people.manager.post(`${path}/reviews`, 'return', {
      ...{ decision: 'return', round: 1 },
      comments: { '/firstContactOn': '没有订单,请补首次接触日期' },
    });
    await people['collector-2'].post(`${path}/resubmissions`, 'mend', {
      ...{ changes: { firstContactOn }, note: '据1996年展会登记簿补录' },
    });
    await people.manager.post(`${path}/reviews`, 'approve', { decision: 'approve', round: 2 });
  });
  narrator.say('王敏 returns FISSA and PARIS: when was the first contact? 周强 looks it up; now approved');
}

/** A number is a digit short, and the company was brought twice. */
async function decideOnHuaxing({ people, narrator, notes }: Story): Promise<void> {
  const { manager } = people;
  const path = `/v1/records/${notes.idOf('huaxing')}`;
  await manager.get(`${path}?open=all&purpose=supervision`);
  await manager.post(`${path}/reviews`, 'return', {
    ...{ decision: 'return', round: 1 },
    comments: { '/phone': '少一位,请与客户核实' },
  });
  narrator.say('王敏 opens 华兴, for supervision, and returns it: a digit of the phone number is missing');
  await people['collector-1'].post(`${path}/resubmissions`, 'mend', {
    ...{ changes: { phone: HUAXING_PHONE }, note: '已致电总机核实' },
  });
  await manager.post(`${path}/reviews`, 'approve', {
    ...{ decision: 'approve', round: 2, grade: 'A', class: { kind: 'key' } },
  });
  narrator.say('孙丽 mends it; 王敏 approves it as a key customer, grade A');
  await manager.post(`/v1/records/${notes.idOf('huaxing-again')}/reviews`, 'reject', {
    ...{ decision: 'reject', round: 1, reason: '与孙丽采集的档案重复' },
  });
  narrator.say('王敏 does not take the second 华兴 on file: it is the same company');
}
