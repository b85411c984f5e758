import type { Person } from './client.js';
import type { Narrator } from './narrator.js';
import type { Notes } from './notes.js';
import type { PasswordFile } from './passwords.js';
import type { StaffId } from './team.js';

/** What the chapters of the story share. */
export interface Story {
  readonly people: Readonly<Record<StaffId, Person>>;
  readonly passwords: PasswordFile;
  readonly notes: Notes;
  readonly narrator: Narrator;
}

/**
 * A part of the story, told at one sitting. A chapter that a crash interrupted is told again from its beginning, so
 * every command in it has an `Idempotency-Key` and a body of its own that never change: no id, no date is made up.
 */
export interface Chapter {
  /** UTC instant to which the clock is moved before it. Chapters lie hours apart, so the clock tells which are over. */
  readonly at: string;
  tell(story: Story): Promise<void>;
}
