import { parseArgs } from 'node:util';
import { cpus } from 'node:os';
import { benchmarkAppend } from './append.js';

/** How long a benchmark measures. */
export interface Effort {
  readonly rounds: number;
  /** Milliseconds per contender and round. */
  readonly roundMs: number;
}

const benchmarks: Readonly<Record<string, { about: string; run: (effort: Effort) => Promise<void> }>> = {
  append: { about: 'durable chained append by 1, 50 and 500 callers', run: benchmarkAppend },
};

const HELP = `Measures the built code beside its peers and the physical floor, in one run.

  npm run bench -- <name> [--rounds 7] [--ms 1000]

${Object.entries(benchmarks)
  .map(([name, { about }]) => `  ${name.padEnd(10)} ${about}`)
  .join('\n')}

  --rounds   rounds per contender, at least 5; the contenders take turns
  --ms       milliseconds per contender and round`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      rounds: { type: 'string', default: '7' },
      ms: { type: 'string', default: '1000' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const benchmark = benchmarks[positionals[0] ?? ''];
  const effort = { rounds: Math.max(5, Number(values.rounds)), roundMs: Number(values.ms) };
  if (values.help || !benchmark || !(effort.rounds > 0) || !(effort.roundMs > 0)) {
    console.log(HELP);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  console.log(`${cpus().length} x ${cpus()[0]?.model ?? 'unknown CPU'}, Node ${process.version}`);
  await benchmark.run(effort);
}

await main();
