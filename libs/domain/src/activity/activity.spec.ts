import { isRefusal, type DecisionContext } from '#engine/decider.js';
import type { EventDraft } from '#engine/event.js';
import { contents, entryOf, recordSays } from '../../../../test/builders/activity.js';
import { specification } from '../../../../test/builders/decider.js';
import { apply, filed, newLife, submitted, team } from '../../../../test/builders/records.js';
import { keyOf } from '../keys.js';
import type { RecordStatus } from '../records/record.js';
import type { Version } from './activity.js';
import type { CorrectActivity } from './correct.js';
import { activityDecider, type ActivityCommand } from './decider.js';
import { activityEventTypes, type ActivityEvent } from './events.js';
import { ACTIVITY_KINDS } from './kinds.js';
import type { NewEntry } from './record.js';
import { recordFacts, type RecordFacts } from './rules.js';
import type { StrikeActivity } from './strike.js';

const { zhou, zhao, wang, wu, lin, zheng, admin } = team;
const NOW = '2025-03-03T01:00:00.000Z';
const STREAM = 'customerActivity-0a1b';
const { given, stateOf } = specification(activityDecider, activityEventTypes, STREAM, {
  actor: zhou,
  now: NOW,
});

const enter = (entries: readonly NewEntry[] = [entryOf()], record = recordSays()) =>
  ({ type: 'RecordActivity', entries, record }) as const;
const sale: Version = {
  revision: 0,
  kind: 'transaction',
  values: { '/item': '龙井茶礼盒', '/amount': '440.00', '/currency': 'CNY' },
};
const correct = (more: Partial<CorrectActivity> = {}): CorrectActivity => ({
  ...{ type: 'CorrectActivity', entryId: 'e-1', content: { ...contents.transaction, amount: '44.00' } },
  ...{ reason: '多打一个零', version: sale, record: recordSays(), ...more },
});
const strike = (more: Partial<StrikeActivity> = {}): StrikeActivity => ({
  ...{ type: 'StrikeActivity', entryId: 'e-1', reason: '录错客户', version: sale },
  ...{ record: recordSays(), ...more },
});
/** The code of a refusal; `null` where the command is accepted. */
const refusalOf = (
  command: ActivityCommand,
  more: Partial<DecisionContext> = {},
  ...past: Parameters<typeof stateOf>
) => {
  const usual = { now: NOW, actor: zhou, onBehalfOf: null, mint: (name: string) => name };
  const decision = activityDecider.decide(command, stateOf(...past), { ...usual, revision: 0, ...more });
  return isRefusal(decision) ? decision.refused : null;
};

const recorded: EventDraft<ActivityEvent> = {
  type: 'ActivityRecorded',
  data: {
    ...{ entryId: 'e-1', kind: 'transaction', sealed: ['/item', '/amount', '/currency'] },
    recordRevision: 7,
  },
};
const corrected: EventDraft<ActivityEvent> = {
  type: 'ActivityCorrected',
  data: { ...recorded.data, replaces: 0 },
};
const struck: EventDraft<ActivityEvent> = {
  type: 'ActivityStruck',
  data: { entryId: 'e-1', kind: 'transaction', replaces: 0, recordRevision: 7 },
};

describe('entering activity', () => {
  it('is one event an entry, with all content sealed and the time in clear', () => {
    given()
      .when(enter([entryOf(), entryOf('interaction', {}, 'e-2')]))
      .then([
        {
          ...recorded,
          sealed: { record: { '/item': '龙井茶礼盒', '/amount': '440.00', '/currency': 'CNY' } },
          effectiveAt: '2025-03-01',
        },
        {
          type: 'ActivityRecorded',
          data: {
            ...{ entryId: 'e-2', kind: 'interaction', sealed: ['/channel', '/summary'] },
            recordRevision: 7,
          },
          sealed: { record: { '/channel': 'wechat', '/summary': '询问春茶报价' } },
          effectiveAt: '2025-03-02T01:30:00.000Z',
        },
      ]);
  });

  it.each(ACTIVITY_KINDS)('takes a %s', (kind) => {
    expect(refusalOf(enter([entryOf(kind)]))).toBeNull();
  });

  it('is sealed under the key of the customer’s record, so that it dies with it', () => {
    expect(keyOf(STREAM, 'record')).toEqual(keyOf('customerRecord-0a1b', 'record'));
  });

  it.each([
    ['a collector', zhou, null],
    ['a custodian', zhao, null],
    ['a manager', wang, null],
    ['an analyst', wu, 'activity.not-entitled'],
    ['an executive', lin, 'activity.not-entitled'],
    ['an auditor', zheng, 'activity.not-entitled'],
    ['an administrator', admin, 'activity.not-entitled'],
  ])('by duty: %s', (_who, actor, refused) => {
    for (const command of [enter(), correct(), strike()]) {
      expect(refusalOf(command, { actor })).toBe(refused);
    }
  });

  it('is open to the follow-up owner whatever his duty, until his standing grant ends', () => {
    const owned = enter([entryOf()], recordSays({ owner: { id: 'wu', until: '2025-03-04T00:00:00.000Z' } }));
    const ended = '2025-03-04T00:00:00.000Z';
    expect(refusalOf(owned, { actor: wu })).toBeNull();
    expect(refusalOf(owned, { actor: lin, onBehalfOf: 'wu' })).toBeNull();
    expect(refusalOf(owned, { actor: lin })).toBe('activity.not-entitled');
    expect(refusalOf(owned, { actor: wu, now: ended })).toBe('activity.not-entitled');
  });

  it.each<[RecordFacts['status'], string | null]>([
    ['absent', 'record.not-found'],
    ['draft', 'record.wrong-state'],
    ['submitted', null],
    ['returned', null],
    ['rejected', 'record.wrong-state'],
    ['withdrawn', 'record.wrong-state'],
    ['approved', null],
    ['filed', null],
    ['being-destroyed', 'record.being-destroyed'],
    ['destroyed', 'record.already-destroyed'],
  ])('about a record that is %s: %s', (status, refused) => {
    for (const command of [enter(), correct(), strike()]) {
      expect(refusalOf({ ...command, record: recordSays({ status }) })).toBe(refused);
    }
  });

  it('about a restricted record is refused', () => {
    given()
      .when(enter([entryOf()], recordSays({ restricted: true })))
      .thenRefused('record.restricted');
  });

  it('goes by facts of the record’s head: its state, restriction and owner, with their revision', () => {
    const life = filed();
    expect(recordFacts(life.state, 2, NOW)).toEqual({
      ...{ revision: 2, status: 'filed' satisfies RecordStatus, restricted: false, owner: null },
    });
    const closed = restrictedLife();
    expect(recordFacts(closed.state, 3, closed.now)).toMatchObject({ restricted: true });
    expect(recordFacts(newLife().state, -1, NOW)).toMatchObject({ status: 'absent', owner: null });
    expect(recordFacts(submitted().state, 0, NOW).status).toBe('submitted');
  });

  it.each([
    ['2025-03-03', null],
    ['2025-03-04', 'activity.content-invalid'],
    ['2025-03-03T01:00:00Z', null],
    ['2025-03-03T01:00:00.001Z', 'activity.content-invalid'],
  ])('of %s, at nine in the morning of 3 March in Shanghai: %s', (time, refused) => {
    expect(refusalOf(enter([entryOf('need', { time })]))).toBe(refused);
  });

  it('names every fault by entry, field and code', () => {
    const entries = [
      entryOf(),
      entryOf('transaction', { amount: '1e3', time: '2026-01-01' }, 'e-2'),
      entryOf('interaction', { channel: 'smoke', mood: 'good' }, 'e-3'),
    ];
    given()
      .when(enter(entries))
      .then({
        refused: 'activity.content-invalid',
        params: {
          problems: [
            { entry: 1, pointer: '/amount', code: 'field.invalid-money' },
            { entry: 1, pointer: '/time', code: 'field.in-future' },
            { entry: 2, pointer: '/channel', code: 'field.unknown-code' },
            { entry: 2, pointer: '/mood', code: 'field.unknown' },
          ],
        },
      });
  });

  it('takes 1 to 1,000 entries at a time', () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, i) => entryOf('transaction', {}, `e-${i}`));
    for (const count of [0, 1001]) {
      given()
        .when(enter(many(count)))
        .thenRefused('activity.count-out-of-range');
    }
    expect(refusalOf(enter(many(1000)))).toBeNull();
  });
});

describe('correcting an entry', () => {
  it('seals the whole entry anew, with the reason and the amount that it takes the place of', () => {
    given(recorded)
      .when(correct())
      .then([
        {
          ...corrected,
          sealed: {
            record: {
              ...{ '/item': '龙井茶礼盒', '/amount': '44.00', '/currency': 'CNY' },
              ...{ '/was/amount': '440.00', '/was/currency': 'CNY', '/text/reason': '多打一个零' },
            },
          },
          effectiveAt: '2025-03-01',
        },
      ]);
  });

  it('has a reason, and content that meets the schema of its kind', () => {
    given(recorded)
      .when(correct({ reason: ' ' }))
      .thenRefused('record.reason-required');
    given(recorded)
      .when(correct({ content: contents.interaction }))
      .thenRefused('activity.content-invalid');
  });

  it('is about an entry that the customer has', () => {
    given(recorded)
      .when(correct({ version: null }))
      .thenRefused('activity.not-found');
    given(recorded)
      .when(strike({ version: null }))
      .thenRefused('activity.not-found');
  });

  it('is about the version that stands', () => {
    const version = { ...sale, revision: 1 };
    for (const command of [correct, strike]) {
      expect(refusalOf(command(), {}, recorded, corrected)).toBe('activity.changed-meanwhile');
      expect(refusalOf(command({ version }), {}, recorded, corrected)).toBeNull();
    }
  });

  it('of one entry does not touch another', () => {
    const second = correct({ entryId: 'e-2', version: { ...sale, revision: 2 } });
    expect(refusalOf(second, {}, recorded, corrected)).toBeNull();
  });
});

describe('striking an entry out', () => {
  it('seals the reason and the amount that counts no more', () => {
    given(recorded)
      .when(strike())
      .then([
        {
          ...struck,
          sealed: {
            record: { '/was/amount': '440.00', '/was/currency': 'CNY', '/text/reason': '录错客户' },
          },
        },
      ]);
  });

  it('has a reason', () => {
    given(recorded)
      .when(strike({ reason: '' }))
      .thenRefused('record.reason-required');
  });

  it('is the end of it: it is neither struck out nor corrected again', () => {
    given(recorded, struck).when(strike()).thenRefused('activity.already-struck');
    given(recorded, struck)
      .when(correct({ version: { ...sale, revision: 1 } }))
      .thenRefused('activity.already-struck');
  });

  it('of an entry without an amount seals the reason alone', () => {
    const version: Version = { revision: 0, kind: 'need', values: { '/text': '需要每月配送' } };
    given({ ...recorded, data: { ...recorded.data, kind: 'need' } })
      .when(strike({ version }))
      .then([
        {
          type: 'ActivityStruck',
          data: { ...struck.data, kind: 'need' } as never,
          sealed: { record: { '/text/reason': '录错客户' } },
        },
      ]);
  });
});

/** Its customer asked for its destruction. */
function restrictedLife() {
  const life = filed();
  return life.act(zhao, apply({ ground: 'requested' }));
}
