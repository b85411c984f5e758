import { Controller, Get, Param, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { requestLocale, type AuthenticatedRequest } from '../http/request-context.js';
import { IndexReaders } from '../records/reading/index-readers.js';
import { RecordIdPipe } from '../records/record-id.pipe.js';
import { DestructionRegister } from './destruction-register.js';
import {
  DestructionDetailAnswer,
  DestructionListAnswer,
  DestructionListQuery,
} from './destruction-register.dto.js';
import { AfterQuery } from './page-query.js';
import { Pages } from './pages.js';

/** The register of destructions: permanent, and without personal data. */
@ApiTags('Destroying')
@ApiBearerAuth()
@Controller('v1/destructions')
export class DestructionRegisterController {
  constructor(
    private readonly register: DestructionRegister,
    private readonly pages: Pages,
    private readonly recordIds: RecordIdPipe,
  ) {}

  @IndexReaders()
  @Get()
  @ApiOperation({ summary: 'The register of destructions, newest application first' })
  @ApiOkResponse({ type: DestructionListAnswer })
  async listDestructions(
    @Query() query: DestructionListQuery,
    @Req() request: AuthenticatedRequest,
  ): Promise<DestructionListAnswer> {
    const record = query.record == null ? null : await this.recordIds.transform(query.record);
    return this.register.list(record, query, requestLocale(request));
  }

  @IndexReaders()
  @Get(':did')
  @ApiOperation({ summary: 'One application: its acts, what stands in its way, its certificate' })
  @ApiOkResponse({ type: DestructionDetailAnswer })
  async readDestruction(
    @Param('did') id: string,
    @Query() { after }: AfterQuery,
    @Req() request: AuthenticatedRequest,
  ): Promise<DestructionDetailAnswer> {
    await this.pages.waitFor('destructionRegister', after, id);
    return this.register.one(id, requestLocale(request));
  }
}
