/** Duties of the team. Administrator and auditor hold no other role; the others may be combined. */
export const ROLES = [
  'manager',
  'collector',
  'analyst',
  'custodian',
  'executive',
  'auditor',
  'administrator',
] as const;

export type Role = (typeof ROLES)[number];
