/**
 * The values an event may hold: what RFC 8259 can express, further limited by the canonical form
 * (safe integers only, well-formed Unicode strings). Amounts of money are decimal strings.
 */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [member: string]: Json;
}
