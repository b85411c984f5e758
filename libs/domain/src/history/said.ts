import type { Json } from '#engine/json.js';
import type { Label } from '../schema/fields.js';
import type { Words } from './words.js';

/** A text that somebody wrote when he acted. */
export interface Said {
  /** Where it stands in the event: `/text/reason`, `/text/comments/phone`. */
  readonly pointer: string;
  /** What kind of text it is; of a comment, the field that it is about. */
  readonly label: string;
  readonly text: string;
}

const LABELS: Readonly<Record<string, Label>> = {
  reason: { en: 'Reason', zh: '理由' },
  note: { en: 'Note', zh: '备注' },
  conclusion: { en: 'Conclusion', zh: '结论' },
  statement: { en: 'Statement', zh: '声明' },
  urgencyReason: { en: 'Reason of the urgency', zh: '紧急理由' },
};

const COMMENT = '/text/comments';

/** The texts of an act among the values of its event that were opened. */
export function said(opened: Readonly<Record<string, Json>>, words: Words): Said[] {
  return Object.entries(opened).flatMap(([pointer, text]) =>
    pointer.startsWith('/text/') && typeof text === 'string'
      ? [{ pointer, label: labelOf(pointer, words), text }]
      : [],
  );
}

function labelOf(pointer: string, words: Words): string {
  if (pointer.startsWith(`${COMMENT}/`)) return words.field(pointer.slice(COMMENT.length));
  const name = pointer.slice('/text/'.length);
  const label = Object.hasOwn(LABELS, name) ? LABELS[name] : undefined;
  return label ? words.pick(label) : name;
}
