import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eligibilityRules } from './eligibility.js';
import { eligibilityRuleTexts, remedyTexts } from './eligibility-texts.js';
import { refusalCodes, refusalTexts } from './refusal-texts.js';

const source = [__dirname, join(__dirname, '../file-numbers')]
  .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.spec.ts'))
  .map((path) => readFileSync(path, 'utf8'))
  .join('\n');
const placeholders = (sentence: string) =>
  [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

describe('the texts of refusals', () => {
  it('exist for every code that a rule refuses with', () => {
    const used = [...source.matchAll(/\bno\(\s*'([^']+)'/g)].map(([, code]) => code);
    expect(used.length).toBeGreaterThan(50);
    expect(used.filter((code) => !refusalCodes.some((each) => each === code))).toEqual([]);
  });

  it.each(refusalCodes)('%s is refused with somewhere', (code) => {
    expect(source).toMatch(new RegExp(`\\bno\\(\\s*'${code.replaceAll('.', '\\.')}'`));
  });

  it.each(Object.entries(refusalTexts))('%s names the same facts in both languages', (_code, { en, zh }) => {
    expect(placeholders(zh)).toEqual(placeholders(en));
    expect(zh).toMatch(/\p{Script=Han}/u);
  });
});

describe('the texts of the eligibility report', () => {
  it('exist for every rule', () => {
    expect(Object.keys(eligibilityRuleTexts)).toEqual(eligibilityRules.map(({ rule }) => rule));
  });

  it.each(Object.entries(remedyTexts))('%s names the same facts in both languages', (_code, { en, zh }) => {
    expect(placeholders(zh)).toEqual(placeholders(en));
  });
});
