import { z } from 'zod';
import { type EventType, type ShapeOf, eventType } from '#engine/registry.js';
import { ROLES } from '../roles.js';

const role = z.enum(ROLES);
/** The name and every free text, under the person's own key. */
const personal = { seals: ['person'] } as const;

/** A person joined. His name is sealed at `/name`; his roles wait for confirmation. */
export const StaffRegistered = eventType(
  'StaffRegistered',
  z.strictObject({
    roles: z.array(role).readonly(),
    /** The role that is in force without confirmation, because nobody can confirm yet; null for everyone else. */
    bootstrap: z.enum(['administrator', 'executive']).nullable(),
    /** Log position at which it was read whether such a person exists; null where nothing was read. */
    factsAt: z.string().nullable(),
  }),
  personal,
);
export const RoleRequested = eventType(
  'RoleRequested',
  z.strictObject({
    role,
    /** Instant before which the role is held once it is confirmed; null where it has no end. */
    until: z.string().nullable(),
  }),
  personal,
);
export const RoleConfirmed = eventType('RoleConfirmed', z.strictObject({ role }));
/** A role ended, or a request for it was turned down. */
export const RoleRevoked = eventType(
  'RoleRevoked',
  z.strictObject({ role, was: z.enum(['requested', 'held']) }),
  personal,
);
export const UndertakingSigned = eventType(
  'UndertakingSigned',
  /** Version of the text that was signed, and the instant before which it is good. */
  z.strictObject({ textVersion: z.string(), validUntil: z.string() }),
);
/** A one-time password was shown; it must be changed at the next sign-in. */
export const OneTimePasswordIssued = eventType('OneTimePasswordIssued', z.strictObject({}));
export const PasswordChanged = eventType('PasswordChanged', z.strictObject({}));
export const StaffDeactivated = eventType(
  'StaffDeactivated',
  /** Staff id of the person who is named as successor. */
  z.strictObject({ successor: z.string(), factsAt: z.string().nullable() }),
  personal,
);
/** A person came back; his former roles have to be requested anew. */
export const StaffReactivated = eventType('StaffReactivated', z.strictObject({}), personal);

/** Every event of a `staff` stream, for the registry. */
export const staffEventTypes = [
  StaffRegistered,
  RoleRequested,
  RoleConfirmed,
  RoleRevoked,
  UndertakingSigned,
  OneTimePasswordIssued,
  PasswordChanged,
  StaffDeactivated,
  StaffReactivated,
] as const satisfies readonly EventType[];

export type StaffEvent = ShapeOf<(typeof staffEventTypes)[number]>;
