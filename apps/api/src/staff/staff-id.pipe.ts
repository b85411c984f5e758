import { Injectable, type PipeTransform } from '@nestjs/common';
import { STAFF_ID } from '../http/fields.js';
import { Problem } from '../http/problem.js';

/** A staff id in a path. Whether somebody is registered under it, his stream says. */
@Injectable()
export class StaffIdPipe implements PipeTransform<string, string> {
  transform(id: string): string {
    if (!STAFF_ID.test(id)) throw new Problem('staff.unknown');
    return id;
  }
}
