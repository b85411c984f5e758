import { SetMetadata } from '@nestjs/common';
import type { RecordCommand } from '#domain/records/commands.js';
import { commandRoles } from '#domain/records/roles.js';
import { ACCESS, type Access } from '../../auth/access.js';

/** Reachable for the roles that may give this command; the rules of the command ask for more than a role. */
export const MayGive = (command: RecordCommand['type']) =>
  SetMetadata(ACCESS, { roles: commandRoles[command] } satisfies Access);
