import { Body, Controller, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Role } from '#domain/roles.js';
import { Roles } from '../auth/access.js';
import { answer } from '../http/answer.js';
import type { AuthenticatedRequest } from '../http/request-context.js';
import { NoMembersPipe } from '../http/validation.js';
import { RolePipe } from './role.pipe.js';
import { StaffCommands } from './staff-commands.js';
import { StaffIdPipe } from './staff-id.pipe.js';
import { RequestRoleDto, RoleAnswer, StaffReasonDto } from './staff.dto.js';

/** Duties: asked for by one person, confirmed by another. */
@ApiTags('Staff')
@ApiBearerAuth()
@Controller('v1/staff/:sid/roles')
export class RolesController {
  constructor(private readonly staff: StaffCommands) {}

  @Roles('administrator', 'manager', 'executive')
  @Post()
  @ApiOperation({ summary: 'Ask for a role for another person' })
  @ApiCreatedResponse({ type: RoleAnswer })
  async requestRole(
    @Param('sid', StaffIdPipe) staffId: string,
    @Body() dto: RequestRoleDto,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RoleAnswer> {
    const { role, reason, until = null } = dto;
    const command = { type: 'RequestRole', staffId, role, reason, until } as const;
    const done = await this.staff.run(request, command, dto);
    return answer(reply, done, { staff: staffId, role, state: 'requested' });
  }

  @Roles('manager', 'executive')
  @HttpCode(200)
  @Post(':role/confirmations')
  @ApiOperation({ summary: 'Put a role that another person asked for in force' })
  @ApiOkResponse({ type: RoleAnswer })
  async confirmRole(
    @Param('sid', StaffIdPipe) staffId: string,
    @Param('role', RolePipe) role: Role,
    @Body(NoMembersPipe) _: unknown,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RoleAnswer> {
    const done = await this.staff.run(request, { type: 'ConfirmRole', staffId, role }, {});
    return answer(reply, done, { staff: staffId, role, state: 'held' });
  }

  @Roles('administrator', 'manager', 'executive')
  @HttpCode(200)
  @Post(':role/revocations')
  @ApiOperation({ summary: 'End a role at once, or turn a request down' })
  @ApiOkResponse({ type: RoleAnswer })
  async revokeRole(
    @Param('sid', StaffIdPipe) staffId: string,
    @Param('role', RolePipe) role: Role,
    @Body() dto: StaffReasonDto,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RoleAnswer> {
    const command = { type: 'RevokeRole', staffId, role, reason: dto.reason } as const;
    const done = await this.staff.run(request, command, dto);
    return answer(reply, done, { staff: staffId, role, state: 'ended' });
  }
}
