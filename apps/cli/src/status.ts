import { Command } from 'commander';
import { operate, print } from './operate.js';

interface ViewLine {
  readonly view: string;
  readonly generation: number;
  readonly position: string | null;
  readonly eventsBehind?: number;
  readonly secondsBehind: number;
  readonly stopped: string | null;
}

export const status = new Command('status')
  .description('shows the log’s head and how far each view is behind it')
  .option('--json', 'print JSON')
  .action(async ({ json }: { json?: true }) => {
    const result = await operate('status');
    if (json) return print(result);
    const { logId, demo, head, now } = result as {
      logId: string;
      demo: boolean;
      head: string | null;
      now: string;
    };
    process.stdout.write(`log ${logId}${demo ? ' (demo)' : ''} at ${head ?? 'the start'}, ${now}\n`);
    for (const line of result.views as unknown as ViewLine[]) process.stdout.write(describe(line) + '\n');
  });

function describe({ view, generation, position, eventsBehind, secondsBehind, stopped }: ViewLine): string {
  const behind = eventsBehind === undefined ? 'many events' : `${eventsBehind} events`;
  const state = stopped ? `STOPPED: ${stopped}` : `behind ${behind}, ${secondsBehind.toFixed(1)} s`;
  return `${view.padEnd(22)} g${generation}  ${position ?? '-'}  ${state}`;
}
