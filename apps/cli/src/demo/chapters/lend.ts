import { forEach, Refused, type Person } from '../client.js';
import { HUAXING_PHONE } from '../customers.js';
import type { Chapter, Story } from '../story.js';

/** Files that the analyst reads for the yearly service plan. */
const LENT = ['ALFKI', 'BERGS', 'ERNSH', 'QUICK', 'SAVEA'];

interface Loan {
  readonly loanId: string;
  readonly state: string;
  readonly failed: readonly string[];
  readonly report: { readonly results: readonly { rule: string; says: string; remedy: string | null }[] };
}

/** Files are lent on an eligibility report, or refused on it. */
export const lend: Chapter = {
  at: '2025-03-05T01:00:00.000Z',
  async tell(story) {
    await lendToAnalyst(story);
    await refuseMarketing(story);
    await lendHuaxing(story);
  },
};

async function lendToAnalyst({ people, narrator, notes }: Story): Promise<void> {
  await forEach(LENT, async (name) => {
    const path = `/v1/records/${notes.idOf(name)}/loans`;
    const { loanId } = await people.analyst.post<Loan>(path, 'borrow', {
      ...{ purpose: 'servicing', days: 7, note: '编制年度服务计划' },
      fields: { levels: ['confidential'], pointers: ['/phone', '/contacts'] },
    });
    await people.custodian.post(`${path}/${loanId}/decisions`, 'grant', { decision: 'grant' });
  });
  narrator.say(
    `吴倩 borrows ${LENT.length} files to read on screen for 7 days; 赵宏 grants each on its report`,
  );
  await people.analyst.get(`/v1/records/${notes.idOf('ALFKI')}?open=/phone,/contacts`);
  narrator.say('吴倩 reads the phone number and the contact of ALFKI; each reading goes on record first');
}

/** Nobody may grant what the customer was never told of: the engine itself refuses, and keeps the request. */
async function refuseMarketing({ people, narrator, notes }: Story): Promise<void> {
  const { state, failed, report } = await people.analyst.post<Loan>(
    `/v1/records/${notes.idOf('FRANK')}/loans`,
    'borrow for marketing',
    { purpose: 'marketing', fields: { pointers: ['/email', '/phone'] }, days: 7 },
  );
  const because = report.results.find(({ rule }) => rule === failed[0]);
  narrator.say(`吴倩 asks for FRANK to advertise: ${state}. ${failed.join(', ')}: ${because?.remedy}`);
}

/** Grade A takes a manager's consent too. */
async function lendHuaxing({ people, narrator, notes }: Story): Promise<void> {
  const borrower = people['collector-2'];
  const record = `/v1/records/${notes.idOf('huaxing')}`;
  const { loanId } = await borrower.post<Loan>(`${record}/loans`, 'borrow', {
    ...{ purpose: 'servicing', fields: { pointers: ['/phone'] }, days: 3, note: '孙丽出差,代为回电' },
  });
  await people.manager.post(`${record}/loans/${loanId}/endorsements`, 'endorse');
  await people.custodian.post(`${record}/loans/${loanId}/decisions`, 'grant', { decision: 'grant' });
  const seen = await phoneSeenBy(borrower, record);
  if (!seen.endsWith('57188886666')) throw new Error(`周强 should see ${HUAXING_PHONE}, not ${seen}`);
  narrator.say(
    `周强 borrows the phone number of 华兴 for 3 days, 王敏 agrees to it: grade A. He sees ${seen}`,
  );
}

/** The phone number of a record as somebody sees it who wants to open it; behind its mask where he may not. */
export async function phoneSeenBy(person: Person, record: string): Promise<string> {
  const phoneIn = ({ fields }: Read) => fields.find(({ pointer }) => pointer === '/phone')?.value ?? '';
  try {
    return phoneIn(await person.get<Read>(`${record}?open=/phone`));
  } catch (error) {
    if (!(error instanceof Refused) || error.status !== 403) throw error;
    return phoneIn(await person.get<Read>(record));
  }
}

interface Read {
  readonly fields: readonly { readonly pointer: string; readonly value: string | null }[];
}
