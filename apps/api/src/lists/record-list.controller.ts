import { Controller, Get, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiExtraModels, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { RecordRow } from '#domain/views/records.js';
import { Kernel } from '#infra/kernel/kernel.js';
import { requestLocale, type AuthenticatedRequest } from '../http/request-context.js';
import { IndexReaders } from '../records/reading/index-readers.js';
import { RecordRefs } from '../records/reading/record-refs.js';
import { People } from '../staff/people.js';
import { Facets } from './facets.js';
import { Pages } from './pages.js';
import { conditionsOf, recordPhases, RecordFilterQuery, scopeOf } from './record-filter.js';
import { describeItem } from './record-items.js';
import { FacetsAnswer, FacetValueAnswer, RecordListAnswer, RecordListQuery } from './record-list.dto.js';

/** The index of records: nothing but open values, and names behind their masks. */
@ApiTags('Reading')
@ApiBearerAuth()
@Controller('v1')
export class RecordListController {
  constructor(
    private readonly kernel: Kernel,
    private readonly pages: Pages,
    private readonly refs: RecordRefs,
    private readonly facets: Facets,
    private readonly people: People,
  ) {}

  @IndexReaders()
  @Get('records')
  @ApiOperation({
    summary: 'The index of records by class, in an order',
    description:
      'Masked for everybody; nothing is recorded. There is no value level, tier or tag to filter by yet.',
  })
  @ApiOkResponse({ type: RecordListAnswer })
  async listRecords(
    @Query() query: RecordListQuery,
    @Req() request: AuthenticatedRequest,
  ): Promise<RecordListAnswer> {
    const conditions = conditionsOf(query, (text) => this.kernel.sealer.token(text));
    const sort = query.sort ?? 'name';
    const scope = { ...scopeOf(query), sort };
    const phases = (at: string) => recordPhases(query, conditions, sort, at);
    const { rows, at, list } = await this.pages.read<RecordRow>({ view: 'records', scope, phases }, query);
    const names = await this.refs.maskedNames(rows);
    const locale = requestLocale(request);
    const items = await this.people.naming((named) =>
      rows.map((row) => describeItem(row._id, row, names.get(row._id) ?? null, at, locale, named)),
    );
    return { items, ...list };
  }

  @IndexReaders()
  @Get('facets')
  @ApiOperation({ summary: 'How many records there are of each class, among those that the filters mean' })
  @ApiExtraModels(FacetValueAnswer)
  @ApiOkResponse({ type: FacetsAnswer })
  async countFacets(
    @Query() query: RecordFilterQuery,
    @Req() request: AuthenticatedRequest,
  ): Promise<FacetsAnswer> {
    await this.pages.waitFor('records', query.after);
    return this.facets.of(query, requestLocale(request));
  }
}
