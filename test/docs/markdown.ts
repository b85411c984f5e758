import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every document that is written by hand: those at the root, and those in `docs/` that are not generated. */
export function documents(): string[] {
  const isText = (name: string) => name.endsWith('.md');
  const written = readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => isText(name) && !name.startsWith('reference'))
    .map((name) => join('docs', name));
  return [...readdirSync('.').filter(isText), ...written].sort();
}

export function read(path: string): string {
  return readFileSync(path, 'utf8');
}

/** The text under a heading, up to the next heading of its own level or above. */
export function section(text: string, heading: string): string {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => /^#+ /.test(line) && line.replace(/^#+ /, '') === heading);
  if (start < 0) throw new Error(`there is no heading "${heading}"`);
  const level = lines[start]!.indexOf(' ');
  const ends = (line: string) => /^#+ /.test(line) && line.indexOf(' ') <= level;
  const length = lines.slice(start + 1).findIndex(ends);
  return lines.slice(start + 1, length < 0 ? undefined : start + 1 + length).join('\n');
}

/** The rows of the table whose header begins with these cells; code marks are taken off cells that are one code. */
export function table(text: string, ...header: string[]): string[][] {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`| ${header.join(' | ')} |`));
  if (start < 0) throw new Error(`there is no table ${header.join(', ')}`);
  const rest = lines.slice(start + 2);
  const length = rest.findIndex((line) => !line.startsWith('|'));
  return rest.slice(0, length < 0 ? undefined : length).map(cellsOf);
}

/** What stands between code marks, each once. */
export function codesIn(text: string): string[] {
  return [...new Set([...text.matchAll(/`([^`\n]+)`/g)].map(([, code]) => code!))];
}

/** Targets of the links in a text, in order. */
export function linksIn(text: string): string[] {
  const shown = text.replace(/^```.*?^```$/gms, '');
  return [...shown.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!);
}

/** The fragments under which the headings of a text are found, as GitHub makes them. */
export function anchorsOf(text: string): string[] {
  const headings = text.replace(/^```.*?^```$/gms, '').match(/^#+ .*$/gm) ?? [];
  return headings.map((line) =>
    line
      .replace(/^#+ /, '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function cellsOf(line: string): string[] {
  const cells = line.split('|').slice(1, -1);
  return cells.map((cell) => cell.trim().replace(/^`([^`]+)`$/, '$1'));
}
