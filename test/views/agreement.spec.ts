import { categoryOf, idOf, type Recorded } from '#engine/event.js';
import { applicationAt, isRestricted as recordIsRestricted } from '#domain/records/application.js';
import { loanAt } from '#domain/records/borrow.js';
import { pointersOf } from '#domain/records/content.js';
import type { RecordEvent } from '#domain/records/events.js';
import { openProposals, proposalAt, proposedPointers } from '#domain/records/proposal.js';
import { evolve, noRecord, type CustomerRecord, type RecordState } from '#domain/records/record.js';
import { borrowingRegisterView, loanStateAt, type BorrowingRow } from '#domain/views/borrowing-register.js';
import {
  destructionRegisterView,
  destructionStateAt,
  type DestructionRow,
} from '#domain/views/destruction-register.js';
import { proposalsView, proposalStateAt, type ProposalRow } from '#domain/views/proposals.js';
import { isRestricted, recordsView, type RecordRow } from '#domain/views/records.js';
import { documentsAfter } from '../builders/documents.js';
import { goldenLog } from '../builders/golden-log.js';

const log = goldenLog();
const ofRecords = log.filter(({ stream }) => categoryOf(stream) === 'customerRecord');

/** Every state that each record of the golden log went through, with the place in the log. */
const moments = ofRecords.map((event, i) => {
  const state = ofRecords
    .slice(0, i + 1)
    .filter(({ stream }) => stream === event.stream)
    .reduce<RecordState>(
      (before, each) => evolve(before, each as unknown as Recorded<RecordEvent>),
      noRecord,
    );
  const upTo = log.indexOf(event) + 1;
  return { id: idOf(event.stream), upTo, at: event.recordedAt, state: state as CustomerRecord };
});

/** Shortly after each moment, and long after all of them: some things end by themselves. */
const times = (at: string) => [at, '2025-03-15T00:00:00.000Z', '2026-01-01T00:00:00.000Z'];

function values<T>(members: Readonly<Record<string, T>>, tell: (each: T) => unknown[]) {
  return Object.fromEntries(Object.entries(members).map(([name, each]) => [name, tell(each)]));
}

function given(row: RecordRow) {
  return Object.entries(row.values)
    .map(([pointer, { given: revision }]) => [pointer, Number(revision)])
    .sort();
}

describe('after every event the views say what the record itself says', () => {
  it('of its state, class, values, people, holds and restriction', async () => {
    for (const { id, upTo, at, state } of moments) {
      const found = (await documentsAfter(recordsView, log.slice(0, upTo))).get(id);
      if (state.status === 'being-destroyed' || state.status === 'destroyed') {
        expect(found).toEqual({ _id: id, at: expect.any(String), gone: true });
        continue;
      }
      const row = found as unknown as RecordRow;
      const kept = Object.entries(row.values);
      expect({
        status: row.status,
        grade: row.grade,
        class: [row.cooperationStatus, row.urgency.level, row.urgency.until, row.kind],
        open: Object.fromEntries(kept.flatMap(([p, { value }]) => (value === undefined ? [] : [[p, value]]))),
        sealed: kept.flatMap(([p, { box }]) => (box === undefined ? [] : [p])).sort(),
        unverified: kept.flatMap(([p, { unverified }]) => (unverified ? [p] : [])).sort(),
        people: [row.collector, row.custodian, row.owner],
        filing: [row.fileNumber, row.retentionClass, row.filedAt],
        dates: [row.firstContactOn, row.openedAt, row.closedAt],
        holds: row.holds,
        waiting: values(row.waiting, ({ given, dueAt, before }) => [Number(given), dueAt, before?.value]),
        proposed: values(row.proposed, ({ given, lapsesAt, removed, values: of }) => [
          ...[Number(given), lapsesAt, removed, Object.keys(of).sort()],
        ]),
        stands: given(row),
        revision: row.revision,
      }).toEqual({
        status: state.status,
        grade: state.grade,
        class: [state.class.status, state.class.urgency, state.class.urgencyUntil, state.class.kind],
        open: state.content.open,
        sealed: Object.values(state.content.sealed).flat().sort(),
        unverified: [...state.content.unverified].sort(),
        people: [state.collectedBy.id, state.custodian, state.owner],
        filing: [
          state.filing?.fileNumber ?? null,
          state.filing?.retentionClass ?? null,
          state.filing?.filedAt ?? null,
        ],
        dates: [state.firstContactOn, state.collectedAt, state.closedAt],
        holds: Object.keys(state.holds),
        waiting: values(state.uncountersigned, ({ revision, dueAt, before }) => [
          ...[revision, dueAt, before?.open],
        ]),
        proposed: values(
          Object.fromEntries(openProposals(state, at).map((each) => [each.id, each])),
          ({ revision, lapsesAt, removed, content }) => [
            ...[revision, lapsesAt, removed, pointersOf(content).sort()],
          ],
        ),
        stands: pointersOf(state.content)
          .map((pointer) => [pointer, state.changes[pointer]?.stands])
          .sort(),
        revision: state.revision,
      });
      for (const now of times(at)) expect(isRestricted(row, now)).toBe(recordIsRestricted(state, now));
    }
  });

  it('of each of its loans, at any time', async () => {
    for (const { upTo, at, state } of moments) {
      const register = await documentsAfter(borrowingRegisterView, log.slice(0, upTo));
      for (const loanId of Object.keys(state.loans)) {
        const row = register.get(loanId) as unknown as BorrowingRow;
        for (const now of times(at)) expect(loanStateAt(row, now)).toBe(loanAt(state, loanId, now));
      }
    }
  });

  it('of each of its proposals, at any time', async () => {
    for (const { upTo, at, state } of moments) {
      const register = await documentsAfter(proposalsView, log.slice(0, upTo));
      for (const proposal of Object.values(state.proposals)) {
        const row = register.get(proposal.id) as unknown as ProposalRow;
        expect([...row.pointers, ...row.removed]).toEqual(proposedPointers(proposal));
        for (const now of times(at)) expect(proposalStateAt(row, now)).toBe(proposalAt(proposal, now));
      }
    }
  });

  it('of each application for its destruction, at any time', async () => {
    for (const { upTo, at, state } of moments) {
      const register = await documentsAfter(destructionRegisterView, log.slice(0, upTo));
      for (const application of Object.values(state.applications)) {
        const row = register.get(application.id) as unknown as DestructionRow;
        for (const now of times(at)) {
          const said = destructionStateAt(row, now);
          const executed = said === 'begun' || said === 'destroyed';
          expect(executed ? 'executed' : said).toBe(applicationAt(application, now));
        }
      }
    }
  });
});
