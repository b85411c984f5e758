import { Injectable } from '@nestjs/common';
import { isRefusal } from '#engine/decider.js';
import { activityKinds } from '#domain/activity/kinds.js';
import { openingRight } from '#domain/records/rights.js';
import type { ActivityTotalsRow } from '#domain/views/activity-totals.js';
import { Kernel } from '#infra/kernel/kernel.js';
import { refusalProblem } from '../http/command-request.js';
import { requestLocale, type AuthenticatedRequest } from '../http/request-context.js';
import { freshness } from '../lists/list-answer.js';
import { Pages } from '../lists/pages.js';
import { codeIn } from '../records/reading/labels.js';
import { LiveRecordReader } from '../records/reading/live-record.js';
import { readingsOf } from '../records/reading/plan.js';
import { Readers } from '../records/reading/readers.js';
import { ReadingRecorder } from '../records/reading/reading-recorder.js';
import type { ActivityTotalsAnswer } from './activity-answer.js';
import type { ActivityTotalsQuery } from './activity-query.js';
import { LastContact } from './last-contact.js';

/** Sums are as confidential as the amounts in them. */
const SPEND = { level: 'confidential', pointer: '/activities/spend' } as const;

/** What a customer's activity adds up to; what he spent is opened by right, and the reading is on disk first. */
@Injectable()
export class ActivityTotals {
  constructor(
    private readonly kernel: Kernel,
    private readonly records: LiveRecordReader,
    private readonly readers: Readers,
    private readonly recorder: ReadingRecorder,
    private readonly pages: Pages,
    private readonly lastContact: LastContact,
  ) {}

  /** @throws Problem; ViewBehind */
  async of(
    id: string,
    { open, purpose, after }: ActivityTotalsQuery,
    request: AuthenticatedRequest,
  ): Promise<ActivityTotalsAnswer> {
    const reader = await this.readers.of(request.caller, id, purpose ?? null);
    const { state } = await this.records.live(id);
    const now = this.kernel.clock.now();
    const right = openingRight(state, reader, SPEND, now);
    if (open === 'spend') {
      if (isRefusal(right)) throw refusalProblem(right);
      const reading = { how: 'opened', right, pointer: SPEND.pointer } as const;
      await this.recorder.record(readingsOf(state, reader, [reading]), now, request);
    }
    await this.pages.waitFor('activityTotals', after, id);
    const fresh = freshness(await this.kernel.reader.lag('activityTotals'));
    const row = (await this.kernel.reader.get('activityTotals', [id])).get(id);
    const { counts = {}, spend = {} } = (row ?? {}) as Partial<ActivityTotalsRow>;
    const locale = requestLocale(request);
    const sums = Object.entries(spend).map(([currency, amount]) => ({ currency, amount }));
    return {
      counts: Object.entries(counts).map(([kind, count]) => ({
        ...{ kind: codeIn(activityKinds, kind, locale), count },
      })),
      lastContactOn: (await this.lastContact.known(id)).on,
      spend: {
        ...(open === 'spend' ? { shown: 'value', value: sums } : { shown: 'hidden', value: null }),
        ...{ mayOpen: !isRefusal(right), needs: isRefusal(right) ? right.refused : null },
      },
      ...fresh,
    };
  }
}
