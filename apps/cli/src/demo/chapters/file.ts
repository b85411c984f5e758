import { forEach } from '../client.js';
import { newcomers } from '../newcomers.js';
import { northwindCompanies } from '../northwind.js';
import type { Chapter, Story } from '../story.js';

/** Files that are kept on paper too, and where. */
const ON_PAPER: Readonly<Record<string, { container: string; slot: string; barcode: string }>> = {
  huaxing: { container: '2号保险柜', slot: '3', barcode: '690001' },
  ALFKI: { container: '1号柜', slot: '1', barcode: '690002' },
  BERGS: { container: '1号柜', slot: '2', barcode: '690003' },
  SEVES: { container: '1号柜', slot: '3', barcode: '690004' },
};

/** The custodian files what was approved; the manager says who follows each customer up. */
export const file: Chapter = {
  at: '2025-03-03T08:00:00.000Z',
  async tell(story) {
    await fileAll(story);
    await allocate(story);
  },
};

async function fileAll({ people, narrator, notes }: Story): Promise<void> {
  const companies = await northwindCompanies();
  const files = [
    { name: 'huaxing', retentionClass: 'permanent' },
    ...newcomers.map(({ key, retentionClass }) => ({ name: key, retentionClass })),
    ...companies.map(({ id, lastOrderOn }) => ({
      ...{ name: id.trim(), retentionClass: lastOrderOn === null ? 'prospect' : 'ended-key' },
    })),
  ];
  const counted = narrator.count('赵宏 files them, four on paper too; 华兴 lies in safe 2', files.length);
  await forEach(files, async ({ name, retentionClass }) => {
    const place = ON_PAPER[name] ?? null;
    const body = { retentionClass, medium: place ? 'both' : 'electronic', place };
    await people.custodian.post(`/v1/records/${notes.idOf(name)}/filings`, 'file', body);
    counted();
  });
}

async function allocate({ people, narrator, notes }: Story): Promise<void> {
  const path = `/v1/records/${notes.idOf('huaxing')}/allocations`;
  const { revision } = await people.manager.post<{ revision: number }>(path, 'allocate', {
    ...{ owner: 'collector-1', custodian: 'custodian' },
    ...{ claimants: ['collector-1', 'collector-2'], reason: '孙丽先行拜访,客户指定由她联系' },
  });
  notes.set('huaxing, as allocated', String(revision));
  narrator.say('王敏 decides who follows up 华兴: 孙丽, who was there first; the reason stays on file');
  const owners = [
    ...(await northwindCompanies()).map(({ id }, i) => ({
      name: id.trim(),
      owner: `collector-${(i % 2) + 1}`,
    })),
    ...newcomers.map(({ key, by }) => ({ name: key, owner: by })),
  ];
  const counted = narrator.count('王敏 gives the others to those who brought them', owners.length);
  await forEach(owners, async ({ name, owner }) => {
    const body = { owner, custodian: 'custodian' };
    await people.manager.post(`/v1/records/${notes.idOf(name)}/allocations`, 'allocate', body);
    counted();
  });
}
