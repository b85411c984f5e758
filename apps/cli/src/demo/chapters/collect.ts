import type { JsonObject } from '#engine/json.js';
import { forEach, type Person } from '../client.js';
import { huaxing, huaxingAgain } from '../customers.js';
import { newcomers } from '../newcomers.js';
import { northwindCompanies } from '../northwind.js';
import type { Chapter, Story } from '../story.js';

interface Collected {
  readonly id: string;
  readonly duplicates: readonly { readonly name: string | null }[];
}

/** The collectors bring the files: 93 that the house has had for long, and the customers of these days. */
export const collect: Chapter = {
  at: '2025-03-03T02:00:00.000Z',
  async tell(story) {
    await bringNorthwind(story);
    await bringHuaxing(story);
    await bringNewcomers(story);
  },
};

async function bringNorthwind({ people, narrator, notes }: Story): Promise<void> {
  const companies = await northwindCompanies();
  const collectors = [people['collector-1'], people['collector-2']];
  const title = '孙丽 and 周强 bring the companies of the Northwind sample as historic entries';
  const counted = narrator.count(title, companies.length);
  await forEach([...companies.entries()], async ([i, { id, content, lastOrderOn }]) => {
    const ordered = lastOrderOn !== null;
    const { id: record } = await bring(collectors[i % 2]!, id.trim(), {
      ...{ subjectType: 'company', content, purpose: 'servicing', basis: { code: 'contract' } },
      ...{ sourceChannel: 'import', historic: true },
      proposed: {
        ...{ grade: ordered ? 'B' : 'C', status: ordered ? 'cooperating' : 'prospective' },
        ...{ urgency: 'can-wait', kind: 'ordinary' },
      },
    });
    notes.set(id.trim(), record);
    counted();
  });
}

/** A company that both know: the second is shown that somebody was there before. */
async function bringHuaxing({ people, narrator, notes }: Story): Promise<void> {
  const first = await bring(people['collector-1'], 'huaxing', customer(huaxing, 'interview'));
  notes.set('huaxing', first.id);
  narrator.say('孙丽 brings 杭州华兴贸易有限公司, whom she has visited');
  // Looked at, it is in the view that likely duplicates are found in.
  await people['collector-1'].get(`/v1/records/${first.id}`);
  const second = await bring(people['collector-2'], 'huaxing-again', customer(huaxingAgain, 'exhibition'));
  notes.set('huaxing-again', second.id);
  const like = second.duplicates.map(({ name }) => name).join(', ');
  narrator.say(`周强 brings 杭州华兴贸易 from a fair, and is shown a likely duplicate: ${like}`);
}

async function bringNewcomers({ people, narrator, notes }: Story): Promise<void> {
  await forEach(newcomers, async ({ key, by, subjectType, sourceChannel, content, proposed }) => {
    const separateConsents = ['incomeBand', 'family'].filter((field) => field in content);
    const body = { ...customer(content, sourceChannel), subjectType, proposed };
    const consents = separateConsents.length > 0 ? { separateConsents } : {};
    notes.set(key, (await bring(people[by], key, { ...body, ...consents })).id);
  });
  narrator.say(
    'They bring six more companies, and four persons, with a separate consent for each sensitive field',
  );
}

function customer(content: JsonObject, sourceChannel: string): JsonObject {
  return {
    ...{ subjectType: 'company', content, purpose: 'servicing', sourceChannel },
    basis: { code: 'consent', toldOn: content['firstContactOn']! },
    proposed: { grade: 'B', status: 'interested', urgency: 'deferrable', kind: 'ordinary' },
  };
}

function bring(collector: Person, name: string, body: JsonObject): Promise<Collected> {
  return collector.post<Collected>('/v1/records', `collect ${name}`, body);
}
