import { Injectable } from '@nestjs/common';
import type { Filter, Scalar } from '#engine/ports/view-store.js';
import {
  businessTypes,
  cooperationStatuses,
  grades,
  industries,
  kinds,
  scales,
  urgencies,
  type Catalogue,
} from '#domain/schema/catalogues.js';
import { provinceOf, regionPath } from '#domain/schema/regions.js';
import { Kernel } from '#infra/kernel/kernel.js';
import type { Locale } from '../http/locale.js';
import { codeIn, statusCode } from '../records/reading/labels.js';
import { freshness } from './list-answer.js';
import { conditionsOf, urgencyFilters, type RecordFilterQuery } from './record-filter.js';
import type { FacetsAnswer } from './record-list.dto.js';

type Counts = ReadonlyMap<string | null, number>;

const CATALOGUE_FACETS: readonly (readonly [member: string, catalogue: Catalogue])[] = [
  ['cooperationStatus', cooperationStatuses],
  ['kind', kinds],
  ['grade', grades],
  ['industry', industries],
  ['scale', scales],
  ['businessType', businessTypes],
];

/** Counts of the index by facet. */
@Injectable()
export class Facets {
  constructor(private readonly kernel: Kernel) {}

  async of(query: RecordFilterQuery, locale: Locale): Promise<FacetsAnswer> {
    const { reader, sealer, clock } = this.kernel;
    const fresh = freshness(await reader.lag('records'));
    const at = clock.now();
    const conditions = conditionsOf(query, (text) => sealer.token(text));
    const meant = urgencyFilters(query.urgency, at).map((filter) => ({ ...conditions, ...filter }));
    const [totals, region, status, urgency, ...others] = await Promise.all([
      Promise.all(meant.map((where) => reader.count('records', where))),
      this.#counts(meant, 'region'),
      this.#counts(meant, 'status'),
      this.#urgencies(query, conditions, at),
      ...CATALOGUE_FACETS.map(([member]) => this.#counts(meant, member)),
    ]);
    const coded = (catalogue: Catalogue) => (code: string) => codeIn(catalogue, code, locale).label;
    const facets = [
      ['region', facet(byArea(region, query.region), (code) => provinceOf(code)?.[locale] ?? code)],
      ['status', facet(status, (code) => statusCode(code, locale).label)],
      ['urgency', facet(urgency, coded(urgencies))],
      ...CATALOGUE_FACETS.map(([member, catalogue], i) => [member, facet(others[i]!, coded(catalogue))]),
    ];
    return {
      total: totals.reduce((sum, count) => sum + count, 0),
      facets: Object.fromEntries(facets) as FacetsAnswer['facets'],
      ...fresh,
    };
  }

  async #counts(meant: readonly Filter[], member: string): Promise<Counts> {
    const groups = await Promise.all(
      meant.map((where) => this.kernel.reader.groupCount('records', where, [member])),
    );
    return summed(groups.flat().map(({ key, count }) => [textOf(key[0]), count]));
  }

  /** As in force at the instant, which the stored level does not say. */
  async #urgencies(query: RecordFilterQuery, conditions: Filter, at: string): Promise<Counts> {
    const levels = query.urgency == null ? urgencies.map(({ code }) => code) : [query.urgency];
    const counts = await Promise.all(
      levels.flatMap((level) =>
        urgencyFilters(level, at).map(
          async (filter) =>
            [level, await this.kernel.reader.count('records', { ...conditions, ...filter })] as const,
        ),
      ),
    );
    return summed(counts.filter(([, count]) => count > 0));
  }
}

function summed(counts: readonly (readonly [string | null, number])[]): Counts {
  const sums = new Map<string | null, number>();
  for (const [code, count] of counts) sums.set(code, (sums.get(code) ?? 0) + count);
  return sums;
}

/** Provinces; within a province its cities, within a city its counties. */
function byArea(counts: Counts, asked: string | null | undefined): Counts {
  const within = asked == null ? 0 : asked.replace(/(00)+$/, '').length;
  const depth = within >= 4 ? 2 : within >= 2 && /^\d/.test(asked ?? '') ? 1 : 0;
  return summed(
    [...counts].map(([code, count]) => {
      const path = code === null ? [] : regionPath(code);
      return [path[Math.min(depth, path.length - 1)] ?? code, count] as const;
    }),
  );
}

function facet(counts: Counts, label: (code: string) => string) {
  return [...counts]
    .map(([code, count]) => ({ code, label: code === null ? '' : label(code), count }))
    .sort((a, b) => b.count - a.count || ((a.code ?? '') < (b.code ?? '') ? -1 : 1));
}

function textOf(value: Scalar | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
