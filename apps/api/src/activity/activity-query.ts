import { ACTIVITY_KINDS, type ActivityKind } from '#domain/activity/kinds.js';
import { purposes } from '#domain/schema/catalogues.js';
import { CodeField, codesOf, DateField } from '../http/fields.js';
import { AfterQuery, FormField, PageQuery } from '../lists/page-query.js';
import { OPEN_MEMBERS } from './activity-plan.js';

const OPEN = {
  en: 'what to open, which is a reading: `all`, or members of entries separated by commas',
  zh: '要打开的内容（计为一次阅读）：all，或以逗号分隔的项目',
  example: 'item,amount,currency',
};
const PURPOSE = {
  en: 'the purpose of the reading, which managers and executives state',
  zh: '阅读目的，管理者与分管领导须说明',
  optional: true,
};

export class ActivityQuery extends PageQuery {
  @CodeField(ACTIVITY_KINDS, { en: 'the kind of entry', zh: '往来类别', optional: true })
  kind?: ActivityKind | null;

  @DateField({ en: 'the first local date', zh: '起始日期', optional: true })
  from?: string | null;

  @DateField({ en: 'the last local date', zh: '截止日期', optional: true })
  to?: string | null;

  @FormField(OPEN_MEMBERS, OPEN)
  open?: string | null;

  @CodeField(codesOf(purposes), PURPOSE)
  purpose?: string | null;
}

export class ActivityEntryQuery extends AfterQuery {
  @FormField(OPEN_MEMBERS, OPEN)
  open?: string | null;

  @CodeField(codesOf(purposes), PURPOSE)
  purpose?: string | null;
}

export class ActivityTotalsQuery extends AfterQuery {
  @CodeField(['spend'], {
    en: 'what to open, which is a reading',
    zh: '要打开的内容（计为一次阅读）',
    optional: true,
  })
  open?: 'spend' | null;

  @CodeField(codesOf(purposes), PURPOSE)
  purpose?: string | null;
}
