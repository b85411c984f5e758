import { setTimeout as sleep } from 'node:timers/promises';
import { Refused, type Person } from '../client.js';
import type { Chapter, Story } from '../story.js';
import { applicationFor, DOOMED } from './doomed.js';

/** How long the certificates may take, and how often they are looked for, in milliseconds. */
const CERTIFICATE_MS = 30_000;
const LOOK_MS = 100;

/** The hold is lifted by somebody else; then the keys of both records are destroyed before a witness. */
export const destroy: Chapter = {
  at: '2025-03-14T01:00:00.000Z',
  async tell(story) {
    const { people, narrator, notes } = story;
    const release = `/v1/records/${notes.idOf('VALON')}/holds/${notes.idOf('VALON, hold')}/releases`;
    await once(people.manager, release, 'release', { reason: '法务已答复:与合同无关' });
    narrator.say(
      '王敏 lifts the hold, which neither she nor an applicant had placed: the lawyers have answered',
    );
    for (const name of DOOMED) {
      const application = `/v1/records/${notes.idOf(name)}/destructions/${notes.idOf(applicationFor(name))}`;
      await once(people.auditor, `${application}/attestations`, 'attest', { statement: '本人在场监销' });
      await once(people.custodian, `${application}/execution`, 'execute');
    }
    narrator.say('郑岩 attests as the witness and 赵宏 executes; there is no way back from here');
    await certificates(story);
    narrator.say('Keys, copies and views are gone: both destructions have their certificates');
  },
};

/** Sends a command of a chapter that is told again although what it was about has been destroyed since. */
async function once(person: Person, path: string, key: string, body: object = {}): Promise<void> {
  try {
    await person.post(path, key, body);
  } catch (error) {
    if (!(error instanceof Refused) || error.status !== 410) throw error;
  }
}

async function certificates({ people, notes }: Story): Promise<void> {
  const until = Date.now() + CERTIFICATE_MS;
  for (;;) {
    const { items } = await people.executive.get<Register>('/v1/destructions?limit=200');
    const done = items.filter(({ state, certificate }) => state === 'destroyed' && certificate !== null);
    if (DOOMED.every((name) => done.some(({ record }) => record.id === notes.idOf(name)))) return;
    if (Date.now() > until) throw new Error('the certificates of the destructions are missing');
    await sleep(LOOK_MS);
  }
}

/** The register of destructions. */
export interface Register {
  readonly items: readonly {
    readonly record: { readonly id: string };
    readonly state: string;
    readonly certificate: object | null;
  }[];
}
