/** What a file is about. */
export type SubjectType = 'company' | 'person';

/** Who may read a value (docs/domain.md section 3); all but `open` is sealed in the log. */
export type Level = 'open' | 'confidential' | 'personal' | 'sensitive';

/** The same text in both languages of the staff. */
export interface Label {
  readonly en: string;
  readonly zh: string;
}

/** The kind of value, which decides how a form asks for it and how it is checked. */
export type FieldKind = 'text' | 'code' | 'date' | 'phone' | 'email' | 'money' | 'score' | 'boolean' | 'list';

/** A check beside that of the kind. */
export type SpecialCheck =
  'region' | 'credit-code' | 'currency' | 'partial-date' | 'yearly-date' | 'date-or-instant';

/** What is shown of a value to those who may not read it. */
export type Mask =
  | 'none'
  | 'hidden'
  | 'name'
  | 'surname'
  | 'phone'
  | 'email'
  | 'district'
  | 'month'
  | 'year'
  | 'age-band'
  | 'last-4';

/** One field of the schema, or one member of a list's items. */
export interface Field {
  readonly key: string;
  readonly label: Label;
  readonly for: SubjectType | 'both';
  /** As for that subject type. */
  readonly level: Level;
  /** A change waits for the signature of a second person. */
  readonly secondSignature: boolean;
  /** Found by a blind index token. */
  readonly searchable: boolean;
  /** Asked for at collection; in a list: of each item. */
  readonly required: boolean;
  readonly kind: FieldKind;
  readonly mask: Mask;
  /** Members of each item. */
  readonly list?: readonly Field[];
  /** Name of the catalogue that its codes come from. */
  readonly catalogue?: string;
  readonly check?: SpecialCheck;
  /** Greatest length of a text in UTF-16 units, or number of items of a list. */
  readonly max: number;
}

/** Why a value cannot be taken, and what would be right. */
export interface FieldProblem {
  /** JSON pointer into the body as sent: list items by index. */
  readonly pointer: string;
  /** Such as `field.unknown`, `field.required`, `field.invalid-phone`. */
  readonly code: string;
  readonly expected: Label;
}
