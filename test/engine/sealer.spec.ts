import { inspect } from 'node:util';
import { BoxForged } from '#engine/sealing/box.js';
import { KeyDestroyed, KeyMissing } from '#engine/sealing/data-keys.js';
import { Keyring } from '#engine/sealing/keyring.js';
import type { PartToSeal, PlacedBox } from '#engine/sealing/sealer.js';
import { masterKeys, openKernel, type Kernel } from '../builders/kernel.js';

const part = (id: string, name: string): PartToSeal => ({
  stream: 'counter-1',
  eventId: 'e1',
  part: id,
  keyId: `1/${id}`,
  owner: '1',
  content: { values: { '/name': name }, bodyMac: null },
});

describe('The sealer', () => {
  let kernel: Kernel;
  let placed: PlacedBox[];
  beforeEach(async () => {
    kernel = await openKernel();
    const parts = [part('record', '杭州华兴'), part('person-1', '张明')];
    const boxes = await kernel.sealer.seal(parts);
    placed = boxes.map((box, i) => ({ ...parts[i]!, box }));
  });
  afterEach(() => kernel.close());

  const names = async () => (await kernel.sealer.open(placed)).map((content) => content?.values['/name']);

  it('opens what it sealed, in the order given, in any process', async () => {
    expect(await names()).toEqual(['杭州华兴', '张明']);
    const other = await kernel.process();
    expect(await other.sealer.open(placed)).toEqual(await kernel.sealer.open(placed));
  });

  it('opens nothing and needs no key where there is nothing', async () => {
    expect([await kernel.sealer.open([]), await kernel.sealer.seal([])]).toEqual([[], []]);
  });

  it('gives null for a part whose key was destroyed, and the others as before', async () => {
    await kernel.destroy('1/person-1');
    expect(await names()).toEqual(['杭州华兴', undefined]);
    expect((await kernel.sealer.open(placed))[1]).toBeNull();
    await expect(kernel.sealer.seal([part('person-1', '李四')])).rejects.toThrow(KeyDestroyed);
  });

  it('stops loudly where the vault knows nothing of a key', async () => {
    const stranger = { ...placed[0]!, box: { ...placed[0]!.box, k: '2/record' } };
    await expect(kernel.sealer.open([placed[0]!, stranger])).rejects.toThrow(KeyMissing);
  });

  it('does not open a box in the place of another', async () => {
    const swapped = [{ ...placed[0]!, box: placed[1]!.box }];
    await expect(kernel.sealer.open(swapped)).rejects.toThrow(BoxForged);
  });

  it('makes the same MACs and tokens in every process of a vault, and others with another vault', async () => {
    const other = await kernel.process();
    const stranger = await openKernel();
    const marks = [kernel, other, stranger].map(({ sealer }) => [
      sealer.mac({ phone: '1', name: 'a' }),
      sealer.token('张明'),
    ]);
    await stranger.close();
    expect(marks[0]).toEqual(marks[1]);
    expect(marks[0]![0]).not.toBe(marks[2]![0]);
    expect(marks[0]![1]).not.toBe(marks[2]![1]);
  });

  it('shows no key to whoever prints it', () => {
    const printed = inspect([kernel.sealer, new Keyring(masterKeys('m1'))], { depth: null });
    expect(printed).toMatch(/Sealer.*Keyring/s);
    expect(printed).not.toContain('Buffer');
  });

  it('makes one MAC of a value, whatever the order of its members', () => {
    expect(kernel.sealer.mac({ phone: '1', name: 'a' })).toBe(kernel.sealer.mac({ name: 'a', phone: '1' }));
    expect(kernel.sealer.mac({ phone: '1' })).not.toBe(kernel.sealer.mac({ phone: '2' }));
  });
});
