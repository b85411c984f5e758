import { model } from '#domain/model.js';
import { done, openKernel, type Kernel } from '../builders/kernel.js';
import { read, section, table } from './markdown.js';

const text = read('docs/architecture.md');

describe('docs/architecture.md', () => {
  let kernel: Kernel;

  beforeAll(async () => {
    kernel = await openKernel();
  });

  afterAll(() => kernel.close());

  it('names every member of a stored event, and no other', async () => {
    const { events } = done(await kernel.send('counter-1', { type: 'OpenCounter', limit: 3 }));
    const members = table(section(text, 'An event'), 'member', 'what it is').map(([member]) => member);
    expect(members.sort()).toEqual(Object.keys(events[0]!).sort());
  });

  it('names every view that is fed', () => {
    const views = table(text, 'view', 'answers').map(([view]) => view);
    expect(views).toEqual(model.views.map(({ name }) => name));
  });

  it.each(table(section(text, 'Limits'), 'limit', 'value', 'where'))('%s: %s', (_limit, value, where) => {
    const [file, name] = where.split('` `').map((code) => code.replaceAll('`', ''));
    const set = new RegExp(`const ${name} = ([\\d_ *]+);`).exec(read(file!))?.[1];
    const factors = set!.split('*').map((factor) => Number(factor.replaceAll('_', '')));
    const product = factors.reduce((one, other) => one * other);
    expect(value.replaceAll(',', '').split(' ')[0]).toBe(String(product));
  });
});
