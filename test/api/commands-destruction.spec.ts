import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordedEvent } from '#engine/event.js';
import type { Kernel } from '#infra/kernel/kernel.js';
import { kernelWith, startApi, type Api } from '../builders/api.js';
import { created, destructible, filed, ok, recordPath } from '../builders/api-bodies.js';

const SECRETS = { phone: '0571-81234567', needs: '只要绿茶不要红茶', contacts: [{ name: '诸葛陈立' }] };

let folder: string;
let api: Api;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dossier-destruction-'));
  api = await startApi({ folder });
});
afterEach(async () => {
  await api.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A grade A record on paper, everything ready for its execution before two witnesses. */
async function ready(): Promise<{ id: string; path: string }> {
  const { id } = await filed(api, { grade: 'A', paper: true, content: { name: '销毁公司', ...SECRETS } });
  const path = `${recordPath(id)}/destructions/${await destructible(api, id, 'executive-1')}`;
  ok(await api.as('custodian-1').post(`${path}/shreddings`, { statement: '已粉碎' }));
  ok(await api.as('auditor-1').post(`${path}/attestations`, { statement: '在场' }));
  ok(await api.as('collector-2').post(`${path}/attestations`));
  return { id, path };
}

function eventsOf({ kernel }: Api, id: string): Promise<RecordedEvent[]> {
  return kernel.log.readStream(`customerRecord-${id}`, { from: 0, maxCount: 500 });
}

async function certificateOf(of: Api, id: string): Promise<RecordedEvent> {
  for (;;) {
    const last = (await eventsOf(of, id)).at(-1)!;
    if (last.type === 'RecordDestroyed') return last;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Whether any file of any store holds these bytes. */
function anywhere(text: string): string[] {
  const bytes = Buffer.from(text);
  return readdirSync(folder).filter((name) => readFileSync(join(folder, name)).includes(bytes));
}

describe('destroying a record', () => {
  it('before two witnesses it is begun with 202 and done with the certificate', async () => {
    const { id, path } = await ready();
    const begun = await api.as('custodian-1').post(`${path}/execution`);
    expect(begun).toMatchObject({ status: 202, body: { state: 'begun' } });

    const { actorId, data, causationId } = await certificateOf(api, id);
    const events = await eventsOf(api, id);
    const start = events.find(({ type }) => type === 'RecordDestructionBegun')!;
    expect({ actorId, causationId }).toEqual({ actorId: 'system', causationId: start.id });
    expect(data['certificate']).toMatchObject({
      ...{ recordId: id, applicationId: begun.body.applicationId, logId: api.kernel.identity.logId },
      begun: { event: start.hash, revision: start.revision, position: begun.body.position },
      keys: { destroyed: 2, masterKeyId: api.kernel.masters.current.id },
      backups: { en: expect.stringContaining('backup'), zh: expect.any(String) },
    });
    const { views } = data['certificate'] as { views: { passed: string; generations: object[] } };
    expect(views.passed >= begun.body.position).toBe(true);
    expect(views.generations).toHaveLength(api.kernel.viewNames.length);
  });

  it('no key of the customer lives on, no view shows it, and its sealed values open no more', async () => {
    const { id, path } = await ready();
    const [collected] = await eventsOf(api, id);
    expect(await api.kernel.sealer.valuesOf(collected!)).toHaveProperty('/needs');
    await api.as('custodian-1').post(`${path}/execution`);
    await certificateOf(api, id);
    expect(await api.kernel.vault.liveKeysOf(`customer-${id}`)).toEqual([]);
    expect(await api.kernel.sealer.valuesOf(collected!)).toEqual({});
    const docs = await api.kernel.reader.get('records', [id]);
    expect(docs.get(id)).toEqual({ _id: id, at: expect.any(String), gone: true });
  });

  it('no byte of a sealed value, of a text or of an index token is left in any file', async () => {
    const { id, path } = await ready();
    await api.caughtUp();
    const row = (await api.kernel.reader.get('records', [id])).get(id)!;
    const [token] = row['tokens'] as string[];
    expect(anywhere(token!)).not.toEqual([]);
    await api.as('custodian-1').post(`${path}/execution`);
    await certificateOf(api, id);
    for (const text of ['81234567', SECRETS.needs, '诸葛陈立', '已粉碎', token!])
      expect(anywhere(text)).toEqual([]);
  });

  it('from the beginning on every other command about it is refused', async () => {
    const { id, path } = await ready();
    await api.as('custodian-1').post(`${path}/execution`);
    const held = await api.as('manager-1').post(`${recordPath(id)}/holds`, { reason: '诉讼' });
    expect(held.status).toBe(410);
    await certificateOf(api, id);
    const late = await api.as('manager-1').post(`${recordPath(id)}/holds`, { reason: '诉讼' });
    expect(late).toMatchObject({ status: 410, body: { code: 'record.already-destroyed' } });
  });

  it('a repeat of what brought its values is answered 410, of the execution 202 again', async () => {
    const key = { 'idempotency-key': 'once' };
    const { path, id } = await ready();
    const hold = `${recordPath(id)}/holds`;
    const held = created(await api.as('manager-1').post(hold, { reason: '诉讼' }, key));
    ok(await api.as('executive-1').post(`${hold}/${held.holdId}/releases`, { reason: '完结' }));
    const first = await api.as('custodian-1').post(`${path}/execution`, {}, key);
    await certificateOf(api, id);
    expect(await api.as('manager-1').post(hold, { reason: '诉讼' }, key)).toMatchObject({
      ...{ status: 410, body: { code: 'command.erased' } },
    });
    expect(await api.as('manager-1').post(hold, { reason: '猜测' }, key)).toMatchObject({
      ...{ status: 410, body: { code: 'command.erased' } },
    });
    expect(await api.as('custodian-1').post(`${path}/execution`, {}, key)).toMatchObject({
      ...{ status: 202, body: first.body },
    });
    expect((await eventsOf(api, id)).filter(({ type }) => type === 'RecordDestroyed')).toHaveLength(1);
  });

  it('keys that a restored backup of the vault brings back are destroyed again at the next start', async () => {
    const { id, path } = await ready();
    await api.stop();
    const [vault, backup] = [join(folder, 'vault.db'), join(folder, 'vault.backup')];
    copyFileSync(vault, backup);
    api = await startApi({ folder });
    expect(await api.as('custodian-1').post(`${path}/execution`)).toMatchObject({ status: 202 });
    await certificateOf(api, id);
    await api.stop();
    rmSync(vault);
    copyFileSync(backup, vault);

    api = await startApi({ folder });
    while ((await api.kernel.vault.liveKeysOf(`customer-${id}`)).length > 0)
      await new Promise((resolve) => setTimeout(resolve, 10));
    const [collected] = await eventsOf(api, id);
    expect(await api.kernel.sealer.valuesOf(collected!)).toEqual({});
  });

  it('a crash between the beginning and the certificate is made good at the next start', async () => {
    await api.stop();
    let tries = 0;
    const through = (kernel: Kernel) => {
      const liveKeysOf = () => Promise.reject(new Error(`broken, try ${++tries}`));
      return kernelWith(kernel, 'vault', { ...kernel.vault, liveKeysOf });
    };
    api = await startApi({ folder, through });
    const { id, path } = await ready();
    expect(await api.as('custodian-1').post(`${path}/execution`)).toMatchObject({ status: 202 });
    while (tries < 2) await new Promise((resolve) => setTimeout(resolve, 10));
    await api.stop();

    api = await startApi({ folder });
    const { data } = await certificateOf(api, id);
    expect(data['certificate']).toMatchObject({ recordId: id, keys: { destroyed: 2 } });
    expect(await api.kernel.vault.liveKeysOf(`customer-${id}`)).toEqual([]);
  });
});
