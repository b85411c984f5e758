import type { Catalogue } from '../schema/catalogues.js';
import type { EntryKind } from '../schema/entries.js';

/** Kinds of entry that stand beside a file. A complaint stands in the file itself, because an open one blocks destruction. */
export type ActivityKind = Exclude<EntryKind, 'complaint'>;

const LABELS: Readonly<Record<ActivityKind, { readonly en: string; readonly zh: string }>> = {
  transaction: { en: 'Transaction', zh: '交易' },
  interaction: { en: 'Interaction', zh: '沟通' },
  feedback: { en: 'Feedback', zh: '反馈' },
  need: { en: 'Need', zh: '需求' },
  'risk-assessment': { en: 'Risk assessment', zh: '风险评估' },
};

export const ACTIVITY_KINDS = Object.keys(LABELS) as readonly ActivityKind[];

/** The kinds as a catalogue: code and label. */
export const activityKinds: Catalogue = ACTIVITY_KINDS.map((code) => ({ code, label: LABELS[code] }));

/** Kinds that show that somebody was in touch with the customer; an assessment is made without him. */
export const CONTACT_KINDS: readonly ActivityKind[] = ['transaction', 'interaction', 'feedback', 'need'];
