import { Refused } from '../client.js';
import type { Chapter, Story } from '../story.js';
import { applicationFor } from './doomed.js';
import { phoneSeenBy } from './lend.js';

/** A week has gone: loans have ended by themselves, and somebody has a doubt about a destruction. */
export const hold: Chapter = {
  at: '2025-03-13T07:00:00.000Z',
  async tell(story) {
    await seeExpiry(story);
    await placeHold(story);
  },
};

async function seeExpiry({ people, narrator, notes }: Story): Promise<void> {
  const seen = await phoneSeenBy(people['collector-2'], `/v1/records/${notes.idOf('huaxing')}`);
  if (!seen.includes('*')) throw new Error(`周强 still sees ${seen}`);
  narrator.say(`The loans have ended by themselves: 周强 sees ${seen} now`);
}

async function placeHold({ people, narrator, notes }: Story): Promise<void> {
  const record = `/v1/records/${notes.idOf('VALON')}`;
  const { holdId } = await people.executive.post<{ holdId: string }>(`${record}/holds`, 'hold', {
    reason: '法务询问是否涉及1997年的合同',
  });
  notes.set('VALON, hold', holdId);
  narrator.say('林静 puts a hold on VALON: the lawyers have a question');
  // A refusal leaves no trace, so it may be asked for again in this chapter: the hold is lifted in another.
  const refused = await people.custodian
    .post(`${record}/destructions/${notes.idOf(applicationFor('VALON'))}/execution`, 'too early')
    .catch((error: unknown) => error);
  if (!(refused instanceof Refused) || refused.problem.code !== 'destruction.guard-failed') throw refused;
  narrator.say(`赵宏 cannot destroy it: ${refused.problem.detail}`);
}
