import { Controller, Get, Param, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Filter } from '#engine/ports/view-store.js';
import type { Role } from '#domain/roles.js';
import { staffRolesAt, type StaffRow } from '#domain/views/staff.js';
import { Kernel } from '#infra/kernel/kernel.js';
import { SignedIn } from '../auth/access.js';
import { Problem } from '../http/problem.js';
import { requestLocale, type AuthenticatedRequest } from '../http/request-context.js';
import { AfterQuery } from '../lists/page-query.js';
import { Pages, type Phase } from '../lists/pages.js';
import { describeDuties } from './duties.js';
import { StaffIdPipe } from './staff-id.pipe.js';
import { StaffNames } from './staff-names.js';
import {
  StaffDetailAnswer,
  StaffListAnswer,
  StaffListQuery,
  type StaffItemAnswer,
} from './staff-reading.dto.js';

const TEAM_KEEPERS = ['administrator', 'manager', 'executive', 'auditor'];

/** Who works here. Everybody who is signed in sees names and roles. */
@ApiTags('Staff')
@ApiBearerAuth()
@Controller('v1/staff')
export class StaffReadingController {
  constructor(
    private readonly kernel: Kernel,
    private readonly pages: Pages,
    private readonly names: StaffNames,
  ) {}

  @SignedIn()
  @Get()
  @ApiOperation({ summary: 'Members of staff, in the order of their registration' })
  @ApiOkResponse({ type: StaffListAnswer })
  async listStaff(@Query() query: StaffListQuery): Promise<StaffListAnswer> {
    const { active, role } = query;
    const scope = { active: active ?? null, role: role ?? null };
    const phases = (at: string): Phase[] => [
      { anyOf: staffFilters(active, role, at), sort: [{ field: 'registeredAt', direction: 'asc' }] },
    ];
    const { rows, list } = await this.pages.read<StaffRow>({ view: 'staff', scope, phases }, query);
    const names = await this.names.of(rows.map(({ _id }) => _id));
    const now = this.kernel.clock.now();
    return {
      items: rows.map((row) => describeStaff(row._id, row, names.get(row._id) ?? null, now)),
      ...list,
    };
  }

  @SignedIn()
  @Get(':sid')
  @ApiOperation({ summary: 'A member of staff' })
  @ApiOkResponse({ type: StaffDetailAnswer })
  async readStaff(
    @Param('sid', StaffIdPipe) id: string,
    @Query() { after }: AfterQuery,
    @Req() request: AuthenticatedRequest,
  ): Promise<StaffDetailAnswer> {
    await this.pages.waitFor('staff', after, id);
    const doc = (await this.kernel.reader.get('staff', [id])).get(id);
    if (!doc) throw new Problem('staff.unknown', { staff: id });
    const row = doc as unknown as StaffRow;
    const names = await this.names.of([id]);
    const item = describeStaff(id, row, names.get(id) ?? null, this.kernel.clock.now());
    const { caller } = request;
    const sees = caller.id === id || caller.roles.some((role) => TEAM_KEEPERS.includes(role));
    return { ...item, duties: sees ? describeDuties(row, requestLocale(request)) : null };
  }
}

/** A role with an end is in force only until then, which no event says. */
function staffFilters(
  active: boolean | null | undefined,
  role: Role | null | undefined,
  at: string,
): Filter[] {
  const where: Filter = active == null ? {} : { active: { eq: active } };
  if (role == null) return [where];
  const until = `grants.${role}.until`;
  const holders = { ...where, roles: { eq: role } } as const;
  return [
    { ...holders, [until]: { exists: false } },
    { ...holders, [until]: { gt: at } },
  ];
}

function describeStaff(id: string, row: StaffRow, name: string | null, now: string): StaffItemAnswer {
  const { active, registeredAt, deactivatedAt } = row;
  return { ...{ id, name, active, roles: staffRolesAt(row, now) }, registeredAt, deactivatedAt };
}
