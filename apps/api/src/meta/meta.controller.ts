import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags, ApiBearerAuth } from '@nestjs/swagger';
import { CATALOGUES } from '#domain/schema/catalogues.js';
import { fieldsOf, SCHEMA_VERSION, type Field } from '#domain/schema/fields.js';
import { NEEDS } from '#domain/schema/purposes.js';
import { SignedIn } from '../auth/access.js';

/** What a form needs to know: fields and codes, the same for everybody. */
@ApiTags('Reference')
@ApiBearerAuth()
@SignedIn()
@Controller('v1')
export class MetaController {
  @Get('schema')
  @ApiOperation({ summary: 'Fields of a file: level, mask, label, second signature' })
  @ApiOkResponse({
    schema: { type: 'object' },
    description: 'The field schema in force, per kind of customer',
  })
  schema() {
    return {
      version: SCHEMA_VERSION,
      company: fieldsOf('company').map(shown),
      person: fieldsOf('person').map(shown),
    };
  }

  @Get('catalogues')
  @ApiOperation({ summary: 'Codes with their labels: purposes, channels, grounds and so on' })
  @ApiOkResponse({
    schema: { type: 'object' },
    description: 'Catalogue name -> codes; what each purpose needs',
  })
  catalogues() {
    return { catalogues: CATALOGUES, purposeNeeds: Object.fromEntries(NEEDS) };
  }
}

function shown({ list, ...field }: Field): object {
  return list ? { ...field, list: list.map(shown) } : field;
}
