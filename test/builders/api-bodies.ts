import type { JsonObject } from '#engine/json.js';
import { companyContent } from './content.js';

/** A body for `POST /v1/records` that is accepted. */
export function collectBody(more: JsonObject = {}, content: JsonObject = {}): JsonObject {
  const { subjectType: _said, ...given } = companyContent(content);
  return {
    subjectType: 'company',
    content: given,
    purpose: 'servicing',
    basis: { code: 'consent', toldOn: '2025-03-03' },
    separateConsents: [],
    sourceChannel: 'sales-team',
    proposed: { grade: 'B', status: 'interested', urgency: 'can-wait', kind: 'ordinary' },
    ...more,
  };
}
