import type { JsonObject } from '#engine/json.js';
import { guardRuleTexts } from '#domain/records/guard-texts.js';
import type { Label } from '#domain/schema/fields.js';
import type { Locale } from './locale.js';
import { problemTexts } from './problem-texts.js';

/** One fault of a request: where it is, and what would be right. */
export interface FieldFault {
  /** JSON pointer into the body, or the name of a query parameter or header. */
  readonly pointer: string;
  readonly code: string;
  readonly detail: Readonly<Record<Locale, string>>;
}

/** An answer that is no success: problem+json (RFC 9457). Carries codes and facts, never a customer's values. */
export class Problem extends Error {
  override readonly name = 'Problem';
  constructor(
    readonly code: string,
    readonly params: JsonObject = {},
    readonly more: {
      readonly errors?: readonly FieldFault[];
      readonly headers?: Readonly<Record<string, string>>;
      /** Further members of the answer. */
      readonly members?: JsonObject;
    } = {},
  ) {
    super(code);
  }

  get status(): number {
    return textOf(this.code).status;
  }

  /** The sentence with the facts of the case. */
  detail(locale: Locale): string {
    return fill(textOf(this.code).detail[locale], inWords(this.code, this.params, locale));
  }

  /** The body of the answer, in the caller's language. */
  body(locale: Locale, instance: string | undefined): JsonObject {
    const text = textOf(this.code);
    return {
      type: `/problems/${this.code}`,
      title: text.title[locale],
      status: text.status,
      detail: this.detail(locale),
      code: this.code,
      ...(Object.keys(this.params).length > 0 ? { params: this.params } : {}),
      ...(this.more.errors
        ? { errors: this.more.errors.map((fault) => ({ ...fault, detail: fault.detail[locale] })) }
        : {}),
      ...this.more.members,
      ...(instance ? { instance } : {}),
    };
  }
}

/** Puts facts into a sentence; lists are joined, absent ones shown as a dash. */
export function fill(sentence: string, params: JsonObject): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined || value === null) return '-';
    if (Array.isArray(value)) return value.length > 0 ? value.join(', ') : '-';
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  });
}

/** Where the facts of a sentence are codes of rules, it says what the rules ask; `params` keeps the codes. */
function inWords(code: string, params: JsonObject, locale: Locale): JsonObject {
  const { failed } = params;
  if (code !== 'destruction.guard-failed' || !Array.isArray(failed)) return params;
  const texts: Readonly<Record<string, Label>> = guardRuleTexts;
  const said = failed.map((rule) => texts[String(rule)]?.[locale] ?? String(rule));
  return { ...params, failed: said.join(locale === 'zh' ? '、' : '; ') };
}

function textOf(code: string) {
  return problemTexts[code] ?? problemTexts['server.internal']!;
}
