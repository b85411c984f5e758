import { startApi, type Api } from '../builders/api.js';
import { created, ok } from '../builders/api-bodies.js';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const admin = () => api.as('admin');
const newcomer = (id: string, ...roles: string[]) => ({ id, name: '新人', roles });

describe('registering a member of staff', () => {
  it('shows a one-time password, with which the person signs in and must change it first', async () => {
    const { password, pending } = created(await admin().post('/v1/staff', newcomer('neu-1', 'collector')));
    expect(pending).toEqual(['collector']);
    const session = created(await api.anyone.post('/v1/sessions', { staff: 'neu-1', password }));
    expect(session.mustChangePassword).toBe(true);
    const own = { present: password, password: 'a long and private sentence' };
    expect(await api.as('neu-1').post('/v1/me/password', own)).toMatchObject({ status: 204 });
    expect((await api.as('neu-1').get('/v1/me')).body).toMatchObject({ name: '新人', roles: [] });
  });

  it('a repeat issues a fresh password until one was used, and then none', async () => {
    const send = () => admin().post('/v1/staff', newcomer('neu-2', 'analyst'), { 'idempotency-key': 'n2' });
    const first = created(await send());
    const second = created(await send());
    expect(second).toEqual({ ...first, password: expect.any(String) });
    expect(second.password).not.toBe(first.password);
    const old = await api.anyone.post('/v1/sessions', { staff: 'neu-2', password: first.password });
    expect(old).toMatchObject({ status: 401, body: { code: 'auth.failed' } });
    const own = { present: second.password, password: 'a long and private sentence' };
    expect(await api.as('neu-2').post('/v1/me/password', own)).toMatchObject({ status: 204 });
    expect(created(await send()).password).toBeNull();
  });

  it('a second executive waits for confirmation like everybody else', async () => {
    const { pending } = created(await admin().post('/v1/staff', newcomer('neu-3', 'executive')));
    expect(pending).toEqual(['executive']);
  });

  it('an id that is taken is refused, and its password stays', async () => {
    const taken = await admin().post('/v1/staff', newcomer('manager-1', 'manager'));
    expect(taken).toMatchObject({ status: 409, body: { code: 'staff.already-registered' } });
  });

  it('the id of the engine cannot be taken', async () => {
    expect(await admin().post('/v1/staff', newcomer('system', 'manager'))).toMatchObject({ status: 422 });
  });
});

describe('the first executive', () => {
  it('whom an administrator registers holds his role at once; of two at one moment only one does', async () => {
    const fresh = await startApi({ team: 'administrator' });
    try {
      const register = (id: string) => fresh.as('admin').post('/v1/staff', newcomer(id, 'executive'));
      const answers = await Promise.all([register('lin'), register('wang')]);
      expect(answers.map((answer) => created(answer).pending)).toEqual([[], ['executive']]);
    } finally {
      await fresh.stop();
    }
  });
});

describe('a role', () => {
  const path = '/v1/staff/analyst-2/roles';

  it('is asked for by one person, confirmed by another, and ends when it is revoked', async () => {
    const asked = await api.as('manager-1').post(path, { role: 'collector', reason: '兼任' });
    expect(created(asked)).toMatchObject({ staff: 'analyst-2', role: 'collector', state: 'requested' });
    const same = await api.as('manager-1').post(`${path}/collector/confirmations`);
    expect(same).toMatchObject({ status: 403, body: { code: 'staff.same-person-confirms' } });
    ok(await api.as('executive-1').post(`${path}/collector/confirmations`));
    expect((await api.as('analyst-2').get('/v1/me')).body.roles).toEqual(['analyst', 'collector']);
    ok(await api.as('manager-2').post(`${path}/collector/revocations`, { reason: '完成' }));
    expect((await api.as('analyst-2').get('/v1/me')).body.roles).toEqual(['analyst']);
  });

  it('shows its holder until when he has it, and that it waits for a second person', async () => {
    const until = '2025-04-01T00:00:00.000Z';
    const about = { role: 'custodian', reason: '代班', until };
    created(await api.as('manager-1').post('/v1/staff/collector-2/roles', about));
    const me = async () => (await api.as('collector-2').get('/v1/me', { 'accept-language': 'zh' })).body;
    const label = (await me()).duties.grants[1].label;
    expect(label).toMatch(/\p{Script=Han}/u);
    expect(await me()).toMatchObject({
      roles: ['collector'],
      duties: { grants: [{ role: 'collector' }, { role: 'custodian', label, confirmedAt: null, until }] },
    });
    ok(await api.as('executive-1').post('/v1/staff/collector-2/roles/custodian/confirmations'));
    expect(await me()).toMatchObject({
      roles: ['collector', 'custodian'],
      duties: { grants: [{}, { role: 'custodian', confirmedAt: expect.any(String), until }] },
    });
  });

  it('that nobody knows is refused, in a body and in a path', async () => {
    expect(await admin().post(path, { role: 'king', reason: 'x' })).toMatchObject({ status: 400 });
    const confirmed = await api.as('manager-1').post(`${path}/king/confirmations`);
    expect(confirmed).toMatchObject({ status: 422, body: { code: 'staff.role-unknown' } });
  });

  it('of nobody cannot be asked for', async () => {
    const answer = await admin().post('/v1/staff/nobody/roles', { role: 'analyst', reason: 'x' });
    expect(answer).toMatchObject({ status: 404, body: { code: 'staff.not-found' } });
  });
});

describe('a leaver', () => {
  it('is out at once, with his token and his password, and comes back with a one-time password', async () => {
    const { password } = created(await admin().post('/v1/staff', newcomer('neu-4', 'collector')));
    const path = '/v1/staff/neu-4';
    const left = { successor: 'collector-1', reason: '离职' };
    expect(ok(await api.as('manager-1').post(`${path}/deactivations`, left))).toMatchObject({
      active: false,
    });
    expect(await api.as('neu-4').get('/v1/me')).toMatchObject({
      status: 403,
      body: { code: 'auth.staff-inactive' },
    });
    const session = await api.anyone.post('/v1/sessions', { staff: 'neu-4', password });
    expect(session).toMatchObject({ status: 401, body: { code: 'auth.failed' } });
    ok(await api.as('manager-1').post(`${path}/reactivations`, { reason: '返岗' }));
    const again = created(await admin().post(`${path}/passwords`));
    created(await api.anyone.post('/v1/sessions', { staff: 'neu-4', password: again.password }));
  });

  it('needs a successor who is there', async () => {
    const post = (successor: string) =>
      api.as('manager-1').post('/v1/staff/collector-3/deactivations', { successor, reason: '离职' });
    expect(await post('nobody')).toMatchObject({ status: 404, body: { code: 'staff.unknown' } });
    expect(await post('collector-3')).toMatchObject({ status: 422, body: { code: 'staff.successor-unfit' } });
  });
});

describe('the undertaking of confidentiality', () => {
  it('is signed by the person himself and good for a year', async () => {
    const signed = ok(await api.as('analyst-3').post('/v1/me/undertakings', { textVersion: '2025-1' }));
    expect(signed).toMatchObject({ staff: 'analyst-3', validUntil: expect.stringMatching(/^2026-03-03T/) });
  });
});

describe('routes about staff', () => {
  it.each(['collector', 'custodian', 'analyst', 'auditor'])('are closed to a %s', async (role) => {
    const person = api.as(`${role}-1`);
    const answers = await Promise.all([
      person.post('/v1/staff', newcomer('neu-9', 'collector')),
      person.post('/v1/staff/analyst-1/roles', { role: 'collector', reason: 'x' }),
      person.post('/v1/staff/analyst-1/roles/collector/confirmations'),
      person.post('/v1/staff/analyst-1/roles/analyst/revocations', { reason: 'x' }),
      person.post('/v1/staff/analyst-1/passwords'),
      person.post('/v1/staff/analyst-1/deactivations', { successor: 'analyst-2', reason: 'x' }),
      person.post('/v1/staff/analyst-1/reactivations', { reason: 'x' }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 403));
  });
});
