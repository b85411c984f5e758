import { Controller, Get, Header, Param, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Public } from '../auth/access.js';
import type { Locale } from '../http/locale.js';
import { problemTexts, type ProblemText } from '../http/problem-texts.js';
import { Problem } from '../http/problem.js';
import { requestLocale } from '../http/request-context.js';

/** The catalogue of problem types: a page for each, which its `type` points to. */
@ApiTags('Reference')
@Public()
@Controller('problems')
export class ProblemsController {
  @Get()
  @ApiOperation({ summary: 'All problem types' })
  @ApiOkResponse({ schema: { type: 'object' }, description: 'Code -> status and title' })
  all(@Req() request: FastifyRequest) {
    const locale = requestLocale(request);
    return Object.fromEntries(
      Object.entries(problemTexts).map(([code, { status, title }]) => [
        code,
        { status, title: title[locale] },
      ]),
    );
  }

  @Get(':code')
  @Header('content-type', 'text/html; charset=utf-8')
  @ApiOperation({ summary: 'What a problem type means' })
  @ApiProduces('text/html')
  @ApiOkResponse({ schema: { type: 'string' }, description: 'A page in the language asked for' })
  one(@Param('code') code: string, @Req() request: FastifyRequest): string {
    const text = Object.hasOwn(problemTexts, code) ? problemTexts[code] : undefined;
    if (!text) throw new Problem('route.unknown', { method: 'GET' });
    return page(code, text, requestLocale(request));
  }
}

function page(code: string, { status, title, detail }: ProblemText, locale: Locale): string {
  return `<!doctype html><html lang="${locale}"><meta charset="utf-8"><title>${code}</title>
<h1>${title[locale]}</h1><p><code>${code}</code> · HTTP ${status}</p><p>${detail[locale]}</p></html>\n`;
}
