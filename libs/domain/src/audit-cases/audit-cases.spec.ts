import type { EventDraft } from '#engine/event.js';
import { past, specification } from '../../../../test/builders/decider.js';
import { auditor, executive } from '../../../../test/builders/staff.js';
import { type AuditCaseEvent, auditCaseEventTypes, covers, isOpen } from './audit-case.js';
import { type OpenAuditCase, auditCaseDecider } from './decider.js';

const { given, stateOf } = specification(auditCaseDecider, auditCaseEventTypes, 'auditCase-c1', {
  actor: auditor,
});

const open: OpenAuditCase = {
  type: 'OpenAuditCase',
  number: 'SJ-2025-003',
  scope: ['r1', 'r2'],
  endsOn: '2025-03-31',
  reason: 'who read the phone of 华兴',
};
const close = { type: 'CloseAuditCase', conclusion: 'nothing irregular' } as const;

const opened = (scope: OpenAuditCase['scope'] = ['r1', 'r2']): EventDraft<AuditCaseEvent> => ({
  type: 'AuditCaseOpened',
  data: { number: 'SJ-2025-003', scope, endsOn: '2025-03-31', until: '2025-03-31T16:00:00.000Z' },
  sealed: { system: { '/text/reason': 'who read the phone of 华兴' } },
});
const closed: EventDraft<AuditCaseEvent> = {
  type: 'AuditCaseClosed',
  data: {},
  sealed: { system: { '/text/conclusion': 'nothing irregular' } },
};
const other = { ...auditor, id: 'other' };

describe('an audit case', () => {
  it('is opened by an auditor with number, scope and end, its reason sealed', () => {
    given().when(open).then([opened()]);
    given()
      .when({ ...open, scope: 'all' })
      .then([opened('all')]);
  });

  it('is neither opened nor closed by anyone else', () => {
    given().when(open, { actor: executive }).thenRefused('staff.role-missing');
    given(opened()).when(close, { actor: executive }).thenRefused('staff.role-missing');
  });

  it('is opened once', () => {
    given(opened()).when(open).thenRefused('audit-case.already-opened');
    given(opened(), closed).when(open).thenRefused('audit-case.already-opened');
  });

  it('is closed by its own auditor only, once, and not after its end', () => {
    given(opened()).when(close).then([closed]);
    given(opened()).when(close, { actor: other }).thenRefused('audit-case.not-his-own');
    given(opened(), closed).when(close).thenRefused('audit-case.closed');
    given(opened()).when(close, { now: '2025-03-31T16:00:00.000Z' }).thenRefused('audit-case.closed');
    given().when(close).thenRefused('audit-case.not-found');
  });

  it('may be closed without a word', () => {
    given(opened())
      .when({ ...close, conclusion: '' })
      .then([{ type: 'AuditCaseClosed', data: {} }]);
  });

  it('is open from its opening to its closing, or to the end of its last local day', () => {
    const lastMoment = '2025-03-31T15:59:59.999Z';
    expect(isOpen(stateOf(opened()), lastMoment)).toBe(true);
    expect(isOpen(stateOf(opened()), '2025-03-31T16:00:00.000Z')).toBe(false);
    expect(isOpen(stateOf(opened(), closed), lastMoment)).toBe(false);
    expect(isOpen(stateOf(), lastMoment)).toBe(false);
  });

  it('covers the records of its scope and no others', () => {
    expect(['r1', 'r3'].map((id) => covers(stateOf(opened()), id))).toEqual([true, false]);
    expect(covers(stateOf(opened('all')), 'r3')).toBe(true);
    expect(covers(stateOf(), 'r1')).toBe(false);
  });

  it('belongs to the auditor who opened it', () => {
    expect(stateOf(past(opened(), other)).openedBy).toBe('other');
  });

  it.each<[Partial<OpenAuditCase>, string]>([
    [{ number: ' ' }, 'audit-case.number-required'],
    [{ scope: [] }, 'audit-case.scope-invalid'],
    [{ scope: ['r1', 'r1'] }, 'audit-case.scope-invalid'],
    [{ scope: [''] }, 'audit-case.scope-invalid'],
    [{ scope: Array.from({ length: 1001 }, (_, i) => `r${i}`) }, 'audit-case.scope-invalid'],
    [{ endsOn: '2025-03-02' }, 'audit-case.end-invalid'],
    [{ endsOn: '2025-02-30' }, 'audit-case.end-invalid'],
    [{ reason: '' }, 'staff.reason-required'],
  ])('is not opened with %j', (wrong, code) => {
    given()
      .when({ ...open, ...wrong })
      .thenRefused(code);
  });
});
