import { forEach } from '../client.js';
import type { Chapter } from '../story.js';
import { applicationFor, DOOMED } from './doomed.js';

/** A written application, a second opinion, an approval: then seven days must pass. */
export const condemn: Chapter = {
  at: '2025-03-05T06:00:00.000Z',
  async tell({ people, narrator, notes }) {
    await forEach(DOOMED, async (name) => {
      const path = `/v1/records/${notes.idOf(name)}/destructions`;
      const { applicationId } = await people.custodian.post<{ applicationId: string }>(path, 'apply', {
        ...{ ground: 'invalid', reason: `旧系统试录的${name},没有地区、订单和电话` },
      });
      notes.set(applicationFor(name), applicationId);
      await people.analyst.post(`${path}/${applicationId}/appraisals`, 'appraise', {
        ...{ opinion: 'destroy', reason: '已查订单与来往函件,确非客户' },
      });
      await people.manager.post(`${path}/${applicationId}/approvals`, 'approve', {
        ...{ decision: 'approve', reason: '同意销毁' },
      });
    });
    narrator.say(
      `赵宏 applies in writing for the destruction of ${DOOMED.join(' and ')}: entered by mistake`,
    );
    narrator.say('吴倩 appraises both, 王敏 approves; from now on seven days must pass');
  },
};
