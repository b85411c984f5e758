import { Injectable, type PipeTransform } from '@nestjs/common';
import { ROLES, type Role } from '#domain/roles.js';
import { Problem } from '../http/problem.js';

/** A role in a path. */
@Injectable()
export class RolePipe implements PipeTransform<string, Role> {
  transform(name: string): Role {
    const role = ROLES.find((each) => each === name);
    if (!role) throw new Problem('staff.role-unknown');
    return role;
  }
}
