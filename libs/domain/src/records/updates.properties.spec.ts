import fc from 'fast-check';
import { isRefusal, type Actor } from '#engine/decider.js';
import type { Json } from '#engine/json.js';
import { companyContent } from '../../../../test/builders/content.js';
import { countersign, filed, propose, sign, type Life } from '../../../../test/builders/records.js';
import { fieldAt } from '../schema/fields.js';
import type { RecordCommand } from './commands.js';
import { pointersOf } from './content.js';

const people: readonly Actor[] = [
  { id: 'zhao', roles: ['custodian', 'collector'] },
  { id: 'wang', roles: ['manager'] },
  { id: 'b', roles: ['manager', 'custodian', 'collector'] },
  { id: 'sun', roles: ['collector'] },
];

/** Fields of both kinds, open and sealed, and values of theirs. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  phone: ['+8613900000001', '+8613900000002'],
  paymentTerms: ['现结', '月结'],
  cooperationStatus: ['cooperating', 'ended'],
  needs: ['茶', '咖啡', '水'],
  industry: ['F', 'G', 'H'],
  productPreferences: ['绿茶', '红茶'],
};
const pointers = Object.keys(FIELDS).map((key) => `/${key}`);

interface Step {
  readonly act: 'propose' | 'sign' | 'withdraw' | 'countersign' | 'wait';
  readonly who: number;
  readonly inTheNameOf: number | null;
  readonly accept: boolean;
  /** Of the fields, which are meant; of the open proposals, which one; of each field's values, which one. */
  readonly some: readonly number[];
  readonly which: number;
  /** How many revisions behind the head his view of the record is. */
  readonly behind: number;
}

/** What a clerk with a notebook would keep: values, who stands behind them, and what lies in the tray. */
interface Notebook {
  readonly values: Map<string, Json>;
  /** Revision at which each value last changed. */
  readonly changed: Map<string, number>;
  /** Proposals in the tray. */
  readonly tray: Map<string, { changes: Map<string, Json>; persons: string[]; base: number; until: number }>;
  /** Values without a countersignature: what was there before, and who changed them. */
  readonly unsigned: Map<string, { before: Json | undefined; persons: string[] }>;
}

let signed = 0;
let stale = 0;
let revertedTimes = 0;

function walk(steps: readonly Step[]): void {
  let life: Life = filed('B', {}, { content: companyContent({ needs: '水', industry: 'F' }) });
  const sealedAt = new Map<number, Readonly<Record<string, Json>>>();
  const book: Notebook = {
    values: new Map<string, Json>([
      ...(['/phone', '/needs'] as const).map((pointer) => [pointer, 'first'] as const),
      ...([
        ['/industry', 'F'],
        ['/cooperationStatus', 'interested'],
      ] as const),
    ]),
    ...{ changed: new Map(), tray: new Map(), unsigned: new Map() },
  };
  sealedAt.set(0, { '/phone': 'first', '/needs': 'first' });
  for (const step of steps) {
    if (step.act === 'wait') {
      life = life.later(step.which * 3);
      continue;
    }
    const actor = people[step.who]!;
    const onBehalfOf = step.inTheNameOf === null ? undefined : people[step.inTheNameOf]!.id;
    const persons = onBehalfOf === undefined ? [actor.id] : [actor.id, onBehalfOf];
    const command = commandOf(step, life, book);
    const decision = life.ask(actor, command, onBehalfOf);
    if (isRefusal(decision)) {
      if (decision.refused === 'update.stale') {
        stale++;
        expect(isStale(command, book, persons)).toBe(true);
      }
      continue;
    }
    const from = life.events.length;
    decision.forEach((draft, i) => {
      const sealed: Readonly<Record<string, Readonly<Record<string, Json>>>> =
        'sealed' in draft && draft.sealed ? draft.sealed : {};
      sealedAt.set(from + i, Object.assign({}, ...Object.values(sealed)) as Record<string, Json>);
    });
    life = life.act(actor, command, onBehalfOf);
    write(book, command, life, from, persons);
    expect(valuesOf(life, sealedAt)).toEqual(sorted(book.values));
    const { uncountersigned } = life.record;
    expect(Object.keys(uncountersigned).sort()).toEqual([...book.unsigned.keys()].sort());
  }
}

function commandOf({ act, accept, some, which, behind }: Step, life: Life, book: Notebook): RecordCommand {
  const keys = Object.keys(FIELDS).filter((_, i) => some.includes(i));
  const meant = keys.map((key) => `/${key}`);
  const proposals = act === 'sign' ? [...book.tray.keys()] : Object.keys(life.record.proposals);
  const proposalId = proposals[which % Math.max(1, proposals.length)] ?? 'none';
  const reason = '核实';
  const revision = Math.max(0, life.record.revision - behind);
  switch (act) {
    case 'propose': {
      const changes = keys.map((key): [string, Json] => [
        key,
        key !== 'phone' && key !== 'cooperationStatus' && which % 4 === 3
          ? null
          : FIELDS[key]![which % FIELDS[key]!.length]!,
      ]);
      return propose(Object.fromEntries(changes), { baseRevision: revision });
    }
    case 'withdraw':
      return { type: 'WithdrawProposal', proposalId };
    case 'countersign': {
      const waiting = meant.filter((pointer) => book.unsigned.has(pointer));
      const named = waiting.length > 0 ? { pointers: waiting } : {};
      return countersign({
        decision: accept ? 'accept' : 'refuse',
        ...named,
        reason,
        seenRevision: revision,
      });
    }
    default: {
      const proposed = [...(book.tray.get(proposalId)?.changes.keys() ?? [])];
      const part = proposed.filter((pointer) => meant.includes(pointer));
      const named = accept && part.length > 0 ? { pointers: part } : {};
      return sign(proposalId, { decision: accept ? 'accept' : 'refuse', ...named, reason });
    }
  }
}

/** What a command that was accepted means, in the words of the rule; and that nobody decided on his own work. */
function write(book: Notebook, command: RecordCommand, life: Life, from: number, persons: string[]): void {
  const none = (others: readonly string[]) =>
    expect(others.filter((person) => persons.includes(person))).toEqual([]);
  const set = (pointer: string, value: Json | undefined, revision: number) => {
    if (value === undefined || value === null) book.values.delete(pointer);
    else book.values.set(pointer, value);
    book.changed.set(pointer, revision);
  };
  expect(isStale(command, book, persons)).toBe(false);
  switch (command.type) {
    case 'ProposeUpdate': {
      const all = Object.entries(command.changes)
        .map(([key, value]) => [`/${key}`, value] as const)
        .filter(([pointer, value]) => value !== null || book.values.has(pointer));
      const marked = all.filter(([pointer]) => fieldAt('company', pointer)?.secondSignature);
      const until = Date.parse(life.now) + 30 * 86_400_000;
      if (marked.length > 0) {
        for (const [id, { changes, persons: by, until: lapses }] of book.tray) {
          const covered = [...changes.keys()].every((pointer) => marked.some(([each]) => each === pointer));
          const open = Date.parse(life.now) < lapses;
          if (open && covered && by.some((person) => persons.includes(person))) book.tray.delete(id);
        }
        const id = String(life.events[from]?.data['proposalId' as never]);
        book.tray.set(id, { changes: new Map(marked), persons, base: command.baseRevision, until });
      }
      for (const [pointer, value] of all.filter((each) => !marked.includes(each))) {
        const known = book.unsigned.get(pointer);
        const before = known ? known.before : book.values.get(pointer);
        book.unsigned.set(pointer, { before, persons: [...(known?.persons ?? []), ...persons] });
        set(pointer, value, life.record.revision);
      }
      return;
    }
    case 'SignProposal': {
      const { changes, persons: by, until } = book.tray.get(command.proposalId)!;
      none(by);
      expect(Date.parse(life.now)).toBeLessThan(until);
      book.tray.delete(command.proposalId);
      if (command.decision === 'refuse') return;
      signed++;
      for (const [pointer, value] of changes) {
        if (command.pointers?.includes(pointer) ?? true) set(pointer, value, life.record.revision);
      }
      return;
    }
    case 'WithdrawProposal':
      expect(book.tray.delete(command.proposalId)).toBe(true);
      return;
    case 'CountersignUpdate': {
      const others = [...book.unsigned].filter(
        ([, each]) => !each.persons.some((by) => persons.includes(by)),
      );
      for (const pointer of command.pointers ?? others.map(([each]) => each)) {
        const { before, persons: by } = book.unsigned.get(pointer)!;
        none(by);
        book.unsigned.delete(pointer);
        if (command.decision === 'accept') continue;
        revertedTimes++;
        set(pointer, before, life.record.revision);
      }
      return;
    }
    default:
      throw new Error(`${command.type} is no part of the walk`);
  }
}

function isStale(
  command: RecordCommand,
  { values, changed, tray, unsigned }: Notebook,
  persons: readonly string[],
): boolean {
  const since = (of: Iterable<string>, base: number) =>
    [...of].some((pointer) => (changed.get(pointer) ?? 0) > base);
  switch (command.type) {
    case 'ProposeUpdate': {
      // Who takes away what is gone already changes nothing.
      const meant = Object.entries(command.changes).filter(
        ([key, value]) => value !== null || values.has(`/${key}`),
      );
      return since(
        meant.map(([key]) => `/${key}`),
        command.baseRevision,
      );
    }
    case 'SignProposal': {
      const proposal = tray.get(command.proposalId);
      if (!proposal || command.decision === 'refuse') return false;
      return since(command.pointers ?? proposal.changes.keys(), proposal.base);
    }
    case 'CountersignUpdate':
      return since(command.pointers ?? othersWork(unsigned, persons), command.seenRevision ?? Infinity);
    default:
      return false;
  }
}

function othersWork(unsigned: Notebook['unsigned'], persons: readonly string[]): string[] {
  return [...unsigned].flatMap(([pointer, { persons: by }]) =>
    by.some((person) => persons.includes(person)) ? [] : [pointer],
  );
}

/** Each value from where the record says that it stands. */
function valuesOf(life: Life, sealedAt: ReadonlyMap<number, Readonly<Record<string, Json>>>) {
  const { content, changes } = life.record;
  const here = pointersOf(content).filter((pointer) => pointers.includes(pointer));
  return sorted(
    here.map((pointer) => {
      const { stands } = changes[pointer]!;
      return [pointer, content.open[pointer] ?? sealedAt.get(stands ?? -1)?.[pointer] ?? null] as const;
    }),
  );
}

function sorted(values: Iterable<readonly [string, Json]>) {
  return [...values].sort(([one], [other]) => (one < other ? -1 : 1));
}

describe('after whatever proposals, signatures, countersignatures and refusals', () => {
  it('every field is what a notebook of them says, and nobody decided on his own work', () => {
    const person = fc.nat({ max: people.length - 1 });
    const step: fc.Arbitrary<Step> = fc.record({
      act: fc.oneof(
        { arbitrary: fc.constant('propose' as const), weight: 4 },
        { arbitrary: fc.constant('sign' as const), weight: 3 },
        { arbitrary: fc.constant('countersign' as const), weight: 3 },
        fc.constantFrom('withdraw' as const, 'wait' as const),
      ),
      who: person,
      inTheNameOf: fc.option(person, { freq: 9 }),
      accept: fc.oneof({ arbitrary: fc.constant(true), weight: 2 }, fc.constant(false)),
      some: fc.uniqueArray(fc.nat({ max: pointers.length - 1 }), { minLength: 1 }),
      which: fc.nat({ max: 11 }),
      behind: fc.oneof({ arbitrary: fc.constant(0), weight: 4 }, fc.nat({ max: 4 })),
    });
    fc.assert(fc.property(fc.array(step, { maxLength: 40, size: 'max' }), walk), {
      seed: 20250303,
      numRuns: 500,
    });
    // The walks must reach what they are about: otherwise the property says nothing.
    expect(Math.min(signed, stale, revertedTimes)).toBeGreaterThan(100);
  });
});
