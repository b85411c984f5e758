import { Controller, Get, ServiceUnavailableException } from '@nestjs/common';
import {
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiServiceUnavailableResponse,
  ApiTags,
} from '@nestjs/swagger';
import { HealthCheckService, HealthIndicatorService, type HealthCheckResult } from '@nestjs/terminus';
import type { JsonObject } from '#engine/json.js';
import { Kernel } from '#infra/kernel/kernel.js';
import { Public } from '../auth/access.js';
import { Problem } from '../http/problem.js';
import { freshness } from '../lists/list-answer.js';

/** A view that is further behind than this is not fit to answer from, in seconds. */
const MAX_LAG_SECONDS = 30;
/** A store that takes longer than this does not answer, in milliseconds. */
const ANSWER_WITHIN_MS = 2_000;
/** A key that every vault has. */
const SYSTEM_KEY = 'system/mac';

export class LiveAnswer {
  @ApiProperty({ example: 'ok' })
  status!: string;
}

export class ReadyAnswer {
  @ApiProperty({ example: 'ok' })
  status!: string;
  @ApiProperty({
    ...{ type: 'object', additionalProperties: { type: 'object', additionalProperties: true } },
    example: {
      log: { status: 'up' },
      vault: { status: 'up' },
      views: { status: 'up', stopped: [], behind: [], lag: { records: { events: 0, seconds: 0 } } },
    },
  })
  checks!: JsonObject;
}

/** For whatever starts, watches and balances the processes. Names of stores and views, nothing else. */
@ApiTags('Operations')
@Public()
@Controller('health')
export class HealthController {
  constructor(
    private readonly kernel: Kernel,
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
  ) {}

  @Get('live')
  @ApiOperation({ summary: 'Whether the process answers' })
  @ApiOkResponse({ type: LiveAnswer })
  isLive(): LiveAnswer {
    return { status: 'ok' };
  }

  @Get('ready')
  @ApiOperation({
    summary: 'Whether it can do its work: log and vault answer, views go on and are not far behind',
  })
  @ApiOkResponse({ type: ReadyAnswer })
  @ApiServiceUnavailableResponse({ description: 'A problem with `checks`' })
  async isReady(): Promise<ReadyAnswer> {
    const { status, details } = await this.#check();
    const checks = details as JsonObject;
    if (status !== 'ok') throw new Problem('server.not-ready', {}, { members: { checks } });
    return { status, checks };
  }

  async #check(): Promise<HealthCheckResult> {
    const { log, vault } = this.kernel;
    try {
      return await this.health.check([
        () => this.#answers('log', () => log.head()),
        () => this.#answers('vault', () => vault.keys([SYSTEM_KEY])),
        () => this.#views(),
      ]);
    } catch (error) {
      if (!(error instanceof ServiceUnavailableException)) throw error;
      return error.getResponse() as HealthCheckResult;
    }
  }

  /** Whatever a store says when it fails stays here: it may name files. */
  async #answers(name: 'log' | 'vault', ask: () => Promise<unknown>) {
    const indicator = this.indicators.check(name);
    const { [name]: result } = await indicator
      .attempt(async () => {
        await ask();
      })
      .withTimeout(ANSWER_WITHIN_MS);
    return result.status === 'up' ? indicator.up() : indicator.down();
  }

  async #views() {
    const { projector, reader, viewNames } = this.kernel;
    const indicator = this.indicators.check('views');
    const stopped = projector
      .status()
      .filter((feed) => feed.stopped)
      .map(({ view }) => view);
    try {
      const lags = await Promise.all(viewNames.map((view) => reader.lag(view)));
      const behind = lags
        .filter(({ secondsBehind }) => secondsBehind > MAX_LAG_SECONDS)
        .map(({ view }) => view);
      const lag = Object.fromEntries(lags.map((each) => [each.view, freshness(each).lag]));
      const state = { stopped, behind, lag };
      return stopped.length + behind.length === 0 ? indicator.up(state) : indicator.down(state);
    } catch {
      return indicator.down({ stopped });
    }
  }
}
