import { Refused } from './client.js';
import { assemble } from './chapters/assemble.js';
import { audit } from './chapters/audit.js';
import { collect } from './chapters/collect.js';
import { condemn } from './chapters/condemn.js';
import { destroy } from './chapters/destroy.js';
import { file } from './chapters/file.js';
import { hold } from './chapters/hold.js';
import { lend } from './chapters/lend.js';
import { review } from './chapters/review.js';
import { trade } from './chapters/trade.js';
import { update } from './chapters/update.js';
import type { Chapter, Story } from './story.js';

const CHAPTERS: readonly Chapter[] = [
  assemble,
  collect,
  review,
  file,
  trade,
  lend,
  condemn,
  update,
  hold,
  destroy,
  audit,
];

/** Where the story's clock starts. */
export const STORY_BEGINS = assemble.at;

/**
 * Tells the story from where it stands to its end. The log's clock says which chapters are over: it is moved on only when
 * everything of a chapter was acknowledged.
 */
export async function tellStory(story: Story): Promise<void> {
  const { narrator, notes } = story;
  const now = await moveClock(story, STORY_BEGINS);
  const left = CHAPTERS.filter((_, i) => now < (CHAPTERS[i + 1]?.at ?? '9999'));
  if (left.length < CHAPTERS.length) {
    narrator.at(now);
    narrator.say('The story goes on here; what was done of this part already answers as it did before');
  }
  for (const chapter of left) {
    narrator.at(await moveClock(story, chapter.at));
    await chapter.tell(story);
    notes.save();
  }
}

/** Moves the clock to an instant, unless it is later already. @returns what time it is then */
async function moveClock({ people }: Story, to: string): Promise<string> {
  try {
    return (await people.admin.post<{ now: string }>('/v1/demo/clock', `clock ${to}`, { to })).now;
  } catch (error) {
    if (!(error instanceof Refused) || error.problem.code !== 'clock.not-forward') throw error;
    return (error.problem['params'] as { now: string }).now;
  }
}
