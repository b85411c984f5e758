import { SYSTEM } from '#engine/decider.js';
import type { Actor } from '#engine/decider.js';
import { past, specification } from '../../../../test/builders/decider.js';
import * as the from '../../../../test/builders/staff.js';
import { ROLES, type Role } from '../roles.js';
import { staffDecider, type StaffCommand } from './decider.js';
import { staffEventTypes } from './events.js';
import { staffRefusalTexts } from './refusal-texts.js';
import { rolesAt } from './staff.js';

const { administrator, executive, manager, collector } = the;
const { given, stateOf } = specification(staffDecider, staffEventTypes, 'staff-sunli', {
  actor: administrator,
});

const NOW = '2025-03-03T01:00:00.000Z';
const reason = 'the team needs it';
const about = { staffId: 'sunli' } as const;
const request = (role: Role, until: string | null = null) =>
  ({ type: 'RequestRole', ...about, role, until, reason }) as const;
const confirm = (role: Role) => ({ type: 'ConfirmRole', ...about, role }) as const;
const revoke = (role: Role) => ({ type: 'RevokeRole', ...about, role, reason }) as const;
const deactivate = (successor = 'zhouqiang', successorActive = true) =>
  ({
    type: 'DeactivateStaff',
    ...about,
    successor,
    reason,
    facts: { successorActive, position: '00042' },
  }) as const;
const reactivate = { type: 'ReactivateStaff', ...about, reason } as const;
const sign = { type: 'SignUndertaking', ...about, textVersion: '2025-1' } as const;
const changePassword = { type: 'ChangePassword', ...about } as const;
const issuePassword = { type: 'IssueOneTimePassword', ...about } as const;

const aCollector = [the.registered(['collector']), past(the.roleConfirmed('collector'), executive)];

describe('registering', () => {
  it('adds a person whose name is sealed and whose roles wait for confirmation', () => {
    given()
      .when(the.register({ name: ' 孙丽 ' }))
      .then([the.registered(['collector'])]);
    expect(rolesAt(stateOf(the.registered(['collector'])), NOW)).toEqual([]);
  });

  it('happens once', () => {
    given(the.registered(['collector']))
      .when(the.register())
      .thenRefused('staff.already-registered');
  });

  it('needs a name', () => {
    given()
      .when(the.register({ name: ' ' }))
      .thenRefused('staff.name-required');
    given()
      .when(the.register({ name: '孙'.repeat(101) }))
      .thenRefused('staff.name-required');
  });

  it.each(['', 'system', 'System', '-x', 'a/b', '孙丽', 'x'.repeat(65)])(
    'gives an id of plain letters and digits that is not the operator’s: not %j',
    (staffId) => {
      given().when(the.register({ staffId })).thenRefused('staff.id-unfit');
    },
  );

  it('takes each role once and only roles that exist', () => {
    given()
      .when(the.register({ roles: ['collector', 'collector'] }))
      .then([the.registered(['collector'])]);
    given()
      .when(the.register({ roles: ['king' as Role] }))
      .thenRefused('staff.role-unknown');
  });

  it.each<[string, Actor]>([
    ['a collector', collector],
    ['an auditor', the.auditor],
    ['nobody', { id: 'x', roles: [] }],
  ])('is not for %s', (_, actor) => {
    given().when(the.register(), { actor }).thenRefused('staff.role-missing');
  });

  it('leaves a one-time password to be changed', () => {
    expect(stateOf(the.registered(['collector'])).mustChangePassword).toBe(true);
  });
});

describe('the first administrator', () => {
  const first = the.register({
    roles: ['administrator'],
    bootstrap: 'administrator',
    facts: { hasAdministrator: false, hasExecutive: false, position: null },
  });
  const event = the.registered(['administrator'], { bootstrap: 'administrator', factsAt: null });

  it('is registered by the operator, marked so, and needs no confirmation', () => {
    given().when(first, { actor: SYSTEM }).then([event]);
    expect(rolesAt(stateOf(event), NOW)).toEqual(['administrator']);
  });

  it('is the only one registered by the operator', () => {
    given().when(the.register(), { actor: SYSTEM }).thenRefused('staff.bootstrap-not-allowed');
    given()
      .when({ ...first, facts: { ...first.facts, hasAdministrator: true } }, { actor: SYSTEM })
      .thenRefused('staff.bootstrap-over');
  });

  it('cannot be made by an administrator, nor be given another role at once', () => {
    given().when(first).thenRefused('staff.bootstrap-not-allowed');
    given()
      .when({ ...first, roles: ['executive'] }, { actor: SYSTEM })
      .thenRefused('staff.bootstrap-not-allowed');
  });
});

describe('the first executive', () => {
  const first = the.register({
    roles: ['executive'],
    bootstrap: 'executive',
    facts: { hasAdministrator: true, hasExecutive: false, position: '00042' },
  });
  const event = the.registered(['executive'], { bootstrap: 'executive' });

  it('is registered by an administrator, marked so, and needs no confirmation', () => {
    given().when(first).then([event]);
    expect(rolesAt(stateOf(event), NOW)).toEqual(['executive']);
  });

  it('is the only one who needs none', () => {
    given()
      .when({ ...first, facts: { ...first.facts, hasExecutive: true } })
      .thenRefused('staff.bootstrap-over');
  });

  it('cannot be registered by a manager', () => {
    given().when(first, { actor: manager }).thenRefused('staff.bootstrap-not-allowed');
  });

  it('is given no second role without confirmation', () => {
    given()
      .when({ ...first, roles: ['executive', 'manager'] })
      .thenRefused('staff.bootstrap-not-allowed');
  });
});

describe('a role', () => {
  const waiting = [...aCollector, the.roleRequested('analyst')];

  it('is in force only once it is confirmed', () => {
    given(...aCollector)
      .when(request('analyst'))
      .then([the.roleRequested('analyst')]);
    expect(rolesAt(stateOf(...waiting), NOW)).toEqual(['collector']);
    given(...waiting)
      .when(confirm('analyst'), { actor: manager })
      .then([the.roleConfirmed('analyst')]);
    expect(rolesAt(stateOf(...waiting, the.roleConfirmed('analyst')), NOW)).toEqual(['collector', 'analyst']);
  });

  it('asked for at registration is confirmed like any other', () => {
    given(the.registered(['collector']))
      .when(confirm('collector'), { actor: executive })
      .then([the.roleConfirmed('collector')]);
  });

  it('is confirmed by a manager or the executive only', () => {
    given(...waiting)
      .when(confirm('analyst'), { actor: { ...administrator, id: 'other' } })
      .thenRefused('staff.role-missing');
  });

  it('is never confirmed by the one who asked for it', () => {
    const byManager = past(the.roleRequested('analyst'), manager);
    given(...aCollector, byManager)
      .when(confirm('analyst'), { actor: manager })
      .thenRefused('staff.same-person-confirms');
  });

  it('is never confirmed through a delegate of the one who asked for it', () => {
    const byManager = past(the.roleRequested('analyst'), manager);
    given(...aCollector, byManager)
      .when(confirm('analyst'), { actor: executive, onBehalfOf: manager.id })
      .thenRefused('staff.same-person-confirms');
  });

  it.each([request('analyst'), confirm('analyst')])(
    'is never granted or confirmed by the person himself: $type',
    (command) => {
      const himself = { id: 'sunli', roles: ['manager'] };
      given(...waiting)
        .when(command, { actor: himself })
        .thenRefused('staff.not-for-himself');
      given(...waiting)
        .when(command, { actor: executive, onBehalfOf: 'sunli' })
        .thenRefused('staff.not-for-himself');
    },
  );

  it('is not confirmed unless it was asked for, nor twice', () => {
    given(...aCollector)
      .when(confirm('analyst'), { actor: manager })
      .thenRefused('staff.role-not-requested');
    given(...aCollector)
      .when(confirm('collector'), { actor: manager })
      .thenRefused('staff.role-not-requested');
  });

  it('is not asked for while it is held or waits', () => {
    given(...waiting)
      .when(request('analyst'))
      .thenRefused('staff.role-already-open');
    given(...waiting)
      .when(request('collector'))
      .thenRefused('staff.role-already-open');
  });

  it('is asked for with a reason', () => {
    given(...aCollector)
      .when({ ...request('analyst'), reason: ' ' })
      .thenRefused('staff.reason-required');
  });

  it('may have an end, at which it ends by itself and may be asked for again', () => {
    const until = '2025-03-10T00:00:00.000Z';
    given(...aCollector)
      .when(request('analyst', '2025-03-10T00:00:00Z'))
      .then([the.roleRequested('analyst', until)]);
    const held = [
      ...aCollector,
      the.roleRequested('analyst', until),
      past(the.roleConfirmed('analyst'), manager),
    ];
    expect(rolesAt(stateOf(...held), '2025-03-09T23:59:59.999Z')).toContain('analyst');
    expect(rolesAt(stateOf(...held), until)).not.toContain('analyst');
    given(...held)
      .when(request('analyst'), { now: until })
      .then([the.roleRequested('analyst')]);
  });

  it('does not end in the past', () => {
    given(...aCollector)
      .when(request('analyst', NOW))
      .thenRefused('staff.end-not-in-future');
    given(...aCollector)
      .when(request('analyst', 'soon'))
      .thenRefused('staff.end-not-in-future');
  });

  it('ends at once when it is revoked, and so does a request for one', () => {
    given(...waiting)
      .when(revoke('collector'), { actor: manager })
      .then([the.roleRevoked('collector')]);
    expect(rolesAt(stateOf(...waiting, the.roleRevoked('collector')), NOW)).toEqual([]);
    given(...waiting)
      .when(revoke('analyst'), { actor: manager })
      .then([the.roleRevoked('analyst', 'requested')]);
    given(...aCollector)
      .when(revoke('analyst'), { actor: manager })
      .thenRefused('staff.role-not-held');
  });
});

describe('administrator and auditor hold no other role', () => {
  it.each<[Role, Role]>([
    ['administrator', 'executive'],
    ['auditor', 'collector'],
    ['administrator', 'auditor'],
  ])('%s with %s', (one, other) => {
    const refused = 'staff.role-combination';
    given()
      .when(the.register({ roles: [one, other] }))
      .thenRefused(refused);
    given(the.registered([one]), the.roleConfirmed(one))
      .when(request(other), { actor: manager })
      .thenRefused(refused);
    given(the.registered([one]))
      .when(request(other), { actor: manager })
      .thenRefused(refused);
    given(the.registered([other]))
      .when(request(one), { actor: manager })
      .thenRefused(refused);
  });

  it('while all others may be combined', () => {
    const roles = ROLES.filter((role) => role !== 'administrator' && role !== 'auditor');
    given()
      .when(the.register({ roles }))
      .then([the.registered(roles)]);
  });
});

describe('an undertaking of confidentiality', () => {
  const signed = the.undertakingSigned('2026-03-03T01:00:00.000Z');

  it('is signed by the person himself and good for 365 days', () => {
    given(...aCollector)
      .when(sign, { actor: collector })
      .then([signed]);
    const state = stateOf(...aCollector, past(signed, collector, NOW));
    expect(state.undertakingSignedAt).toBe(NOW);
    expect(state.undertakingValidUntil).toBe('2026-03-03T01:00:00.000Z');
    expect(stateOf(...aCollector).undertakingValidUntil).toBeNull();
  });

  it('is signed by nobody else, nor through a delegate', () => {
    given(...aCollector)
      .when(sign, { actor: manager })
      .thenRefused('staff.only-himself');
    given(...aCollector)
      .when(sign, { actor: manager, onBehalfOf: 'sunli' })
      .thenRefused('staff.only-himself');
    given(...aCollector)
      .when(sign, { actor: collector, onBehalfOf: manager.id })
      .thenRefused('staff.only-himself');
  });

  it('names the version of the text', () => {
    given(...aCollector)
      .when({ ...sign, textVersion: '' }, { actor: collector })
      .thenRefused('staff.text-version-required');
  });
});

describe('a password', () => {
  it('is changed by the person himself and leaves no secret', () => {
    given(...aCollector)
      .when(changePassword, { actor: collector })
      .then([the.passwordChanged]);
    expect(stateOf(...aCollector, the.passwordChanged).mustChangePassword).toBe(false);
    given(...aCollector)
      .when(changePassword)
      .thenRefused('staff.only-himself');
  });

  it('for one time is issued by another person or the operator, and must be changed', () => {
    given(...aCollector)
      .when(issuePassword)
      .then([the.oneTimePasswordIssued]);
    given(...aCollector)
      .when(issuePassword, { actor: SYSTEM })
      .then([the.oneTimePasswordIssued]);
    given(...aCollector)
      .when(issuePassword, { actor: { id: 'sunli', roles: ['administrator'] } })
      .thenRefused('staff.not-for-himself');
    const state = stateOf(...aCollector, the.passwordChanged, the.oneTimePasswordIssued);
    expect(state.mustChangePassword).toBe(true);
  });
});

describe('a leaver', () => {
  it('loses every role at once, and his successor is named', () => {
    given(...aCollector)
      .when(deactivate())
      .then([the.deactivated()]);
    const state = stateOf(...aCollector, the.deactivated());
    expect(state).toMatchObject({ active: false, successor: 'zhouqiang' });
    expect(rolesAt(state, NOW)).toEqual([]);
  });

  it('is not deactivated by himself', () => {
    const himself = { id: 'sunli', roles: ['manager'] };
    given(...aCollector)
      .when(deactivate(), { actor: himself })
      .thenRefused('staff.not-for-himself');
  });

  it('has a successor who is another person and active', () => {
    given(...aCollector)
      .when(deactivate('sunli'))
      .thenRefused('staff.successor-unfit');
    given(...aCollector)
      .when(deactivate('zhouqiang', false))
      .thenRefused('staff.successor-unfit');
  });

  const commands: StaffCommand[] = [
    ...[request('analyst'), confirm('collector'), revoke('collector'), sign, changePassword, issuePassword],
    deactivate(),
  ];

  it.each(commands)('can do nothing and be given nothing: $type', (command) => {
    for (const actor of [{ ...collector, roles: ['manager'] }, executive]) {
      given(...aCollector, the.deactivated())
        .when(command, { actor })
        .thenRefused('staff.inactive');
    }
  });

  it.each([...commands, reactivate])('who never was is not found: $type', (command) => {
    given().when(command, { actor: executive }).thenRefused('staff.not-found');
  });

  it('comes back without his roles and with a new password', () => {
    given(...aCollector, the.deactivated())
      .when(reactivate)
      .then([the.reactivated()]);
    const state = stateOf(...aCollector, the.passwordChanged, the.deactivated(), the.reactivated());
    expect(state).toMatchObject({ active: true, successor: null, mustChangePassword: true });
    expect(rolesAt(state, NOW)).toEqual([]);
  });

  it('does not come back by himself, nor unless he left', () => {
    const himself = { id: 'sunli', roles: ['manager'] };
    given(...aCollector, the.deactivated())
      .when(reactivate, { actor: himself })
      .thenRefused('staff.not-for-himself');
    given(...aCollector)
      .when(reactivate)
      .thenRefused('staff.still-active');
  });
});

describe('refusals', () => {
  it('name in both languages the facts that they are about', () => {
    const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([whole]) => whole).sort();
    for (const { en, zh } of Object.values(staffRefusalTexts))
      expect(placeholders(zh)).toEqual(placeholders(en));
  });
});
