import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { anchorsOf, codesIn, documents, linksIn, read } from './markdown.js';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

/** What npm itself does, and the scripts that it runs without `run`. */
const NPM = ['ci', 'start', 'test'];

/** Made by running the program, or named as an example of what is not there. */
const NOT_IN_THE_TREE = /^(dist|data|\.demo)\//;

describe.each(documents())('%s', (path) => {
  const text = read(path);

  it('links to what is there', () => {
    const broken = linksIn(text).filter((target) => {
      if (/^https?:/.test(target)) return false;
      const [file = '', anchor] = target.split('#');
      const to = file === '' ? path : join(dirname(path), file);
      return !existsSync(to) || (anchor !== undefined && !anchorsOf(read(to)).includes(anchor));
    });
    expect(broken).toEqual([]);
  });

  it('names commands that there are', () => {
    const run = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, script]) => script!);
    const other = [...text.matchAll(/npm (?!run\b)([a-z]+)/g)].map(([, command]) => command!);
    expect(run.filter((script) => !(script in scripts))).toEqual([]);
    expect(other.filter((command) => !NPM.includes(command))).toEqual([]);
  });

  it('names files that there are', () => {
    const files = codesIn(text).filter((code) => /^[\w.-]+(\/[\w.-]+)+\.(ts|md|json|py|mjs|cjs)$/.test(code));
    const places = ['', 'libs/domain/src', dirname(path)];
    const missing = files.filter((file) => !places.some((place) => existsSync(join(place, file))));
    expect(missing.filter((file) => !NOT_IN_THE_TREE.test(file))).toEqual([]);
  });
});

describe('README.zh-CN.md', () => {
  it('gives the commands of README.md and points to the same places', () => {
    const [en, zh] = ['README.md', 'README.zh-CN.md'].map(read) as [string, string];
    const commands = (text: string) =>
      [...text.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block]) => block!.replace(/#.*$/gm, '').trim());
    expect(commands(zh)).toEqual(commands(en));
    expect(linksIn(zh).sort()).toEqual(
      linksIn(en)
        .map((target) => (target === 'README.zh-CN.md' ? 'README.md' : target))
        .sort(),
    );
  });
});
