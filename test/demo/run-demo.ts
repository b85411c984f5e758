import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordedEvent } from '#engine/event.js';
import { openSqliteEventLog } from '#infra/event-log/sqlite/sqlite-event-log.js';
import { startBuilt, type Program } from '../builders/built.js';

export const DEMO = 'apps/cli/src/demo/main.js';

/** A demo takes seconds; on a busy machine, many. */
export const DEMO_MS = 240_000;

/** A name for a folder that is not there yet, and its removal. */
export function newFolder(): { readonly path: string; remove(): void } {
  const parent = mkdtempSync(join(tmpdir(), 'dossier-demo-'));
  return { path: join(parent, 'demo'), remove: () => rmSync(parent, { recursive: true, force: true }) };
}

/** Starts a demo in a new folder. */
export function startDemo(folder: string, ...args: string[]): Program {
  return startBuilt(DEMO, ['--port', '0', '--folder', folder, ...args]);
}

/** Goes on with a demo. */
export function resumeDemo(folder: string, ...args: string[]): Program {
  return startBuilt(DEMO, ['--port', '0', '--resume', folder, ...args]);
}

/** Every event of the log of a demo that is not running. */
export async function eventsIn(folder: string): Promise<RecordedEvent[]> {
  const log = openSqliteEventLog({ path: join(folder, 'log.db') });
  const events: RecordedEvent[] = [];
  for (let after: string | null = null; ;) {
    const page = await log.readAll({ after, maxCount: 1_000 });
    events.push(...page);
    const last = page.at(-1);
    if (!last) break;
    after = last.position;
  }
  await log.close();
  return events;
}

/** The ids that the story noted, by name. */
export function notesIn(folder: string): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(join(folder, 'demo-notes.json'), 'utf8')) as Record<string, string>;
}
