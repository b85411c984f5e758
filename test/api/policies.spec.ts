import { SYSTEM } from '#engine/decider.js';
import { SCHEMA_VERSION } from '#domain/schema/fields.js';
import { staffDecider } from '#domain/staff/decider.js';
import { kernelWith, startApi, type Api } from '../builders/api.js';
import { created, filed, recordPath } from '../builders/api-bodies.js';
import { ensureAdministrator } from '../../apps/api/src/bootstrap/first-administrator.js';
import { dossierOperations } from '../../apps/api/src/operator/operations.js';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const eventsSince = async (position: string | null) =>
  (await api.kernel.log.readAll({ after: position, maxCount: 1_000 })).map(({ type, policies }) => ({
    type,
    schema: policies['schema'],
  }));

describe('every event', () => {
  it('says under which schema it was decided, whoever decided and by whatever way', async () => {
    const start = await api.kernel.log.head();
    const { id } = await filed(api, { content: { name: '政策公司' } });
    created(await api.as('custodian-1').post(`${recordPath(id)}/holds`, { reason: '诉讼' }));
    const { password } = (await dossierOperations(api.kernel)['reset-password']!(
      { staff: 'analyst-1' },
      () => undefined,
    )) as { password: string };
    const own = { present: password, password: 'a long and private sentence' };
    expect(await api.as('analyst-1').post('/v1/me/password', own)).toMatchObject({ status: 204 });
    const events = await eventsSince(start);
    const types = events.map(({ type }) => type);
    expect(types).toEqual(
      expect.arrayContaining(['FileNumberReserved', 'OneTimePasswordIssued', 'PasswordChanged']),
    );
    expect(events.filter(({ schema }) => schema !== SCHEMA_VERSION)).toEqual([]);
  });

  it('of the first start does, too', async () => {
    const asked: unknown[] = [];
    const { executor } = api.kernel;
    const watched = Object.create(executor, {
      load: { value: async () => ({ state: staffDecider.initial(), revision: -1 }) },
      execute: {
        value: async (_decider: unknown, _stream: string, _command: unknown, meta: object) => {
          asked.push(meta);
          return { kind: 'done' };
        },
      },
    }) as typeof executor;
    await ensureAdministrator(kernelWith(api.kernel, 'executor', watched));
    expect(asked).toMatchObject([{ actor: SYSTEM, policies: { schema: SCHEMA_VERSION } }]);
  });
});
