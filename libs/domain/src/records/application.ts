import type { Application, CustomerRecord, Target } from './record.js';

/** Where an application for destruction is at an instant; lapsing needs no event, it follows from the time. */
export type ApplicationState =
  'open' | 'appraised' | 'approved' | 'refused' | 'withdrawn' | 'lapsed' | 'executed';

export function applicationAt(application: Application, now: string): ApplicationState {
  const { recorded, lapsesAt } = application;
  const canLapse = recorded === 'open' || recorded === 'appraised' || recorded === 'approved';
  return canLapse && now >= lapsesAt ? 'lapsed' : recorded;
}

/** The application for this target that is neither decided against nor lapsed; there is at most one. */
export function liveApplication(
  state: CustomerRecord,
  now: string,
  target: Target = { kind: 'record' },
): Application | null {
  const live = Object.values(state.applications).find(
    (each) => each.target.kind === target.kind && isLive(each, now),
  );
  return live ?? null;
}

/** The application whose approval stands. */
export function approvedApplication(state: CustomerRecord, now: string): Application | null {
  const live = liveApplication(state, now);
  return live?.recorded === 'approved' ? live : null;
}

/** Stored, but not to be read or used: while its destruction is asked for by the subject or for want of consent. */
export function isRestricted(state: CustomerRecord, now: string): boolean {
  return Object.values(state.applications).some((each) => each.restricts && isLive(each, now));
}

function isLive(application: Application, now: string): boolean {
  return ['open', 'appraised', 'approved'].includes(applicationAt(application, now));
}
