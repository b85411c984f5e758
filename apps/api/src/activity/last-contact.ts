import { Injectable } from '@nestjs/common';
import { CONTACT_KINDS } from '#domain/activity/kinds.js';
import type { ActivityRow } from '#domain/views/activity.js';
import { Kernel } from '#infra/kernel/kernel.js';

/** How long a decision that counts from the last contact waits for the view, in milliseconds. */
const WAIT_MS = 2_000;

/** A local date and the log position up to which the view had been read; `null` where no contact is known. */
export interface KnownContact {
  readonly on: string | null;
  readonly position: string | null;
}

/** When somebody was last in touch with a customer, by the entries that were not struck out. */
@Injectable()
export class LastContact {
  constructor(private readonly kernel: Kernel) {}

  /** As of the head of the log. @throws ViewBehind */
  async of(id: string): Promise<KnownContact> {
    const { reader, log } = this.kernel;
    const head = await log.head();
    if (head !== null) await reader.waitFor('activity', head, WAIT_MS);
    return this.known(id);
  }

  /** As far as the view has read. */
  async known(id: string): Promise<KnownContact> {
    const { reader } = this.kernel;
    const position = await reader.reached('activity');
    const [newest] = await reader.find('activity', {
      where: { record: { eq: id }, kind: { in: CONTACT_KINDS }, struck: { exists: false } },
      sort: [{ field: 'on', direction: 'desc' }],
      limit: 1,
    });
    return { on: newest ? (newest as unknown as ActivityRow).on : null, position };
  }
}
