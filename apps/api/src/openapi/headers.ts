/** Headers of commands and their answers, as the document shows them. */

export const IDEMPOTENCY_KEY = {
  in: 'header' as const,
  name: 'Idempotency-Key',
  required: false,
  schema: { type: 'string', pattern: '^[\\x20-\\x7e]{1,200}$' },
  description:
    'Your own name of this request, printable ASCII: sent again with it, the request is answered as before and nothing happens twice',
};

export const IF_MATCH = {
  in: 'header' as const,
  name: 'If-Match',
  required: false,
  schema: { type: 'string', pattern: '^"\\d{1,15}"$', example: '"3"' },
  description:
    'The ETag that you read: where somebody has changed what matters to the command since, it is refused with 412',
};

export const ETAG = {
  schema: { type: 'string', example: '"3"' },
  description: 'Revision of the stream; send it as `If-Match`',
};
