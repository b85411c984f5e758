import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsOptional } from 'class-validator';
import { check, NumberField, type About } from '../http/fields.js';

/** Positions of either kind of log; of another length than this log's they are unknown to it. */
const POSITION = /^\d{20}(\d{20})?$/;
export const CURSOR = /^[A-Za-z0-9_-]{1,4000}$/;

/** Members of one page unless asked otherwise. */
export const DEFAULT_LIMIT = 50;

/** A text of one form in the query. */
export function FormField(form: RegExp, about: About): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({
      ...{ type: String, pattern: form.source, example: about.example },
      description: `${about.en} · ${about.zh}`,
    }),
    IsOptional(),
    check('isForm', (value) => typeof value === 'string' && form.test(value), about.en, about.zh),
  );
}

/** A position of the log. */
export function PositionField(about: About): PropertyDecorator {
  return FormField(POSITION, { example: '00000000000000000042', ...about });
}

/** How long a list waits for its view is bounded; then it answers 409. */
export class AfterQuery {
  @PositionField({
    en: 'the position of your own write, to read it: the answer waits for it, at most 2 seconds',
    zh: '本人写入的位置，应答将等待其可见，最多2秒',
  })
  after?: string | null;
}

/** What every list takes. */
export class PageQuery extends AfterQuery {
  @Type(() => Number)
  @NumberField(1, 200, {
    ...{ en: 'how many to list', zh: '条数', example: DEFAULT_LIMIT, optional: true },
  })
  limit?: number | null;

  @FormField(CURSOR, { en: 'the cursor `next` of the page before', zh: '上一页的 next 游标' })
  cursor?: string | null;
}
