import { fieldAt, type Level, type SubjectType } from './fields.js';

/** What a purpose needs, open values aside. */
export interface Needs {
  /** Levels needed whole. */
  readonly levels: readonly Exclude<Level, 'open'>[];
  /** Keys of fields needed beside them; a list stands for all members of its items. */
  readonly fields: readonly string[];
}

const REACHING = ['name', 'phone', 'email', 'contacts'];
const EVERYTHING: Needs = { levels: ['confidential', 'personal', 'sensitive'], fields: [] };

/** The purpose x field table: whoever names a purpose is given no more than it needs. */
export const NEEDS: ReadonlyMap<string, Needs> = new Map<string, Needs>([
  [
    'servicing',
    {
      levels: ['confidential'],
      fields: [...REACHING, 'address', 'deliveryAddress', 'socialAccounts', 'servicePreferences'],
    },
  ],
  [
    'visit',
    {
      levels: [],
      fields: [
        ...[
          ...REACHING,
          'address',
          'socialAccounts',
          'specialDates',
          'servicePreferences',
          'interests',
          'family',
        ],
        ...['preferredChannel', 'productPreferences', 'needs', 'cooperationSince', 'cooperationContent'],
      ],
    },
  ],
  [
    'contract',
    { levels: ['confidential'], fields: [...REACHING, 'address', 'deliveryAddress', 'legalRepresentative'] },
  ],
  [
    'credit-check',
    {
      levels: ['confidential'],
      fields: ['name', 'legalRepresentative', 'employer', 'occupation', 'incomeBand'],
    },
  ],
  [
    'complaint',
    { levels: ['confidential'], fields: [...REACHING, 'address', 'deliveryAddress', 'servicePreferences'] },
  ],
  [
    'marketing',
    {
      levels: [],
      fields: [
        ...[...REACHING, 'preferredChannel', 'productPreferences', 'needs', 'cooperationSince'],
        ...['growthPotential', 'interests', 'occupation'],
      ],
    },
  ],
  [
    'analysis',
    {
      levels: ['confidential'],
      fields: ['sex', 'birthDate', 'education', 'occupation', 'servicePreferences', 'interests'],
    },
  ],
  ['verification', { levels: ['confidential', 'personal'], fields: [] }],
  ['supervision', EVERYTHING],
  ['audit', EVERYTHING],
]);

/** Whether the purpose needs the value behind a pointer. Open values are always allowed, unknown ones never. */
export function purposeNeeds(purpose: string, subject: SubjectType, pointer: string): boolean {
  const needs = NEEDS.get(purpose);
  const field = fieldAt(subject, pointer);
  if (needs === undefined || field === undefined) return false;
  const [, key = ''] = pointer.split('/');
  return field.level === 'open' || needs.levels.includes(field.level) || needs.fields.includes(key);
}
