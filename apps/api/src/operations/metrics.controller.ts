import { Controller, Get, Headers, Header } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { parkedCount } from '#engine/views/parking.js';
import { COUNTED } from '#engine/views/reader.js';
import { Kernel } from '#infra/kernel/kernel.js';
import { Public } from '../auth/access.js';
import { Authenticator } from '../auth/authenticator.js';
import { Problem } from '../http/problem.js';
import { Metrics } from '../server/metrics.js';
import { MetricsToken } from './metrics-token.js';

const ROLES = ['administrator', 'auditor'];

/** What operators watch. */
@ApiTags('Operations')
@ApiBearerAuth()
@Controller('metrics')
export class MetricsController {
  constructor(
    private readonly kernel: Kernel,
    private readonly metrics: Metrics,
    private readonly token: MetricsToken,
    private readonly authenticator: Authenticator,
  ) {}

  /** Public as far as the guard goes: a monitoring system is no member of staff, so the token is looked at here. */
  @Public()
  @Get()
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  @ApiOperation({
    summary: 'Metrics in the Prometheus text format',
    description:
      'By the token in `metrics.token` of the data folder, or by that of an administrator or auditor.',
  })
  @ApiProduces('text/plain')
  @ApiOkResponse({ schema: { type: 'string' }, description: 'Counters, histograms and gauges' })
  async readMetrics(@Headers('authorization') authorization: string | undefined): Promise<string> {
    if (!this.token.isIn(authorization)) {
      const { roles } = await this.authenticator.authenticate(authorization);
      if (!ROLES.some((role) => roles.includes(role))) throw new Problem('auth.forbidden', { roles: ROLES });
    }
    await Promise.all(this.kernel.viewNames.map((view) => this.#gauge(view)));
    return this.metrics.registry.metrics();
  }

  async #gauge(view: string): Promise<void> {
    const { reader, views } = this.kernel;
    const { eventsBehind, secondsBehind, generation } = await reader.lag(view);
    this.metrics.lagEvents.set({ view }, eventsBehind ?? COUNTED);
    this.metrics.lagSeconds.set({ view }, secondsBehind);
    this.metrics.parked.set({ view }, await parkedCount(views, view, generation));
  }
}
