import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { read, section, table } from './markdown.js';

const text = read('docs/how-to/operate.md');
const CLI = 'apps/cli/src';

describe('docs/how-to/operate.md', () => {
  it('names every command of the operator, and no other', () => {
    const source = readdirSync(CLI)
      .filter((name) => name.endsWith('.ts'))
      .map((name) => read(join(CLI, name)));
    const commands = [...source.join('\n').matchAll(/new Command\('([\w-]+)'\)/g)].map(([, name]) => name!);
    const told = table(section(text, 'Commands'), 'command', 'what it does').map(
      ([name]) => name!.split(' ')[0],
    );
    expect(told.sort()).toEqual(commands.filter((name) => name !== 'dossier').sort());
  });

  it('explains every cause for which a view stops', () => {
    const codes = /type StopCode =([^;]+);/.exec(read('libs/engine/src/views/stopped.ts'))![1]!;
    const causes = table(text, 'cause', 'what it means').flatMap(([cause]) => cause!.match(/[a-z-]{3,}/g)!);
    expect(causes.sort()).toEqual(codes.match(/[a-z-]{3,}/g)!.sort());
  });
});
