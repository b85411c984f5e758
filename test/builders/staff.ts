import type { Actor } from '#engine/decider.js';
import type { EventDraft } from '#engine/event.js';
import type { Role } from '#domain/roles.js';
import type { StaffEvent } from '#domain/staff/events.js';
import type { RegisterStaff } from '#domain/staff/register.js';

type Draft<T extends StaffEvent['type']> = EventDraft<Extract<StaffEvent, { type: T }>>;

/** The team of the specifications. */
export const administrator: Actor = { id: 'admin', roles: ['administrator'] };
export const executive: Actor = { id: 'linjing', roles: ['executive'] };
export const manager: Actor = { id: 'wangmin', roles: ['manager'] };
export const custodian: Actor = { id: 'zhaohong', roles: ['custodian'] };
export const collector: Actor = { id: 'sunli', roles: ['collector'] };
export const analyst: Actor = { id: 'wuqian', roles: ['analyst'] };
export const auditor: Actor = { id: 'zhengyan', roles: ['auditor'] };

/** A command that registers 孙丽 as a collector, or whatever else is said. */
export function register(more: Partial<RegisterStaff> = {}): RegisterStaff {
  const facts = { hasAdministrator: true, hasExecutive: true, position: '00042' };
  return {
    type: 'RegisterStaff',
    staffId: 'sunli',
    name: '孙丽',
    roles: ['collector'],
    bootstrap: null,
    facts,
    ...more,
  };
}

export function registered(
  roles: readonly Role[],
  more: Partial<Draft<'StaffRegistered'>['data']> = {},
): Draft<'StaffRegistered'> {
  const data = { roles, bootstrap: null, factsAt: '00042', ...more };
  return { type: 'StaffRegistered', data, sealed: { person: { '/name': '孙丽' } } };
}

export function roleRequested(role: Role, until: string | null = null): Draft<'RoleRequested'> {
  return { type: 'RoleRequested', data: { role, until }, ...because };
}

export function roleConfirmed(role: Role): Draft<'RoleConfirmed'> {
  return { type: 'RoleConfirmed', data: { role } };
}

export function roleRevoked(role: Role, was: 'requested' | 'held' = 'held'): Draft<'RoleRevoked'> {
  return { type: 'RoleRevoked', data: { role, was }, ...because };
}

export function deactivated(successor = 'zhouqiang'): Draft<'StaffDeactivated'> {
  return { type: 'StaffDeactivated', data: { successor, factsAt: '00042' }, ...because };
}

export function reactivated(): Draft<'StaffReactivated'> {
  return { type: 'StaffReactivated', data: {}, ...because };
}

export function undertakingSigned(validUntil: string): Draft<'UndertakingSigned'> {
  return { type: 'UndertakingSigned', data: { textVersion: '2025-1', validUntil } };
}

export const passwordChanged: Draft<'PasswordChanged'> = { type: 'PasswordChanged', data: {} };
export const oneTimePasswordIssued: Draft<'OneTimePasswordIssued'> = {
  type: 'OneTimePasswordIssued',
  data: {},
};

const because = { sealed: { person: { '/text/reason': 'the team needs it' } } };
