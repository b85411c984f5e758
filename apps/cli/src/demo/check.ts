import { DOOMED } from './chapters/doomed.js';
import type { Register } from './chapters/destroy.js';
import { Refused } from './client.js';
import type { Story } from './story.js';

/** 93 companies of the sample, one invented company that was brought twice, ten newcomers; two are destroyed. */
const EXPECTED = { filed: 102, rejected: 1 };

/** What is not as it should be at the end of the story; nothing, if all is well. */
export async function faultsIn({ people, notes }: Story): Promise<string[]> {
  const { executive } = people;
  const faults: string[] = [];
  for (const [status, expected] of Object.entries(EXPECTED)) {
    const { items } = await executive.get<{ items: readonly object[] }>(
      `/v1/records?status=${status}&limit=200`,
    );
    if (items.length !== expected) faults.push(`${items.length} records are ${status}, not ${expected}`);
  }
  const { items } = await executive.get<Register>('/v1/destructions?limit=200');
  for (const name of DOOMED) {
    const entry = items.find(({ record }) => record.id === notes.idOf(name));
    if (entry?.state !== 'destroyed' || entry.certificate === null) faults.push(`${name} has no certificate`);
    const read = await executive
      .get(`/v1/records/${notes.idOf(name)}?open=all&purpose=supervision`)
      .catch((error: unknown) => error);
    if (!(read instanceof Refused) || read.status !== 410) faults.push(`${name} can still be read`);
  }
  return faults;
}
