import { ApiProperty } from '@nestjs/swagger';
import type { JsonObject } from '#engine/json.js';
import { eligibilityRuleTexts, remedyTexts } from '#domain/records/eligibility-texts.js';
import type { GuardReport } from '#domain/records/guard.js';
import { guardRuleTexts } from '#domain/records/guard-texts.js';
import type { EligibilityReport } from '#domain/records/record.js';
import type { Locale } from '../http/locale.js';
import { fill } from '../http/problem.js';

export class EligibilityRuleAnswer {
  @ApiProperty({ example: 'undertaking-signed' })
  rule!: string;
  @ApiProperty({ example: 'The undertaking of confidentiality is signed' })
  says!: string;
  @ApiProperty({ example: false })
  passed!: boolean;
  @ApiProperty({ example: false, description: 'Failed, but a manager waived it' })
  waived!: boolean;
  @ApiProperty({ example: 'refused', enum: ['refused', 'needs-manager', 'waits'] })
  ifFailed!: string;
  @ApiProperty({ type: 'object', additionalProperties: true, example: { signedAt: null, days: 365 } })
  facts!: JsonObject;
  @ApiProperty({ nullable: true, type: String, description: 'Log position that the facts were read at' })
  position!: string | null;
  @ApiProperty({ nullable: true, type: Number, description: 'Revision of the record whose facts these are' })
  revision!: number | null;
  @ApiProperty({
    nullable: true,
    type: String,
    example: 'Sign the undertaking of confidentiality; it is good for 365 days.',
    description: 'What would make it pass',
  })
  remedy!: string | null;
}

export class EligibilityAnswer {
  @ApiProperty({ example: false })
  eligible!: boolean;
  @ApiProperty({ example: '2025-03-03T01:00:00.000Z' })
  at!: string;
  @ApiProperty({ type: [EligibilityRuleAnswer] })
  results!: EligibilityRuleAnswer[];
}

/** An eligibility report as a person reads it. */
export function eligibilityInWords(report: EligibilityReport, locale: Locale): EligibilityAnswer {
  const { eligible, at, results } = report;
  return {
    eligible,
    at,
    results: results.map(({ remedy, ...result }) => ({
      ...result,
      says: labelOf(eligibilityRuleTexts, result.rule, locale),
      remedy: remedy && fill(labelOf(remedyTexts, remedy.code, locale), remedy.params),
    })),
  };
}

export class GuardRuleAnswer {
  @ApiProperty({ example: 'no-hold' })
  rule!: string;
  @ApiProperty({ example: 'No hold is in force' })
  says!: string;
  @ApiProperty({ example: true })
  passed!: boolean;
  @ApiProperty({ type: 'object', additionalProperties: true, example: { holds: [] } })
  facts!: JsonObject;
}

export class GuardAnswer {
  @ApiProperty({ example: false })
  passed!: boolean;
  @ApiProperty({ example: '2025-03-03T01:00:00.000Z' })
  at!: string;
  @ApiProperty({ nullable: true, type: String })
  applicationId!: string | null;
  @ApiProperty({ type: [GuardRuleAnswer] })
  results!: GuardRuleAnswer[];
}

/** The report of the destruction guard as a person reads it. */
export function guardInWords(report: GuardReport, locale: Locale): GuardAnswer {
  const results = report.results.map((result) => ({
    ...result,
    says: labelOf(guardRuleTexts, result.rule, locale),
  }));
  return { ...report, results };
}

/** A code of a stored report may be older than the texts: it then stands for itself. */
function labelOf(
  texts: Readonly<Record<string, { readonly en: string; readonly zh: string }>>,
  code: string,
  locale: Locale,
): string {
  return texts[code]?.[locale] ?? code;
}
