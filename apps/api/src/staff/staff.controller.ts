import { Body, Controller, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Roles, SignedIn } from '../auth/access.js';
import { answer, dataOf } from '../http/answer.js';
import type { AuthenticatedRequest } from '../http/request-context.js';
import { NoMembersPipe } from '../http/validation.js';
import { StaffCommands } from './staff-commands.js';
import { StaffFacts } from './staff-facts.js';
import { StaffIdPipe } from './staff-id.pipe.js';
import {
  ActivityAnswer,
  DeactivateDto,
  PasswordAnswer,
  RegisterDto,
  RegisteredAnswer,
  StaffReasonDto,
  UndertakingAnswer,
  UndertakingDto,
} from './staff.dto.js';

/** Who joins, leaves and comes back. */
@ApiTags('Staff')
@ApiBearerAuth()
@Controller('v1')
export class StaffController {
  constructor(
    private readonly staff: StaffCommands,
    private readonly facts: StaffFacts,
  ) {}

  @Roles('administrator', 'manager', 'executive')
  @Post('staff')
  @ApiOperation({
    summary: 'Register a member of staff',
    description:
      'The first executive whom an administrator registers, with that role alone, needs no confirmation.',
  })
  @ApiCreatedResponse({ type: RegisteredAnswer })
  async registerStaff(
    @Body() dto: RegisterDto,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RegisteredAnswer> {
    const done = await this.staff.register(request, dto);
    const { roles, bootstrap } = dataOf<{ roles: string[]; bootstrap: string | null }>(
      done,
      'StaffRegistered',
    )!;
    const pending = roles.filter((role) => role !== bootstrap);
    const password = await this.staff.oneTimePassword(dto.id);
    return answer(reply, done, { staff: dto.id, password, pending });
  }

  @Roles('administrator', 'manager', 'executive')
  @Post('staff/:sid/passwords')
  @ApiOperation({ summary: 'Give a member of staff a new one-time password' })
  @ApiCreatedResponse({ type: PasswordAnswer })
  async issuePassword(
    @Param('sid', StaffIdPipe) staffId: string,
    @Body(NoMembersPipe) _: unknown,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PasswordAnswer> {
    const done = await this.staff.run(request, { type: 'IssueOneTimePassword', staffId }, {});
    return answer(reply, done, {
      staff: staffId,
      password: await this.staff.oneTimePassword(staffId),
    });
  }

  @Roles('administrator', 'manager', 'executive')
  @HttpCode(200)
  @Post('staff/:sid/deactivations')
  @ApiOperation({ summary: 'End a person’s access at once, and name his successor' })
  @ApiOkResponse({ type: ActivityAnswer })
  async deactivateStaff(
    @Param('sid', StaffIdPipe) staffId: string,
    @Body() dto: DeactivateDto,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ActivityAnswer> {
    const { successor, reason } = dto;
    const { position, facts } = await this.facts.of(successor);
    const done = await this.staff.run(
      request,
      {
        ...{ type: 'DeactivateStaff', staffId, successor, reason },
        facts: { successorActive: facts[0]!.active, position },
      },
      dto,
    );
    await this.staff.removePassword(staffId);
    return answer(reply, done, { staff: staffId, active: false });
  }

  @Roles('administrator', 'manager', 'executive')
  @HttpCode(200)
  @Post('staff/:sid/reactivations')
  @ApiOperation({
    summary: 'Let a person back in, without roles',
    description: 'He signs in with a one-time password: give him one next.',
  })
  @ApiOkResponse({ type: ActivityAnswer })
  async reactivateStaff(
    @Param('sid', StaffIdPipe) staffId: string,
    @Body() dto: StaffReasonDto,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ActivityAnswer> {
    const command = { type: 'ReactivateStaff', staffId, reason: dto.reason } as const;
    return answer(reply, await this.staff.run(request, command, dto), { staff: staffId, active: true });
  }

  @SignedIn()
  @HttpCode(200)
  @Post('me/undertakings')
  @ApiOperation({ summary: 'Sign the undertaking of confidentiality' })
  @ApiOkResponse({ type: UndertakingAnswer })
  async signUndertaking(
    @Body() dto: UndertakingDto,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UndertakingAnswer> {
    const { id: staffId } = request.caller;
    const command = { type: 'SignUndertaking', staffId, textVersion: dto.textVersion } as const;
    const done = await this.staff.run(request, command, dto);
    const { validUntil } = dataOf<{ validUntil: string }>(done, 'UndertakingSigned')!;
    return answer(reply, done, { staff: staffId, validUntil });
  }
}
