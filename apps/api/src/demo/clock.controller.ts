import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Kernel } from '#infra/kernel/kernel.js';
import { Roles } from '../auth/access.js';
import { InstantField } from '../http/fields.js';
import { Problem } from '../http/problem.js';

export class MoveClockDto {
  @InstantField({ en: 'the instant to move to', zh: '调至的时刻', example: '2025-03-10T01:00:00Z' })
  to!: string;
}

export class ClockAnswer {
  @ApiProperty({ example: '2025-03-10T01:00:00.000Z' })
  now!: string;
}

/** The clock of a demo log: weeks pass in seconds, and every rule of time is met honestly. */
@ApiTags('Demo')
@ApiBearerAuth()
@Controller('v1/demo')
export class DemoClockController {
  constructor(private readonly kernel: Kernel) {}

  @Roles('administrator')
  @HttpCode(200)
  @Post('clock')
  @ApiOperation({ summary: 'Move the clock of a demo log forward' })
  @ApiOkResponse({ type: ClockAnswer })
  moveClock(@Body() { to }: MoveClockDto): ClockAnswer {
    const { demoClock } = this.kernel;
    if (!demoClock) throw new Problem('clock.not-a-demo');
    if (!demoClock.moveTo(to)) throw new Problem('clock.not-forward', { now: demoClock.now() });
    return { now: demoClock.now() };
  }
}
