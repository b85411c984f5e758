import { localDate, workingCalendar } from '../calendar.js';
import { eligibilityRuleTexts } from '../records/eligibility-texts.js';
import type { Role } from '../roles.js';
import type { Catalogue } from '../schema/catalogues.js';
import { fieldAt, type Label, type Level } from '../schema/fields.js';

export type Locale = 'en' | 'zh';

const ROLE_LABELS: Readonly<Record<Role, Label>> = {
  manager: { en: 'manager', zh: '团队管理者' },
  collector: { en: 'collector', zh: '信息采集员' },
  analyst: { en: 'analyst', zh: '信息分析员' },
  custodian: { en: 'custodian', zh: '信息保管员' },
  executive: { en: 'executive', zh: '分管领导' },
  auditor: { en: 'auditor', zh: '审计员' },
  administrator: { en: 'administrator', zh: '系统管理员' },
};

const LEVEL_LABELS: Readonly<Record<Level, Label>> = {
  open: { en: 'open values', zh: '公开信息' },
  confidential: { en: 'confidential values', zh: '保密信息' },
  personal: { en: 'personal values', zh: '个人信息' },
  sensitive: { en: 'sensitive values', zh: '敏感信息' },
};

/** What the facets of a class are called where one was set otherwise than proposed. */
const CLASS_LABELS: Readonly<Record<string, Label>> = {
  grade: { en: 'grade', zh: '档案等级' },
  status: { en: 'cooperation status', zh: '合作状态' },
  urgency: { en: 'urgency', zh: '紧急程度' },
  kind: { en: 'kind', zh: '客户类别' },
};

/** The words of a sentence in one language. What has no label stands as its code. */
export class Words {
  constructor(
    readonly locale: Locale,
    private readonly nameOf: (staffId: string) => string,
  ) {}

  /** A member of staff, or the engine itself. */
  staff(id: string): string {
    return id === 'system' ? this.pick({ en: 'The system', zh: '系统' }) : this.nameOf(id);
  }

  /** Who acted, and in whose name. */
  actor(event: { readonly actorId: string; readonly onBehalfOf: string | null }): string {
    const actor = this.staff(event.actorId);
    if (event.onBehalfOf === null) return actor;
    const principal = this.staff(event.onBehalfOf);
    return this.pick({ en: `${actor} (for ${principal})`, zh: `${actor}（代${principal}）` });
  }

  list(words: readonly string[]): string {
    const distinct = [...new Set(words)];
    if (distinct.length === 0) return this.pick({ en: 'nothing', zh: '无' });
    return distinct.join(this.pick({ en: ', ', zh: '、' }));
  }

  /** Fields by their labels; the items of a list all count as one. */
  fields(pointers: readonly string[]): string {
    return this.list(pointers.map((pointer) => this.field(pointer)));
  }

  field(pointer: string): string {
    if (pointer.startsWith('/activities/')) return this.pick({ en: 'activity', zh: '客户往来' });
    const label = (at: string) => (fieldAt('company', at) ?? fieldAt('person', at))?.label;
    const [, key = '', item, member] = pointer.split('/');
    const own = label(pointer);
    if (!own) return pointer;
    const list = item === undefined || member === undefined ? undefined : label(`/${key}`);
    return list
      ? `${this.lower(list)}${this.pick({ en: ' – ', zh: '·' })}${this.lower(own)}`
      : this.lower(own);
  }

  code(catalogue: Catalogue, code: string): string {
    const label = catalogue.find((entry) => entry.code === code)?.label;
    return label ? this.lower(label) : code;
  }

  levels(levels: readonly string[]): string[] {
    return levels.map((level) => this.labelled(LEVEL_LABELS, level));
  }

  roles(roles: readonly string[]): string {
    return this.list(roles.map((role) => this.labelled(ROLE_LABELS, role)));
  }

  rules(rules: readonly string[]): string {
    return this.list(rules.map((rule) => this.labelled(eligibilityRuleTexts, rule)));
  }

  classes(facets: readonly string[]): string {
    return this.list(facets.map((facet) => this.labelled(CLASS_LABELS, facet)));
  }

  /** Local date and time of the policy's zone: `2025-03-08 17:30`. */
  instant(at: string): string {
    const { timeZone } = workingCalendar;
    const time = new Intl.DateTimeFormat('en-GB', {
      ...{ timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
    }).format(new Date(at));
    return `${localDate(at, timeZone)} ${time}`;
  }

  pick(label: Label): string {
    return label[this.locale];
  }

  private labelled(labels: Readonly<Record<string, Label>>, code: string): string {
    const label = Object.hasOwn(labels, code) ? labels[code] : undefined;
    return label ? this.lower(label) : code;
  }

  /** Labels begin with a capital; within a sentence they do not. */
  private lower(label: Label): string {
    const text = this.pick(label);
    return text.charAt(0).toLowerCase() + text.slice(1);
  }
}
