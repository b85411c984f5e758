import type { JsonObject } from '#engine/json.js';
import { startApi, type Answer, type Api } from '../builders/api.js';
import { approved, created, destructible, filed, ok, recordPath } from '../builders/api-bodies.js';
import { allocatedPerson, fieldOf, filedPerson, readings } from '../builders/reading.js';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const custodian = () => api.as('custodian-1');
const manager = () => api.as('manager-1');
const content = { needs: '按月供货', paymentTerms: '现结三十天', email: 'old@example.com', industry: 'F' };

const body = (changes: JsonObject, more: JsonObject = {}): JsonObject => ({
  ...{ changes, reason: '客户来电告知', source: 'phone', baseRevision: 2 },
  ...more,
});
const propose = (id: string, changes: JsonObject, more: JsonObject = {}, by = 'collector-1') =>
  api.as(by).post(`${recordPath(id)}/proposals`, body(changes, more));
const proposalPath = (id: string, pid: string) => `${recordPath(id)}/proposals/${pid}`;
const diffOf = async (id: string, pid: string, by = 'custodian-1', query = '') =>
  ok(await api.as(by).get(`${proposalPath(id, pid)}${query}`));
const sign = async (id: string, pid: string, more: JsonObject = {}, by = 'custodian-1') => {
  const { diffMac } = await diffOf(id, pid);
  return api.as(by).post(`${proposalPath(id, pid)}/signatures`, { decision: 'accept', diffMac, ...more });
};
const countersign = (id: string, more: JsonObject = {}, by = 'custodian-1') =>
  api.as(by).post(`${recordPath(id)}/countersignatures`, { decision: 'accept', ...more });
const file = (name: string, more: JsonObject = {}) => filed(api, { content: { name, ...content, ...more } });

/** A filed record, and a proposal of collector-1 to change its phone and payment terms. */
async function proposed(name: string): Promise<{ id: string; pid: string }> {
  const { id } = await file(name);
  const changes = { phone: '0571-88889999', paymentTerms: '月结六十天' };
  return { id, pid: created(await propose(id, changes)).proposalId };
}

describe('proposing changes', () => {
  it('answers what waits and what is in force, in one append', async () => {
    const { id } = await file('提案公司');
    const answer = await propose(id, { phone: '0571-88889999', needs: '每周送货', email: null });
    expect(created(answer)).toMatchObject({
      ...{ proposalId: expect.any(String), waits: ['/phone'], inForce: ['/needs', '/email'], superseded: [] },
      ...{
        lapsesAt: expect.stringMatching(/^2025-04-02/),
        countersignBy: expect.stringMatching(/^2025-03-10/),
      },
      revision: 4,
    });
    expect(answer.headers['etag']).toBe('"4"');
  });

  it('leaves the approved version readable, and shows what is not countersigned', async () => {
    const { id } = await file('原版公司');
    created(await propose(id, { phone: '0571-88889999', needs: '每周送货' }));
    const read = ok(await custodian().get(`${recordPath(id)}?open=phone,needs`));
    const answer = { body: read } as Answer;
    expect(fieldOf(answer, '/phone')).toMatchObject({
      value: '+8657188886666',
      provenance: { notCountersigned: false, countersignBy: null, signed: null },
    });
    expect(fieldOf(answer, '/needs')).toMatchObject({
      value: '每周送货',
      provenance: {
        given: { by: { id: 'collector-1' }, channel: { code: 'phone' }, event: { revision: 4 } },
        ...{ reviewed: null, notCountersigned: true, countersignBy: expect.stringMatching(/^2025-03-10/) },
      },
    });
    expect(read).toMatchObject({
      proposals: [
        { proposed: { by: { id: 'collector-1' } }, fields: [{ pointer: '/phone', label: 'phone' }] },
      ],
      uncountersigned: [{ pointer: '/needs', label: 'needs', removed: false }],
    });
    const commands = read.allowedActions.map(({ command }: { command: string }) => command);
    expect(commands).toEqual(expect.arrayContaining(['SignProposal', 'CountersignUpdate']));
  });

  it('with nothing marked makes no proposal; anew supersedes one’s own', async () => {
    const { id } = await file('再提公司');
    expect(created(await propose(id, { needs: '茶' }))).toMatchObject({ proposalId: null, waits: [] });
    const first = created(await propose(id, { phone: '0571-88889999' })).proposalId;
    const second = created(await propose(id, { phone: '0571-88889998' }));
    expect(second.superseded).toEqual([first]);
    expect(await diffOf(id, first)).toMatchObject({ state: 'superseded', supersededBy: second.proposalId });
  });

  it('sent again under its key is done once, and another body under it is refused', async () => {
    const { id } = await file('重发公司');
    const contacts = [{ name: '陈立', phone: '13812345678' }];
    const send = (changes: JsonObject) =>
      api
        .as('collector-1')
        .post(`${recordPath(id)}/proposals`, body(changes), { 'idempotency-key': 'weekly' });
    const first = created(await send({ contacts, needs: '茶' }));
    expect(created(await send({ contacts, needs: '茶' }))).toEqual(first);
    expect(await send({ contacts, needs: '咖啡' })).toMatchObject({ body: { code: 'command.key-reused' } });
    expect(await send({ contacts: [{ ...contacts[0], phone: '13812345679' }], needs: '茶' })).toMatchObject({
      body: { code: 'command.key-reused' },
    });
  });

  it('on a stale base is answered 412 with what changed, by whom and when; elsewhere it does not matter', async () => {
    const { id } = await file('过期公司');
    created(await propose(id, { needs: '每月送货' }, {}, 'collector-2'));
    const stale = await propose(id, { needs: '每周送货' });
    expect(stale).toMatchObject({
      status: 412,
      body: {
        code: 'update.stale',
        params: {
          pointers: ['/needs'],
          changes: [
            {
              ...{ pointer: '/needs', type: 'RecordUpdated', revision: 3, by: 'collector-2' },
              at: expect.stringMatching(/^2025-03-/),
            },
          ],
        },
      },
    });
    expect(stale.body.detail).toContain('/needs');
    created(await propose(id, { productPreferences: '绿茶' }));
  });

  it('with If-Match fails by the touched field alone', async () => {
    const { id } = await file('并发公司');
    created(await propose(id, { needs: '每月送货' }, {}, 'collector-2'));
    const send = (changes: JsonObject) =>
      api
        .as('collector-1')
        .post(`${recordPath(id)}/proposals`, body(changes, { baseRevision: 3 }), { 'if-match': '"2"' });
    expect(await send({ needs: '每周送货' })).toMatchObject({
      status: 412,
      body: { code: 'command.stale', changes: [{ type: 'RecordUpdated', by: 'collector-2' }] },
    });
    created(await send({ productPreferences: '绿茶' }));
  });

  it.each<[string, JsonObject, JsonObject, number, string]>([
    ['a base that there is not yet', { needs: '茶' }, { baseRevision: 99 }, 422, 'proposal.base-unknown'],
    ['nothing', {}, {}, 422, 'proposal.nothing-changes'],
    ['a field that there is not', { colour: 'red' }, {}, 400, 'request.invalid'],
    ['what leaves the record incomplete', { phone: null, email: null }, {}, 422, 'record.content-invalid'],
    ['an unknown source', { needs: '茶' }, { source: 'rumour' }, 400, 'request.invalid'],
    ['no reason', { needs: '茶' }, { reason: ' ' }, 400, 'request.invalid'],
  ])('is refused for %s', async (_what, changes, more, status, code) => {
    const { id } = await file('被拒公司');
    const before = await api.kernel.log.head();
    expect(await propose(id, changes, more)).toMatchObject({ status, body: { code } });
    expect(await api.kernel.log.head()).toBe(before);
  });

  it('is refused for analysts and executives who do not follow the customer up', async () => {
    const { id } = await file('外人公司');
    for (const by of ['analyst-1', 'executive-1']) {
      expect(await propose(id, { needs: '茶' }, {}, by)).toMatchObject({
        ...{ status: 403, body: { code: 'proposal.not-entitled' } },
      });
    }
  });

  it('is about an approved record too, in force before it is filed', async () => {
    const id = await approved(api, 'B', { name: '未归档公司' });
    created(await propose(id, { needs: '茶' }, { baseRevision: 1 }));
    ok(await countersign(id, {}, 'custodian-2'));
  });
});

describe('a proposal', () => {
  it('is shown old beside new, behind masks to all and open by right, with a reading on record', async () => {
    const { id, pid } = await proposed('对照公司');
    const masked = await diffOf(id, pid, 'collector-2');
    expect(masked).toMatchObject({
      ...{
        state: 'open',
        baseRevision: 2,
        source: { code: 'phone' },
        reason: { shown: 'hidden', value: null },
      },
      custodian: { id: 'custodian-1' },
      diffMac: expect.stringMatching(/^[0-9a-f]{64}$/),
      ...{ maySign: false, event: { revision: 3 } },
      diff: [
        {
          ...{ pointer: '/phone', label: 'phone', level: 'personal', mayOpen: false, staleBy: null },
          old: { shown: 'mask', value: '571****6666' },
          new: { shown: 'mask', value: '571****9999' },
        },
        { pointer: '/paymentTerms', old: { shown: 'hidden' }, new: { shown: 'hidden' } },
      ],
    });
    const before = await readings(api);
    const open = await diffOf(id, pid, 'custodian-1', '?open=all');
    expect(open).toMatchObject({
      ...{ maySign: true, diffMac: masked.diffMac, reason: { shown: 'value', value: '客户来电告知' } },
      diff: [
        { old: { shown: 'value', value: '+8657188886666' }, new: { value: '+8657188889999' } },
        { old: { value: '现结三十天' }, new: { value: '月结六十天' } },
      ],
    });
    expect(await readings(api)).toBe(before + 1);
  });

  it('opens by name, or tells why it may not', async () => {
    const { id, pid } = await proposed('点名公司');
    const some = await diffOf(id, pid, 'custodian-1', '?open=reason,phone');
    expect(some).toMatchObject({
      reason: { shown: 'value' },
      diff: [{ new: { shown: 'value' } }, { new: { shown: 'hidden' } }],
    });
    expect(await diffOf(id, pid, 'custodian-1', '?open=reason')).toMatchObject({
      ...{ reason: { shown: 'value' }, diff: [{ new: { shown: 'mask' } }, {}] },
    });
    const refused = await manager().get(`${proposalPath(id, pid)}?open=phone`);
    expect(refused).toMatchObject({ status: 403, body: { code: 'reading.purpose-required' } });
    const stated = await diffOf(id, pid, 'manager-1', '?open=all&purpose=supervision');
    expect(stated.diff[0].new.shown).toBe('value');
  });

  it('says what is new and what would go', async () => {
    const { id } = await file('增删公司');
    const pid = created(await propose(id, { address: '杭州市滨江区', paymentTerms: null })).proposalId;
    const { diff } = await diffOf(id, pid, 'custodian-1', '?open=all');
    expect(diff).toMatchObject([
      { pointer: '/address', old: { shown: 'none' }, new: { shown: 'value', value: '杭州市滨江区' } },
      { pointer: '/paymentTerms', old: { shown: 'value', value: '现结三十天' }, new: { shown: 'none' } },
    ]);
  });

  it('shows the class that the reviewer approved as the old one, with labels', async () => {
    const { id } = await file('分类公司');
    const pid = created(await propose(id, { cooperationStatus: 'cooperating' })).proposalId;
    const { diff } = await diffOf(id, pid);
    expect(diff).toMatchObject([
      { old: { shown: 'value', value: 'interested', text: 'Interested' }, new: { text: 'Cooperating' } },
    ]);
  });

  it('is listed with the others of its record, by state, newest first', async () => {
    const { id, pid } = await proposed('列表公司');
    ok(await sign(id, pid, { decision: 'refuse', reason: '不符' }));
    const open = created(await propose(id, { address: '杭州' }, { baseRevision: 4 })).proposalId;
    await api.caughtUp();
    const list = async (query = '') => {
      const { items } = ok(await api.as('analyst-1').get(`${recordPath(id)}/proposals${query}`));
      return items.map((item: { id: string; state: string }) => [item.id, item.state]);
    };
    expect(await list()).toEqual([
      [open, 'open'],
      [pid, 'refused'],
    ]);
    expect(await list('?state=open')).toEqual([[open, 'open']]);
    expect(await list('?state=lapsed')).toEqual([]);
  });

  it('that there is not, or is another record’s, is not found', async () => {
    const { pid } = await proposed('甲公司');
    const { id } = await file('乙公司');
    for (const path of [`${proposalPath(id, pid)}`, proposalPath(id, 'p-9')]) {
      expect(await custodian().get(path)).toMatchObject({
        status: 404,
        body: { code: 'proposal.not-found' },
      });
    }
    const unknown = '0b1f5f3e-8f5a-5d0e-9d0b-2f6a4c1d7e11';
    for (const path of [`${recordPath(unknown)}/proposals`, proposalPath(unknown, pid)]) {
      expect(await custodian().get(path)).toMatchObject({ status: 404, body: { code: 'record.unknown' } });
    }
    const body = { decision: 'accept', diffMac: 'a1'.repeat(32) };
    expect(await custodian().post(`${proposalPath(id, 'p-9')}/signatures`, body)).toMatchObject({
      ...{ status: 404, body: { code: 'proposal.not-found' } },
    });
  });

  it('of a person hides what is sensitive from those who may not know, as the record does', async () => {
    const id = await allocatedPerson(api);
    const pid = created(
      await propose(id, { incomeBand: 'over-1m', phone: '13800000000' }, { baseRevision: 3 }, 'collector-2'),
    ).proposalId;
    const owner = await diffOf(id, pid, 'collector-2', '?open=all');
    expect(owner.diff).toMatchObject([
      { pointer: '/phone', new: { shown: 'value', value: '+8613800000000' } },
      { pointer: '/incomeBand', mayOpen: false, old: { shown: 'hidden' }, new: { shown: 'hidden' } },
    ]);
  });
});

describe('signing', () => {
  it('brings the new values into force, with proposer and signer behind them', async () => {
    const { id, pid } = await proposed('签字公司');
    expect(ok(await sign(id, pid))).toMatchObject({
      ...{ proposalId: pid, state: 'accepted', accepted: ['/phone', '/paymentTerms'] },
    });
    const answer = await custodian().get(`${recordPath(id)}?open=phone`);
    expect(fieldOf(answer, '/phone')).toMatchObject({
      value: '+8657188889999',
      provenance: {
        given: { by: { id: 'collector-1' }, event: { revision: 3 } },
        signed: { by: { id: 'custodian-1' } },
      },
    });
    expect(answer.body.proposals).toEqual([]);
    await api.caughtUp();
    const found = ok(await manager().get(`/v1/records?q=${encodeURIComponent('057188889999')}`));
    expect(found.items.map((item: { id: string }) => item.id)).toContain(id);
  });

  it('in part refuses the rest with a reason', async () => {
    const { id, pid } = await proposed('部分公司');
    const part = { decision: 'accept-in-part', pointers: ['/phone'] };
    expect(await sign(id, pid, part)).toMatchObject({
      status: 422,
      body: { code: 'record.reason-required' },
    });
    const signed = ok(await sign(id, pid, { ...part, reason: '付款条件另议' }));
    expect(signed).toMatchObject({ state: 'partly-accepted', accepted: ['/phone'] });
    await api.caughtUp();
    expect(await diffOf(id, pid)).toMatchObject({
      ...{ state: 'partly-accepted', accepted: ['/phone'], refused: ['/paymentTerms'], maySign: false },
      decided: { by: { id: 'custodian-1' } },
    });
    const read = await custodian().get(`${recordPath(id)}?open=paymentTerms`);
    expect(fieldOf(read, '/paymentTerms').value).toBe('现结三十天');
  });

  it('stores the hash of the proposal and the HMAC that was seen', async () => {
    const { id, pid } = await proposed('散列公司');
    const { diffMac } = await diffOf(id, pid);
    ok(await sign(id, pid));
    const [asked, signed] = await api.kernel.log.readStream(`customerRecord-${id}`, { from: 3, maxCount: 2 });
    expect(signed!.data).toMatchObject({ proposalHash: asked!.hash, diffMac });
  });

  it('is no oracle: the HMAC of the same change of another record is another', async () => {
    const [one, other] = [await proposed('甲同公司'), await proposed('乙同公司')];
    const { diffMac } = await diffOf(one.id, one.pid);
    expect((await diffOf(other.id, other.pid)).diffMac).not.toBe(diffMac);
    const wrong = await custodian().post(`${proposalPath(other.id, other.pid)}/signatures`, {
      ...{ decision: 'accept', diffMac },
    });
    expect(wrong).toMatchObject({ status: 409, body: { code: 'proposal.diff-changed' } });
  });

  it('of a field that has changed since is 412, and the diff says so beforehand', async () => {
    const { id, pid } = await proposed('双签公司');
    const other = created(await propose(id, { phone: '0571-88887777' }, {}, 'collector-2')).proposalId;
    ok(await sign(id, other, {}, 'manager-1'));
    await api.caughtUp();
    const { diff } = await diffOf(id, pid);
    expect(diff).toMatchObject([
      { pointer: '/phone', staleBy: { type: 'ProposalSigned', by: { id: 'manager-1' } } },
      { pointer: '/paymentTerms', staleBy: null },
    ]);
    expect(await sign(id, pid)).toMatchObject({
      status: 412,
      body: { code: 'update.stale', params: { changes: [{ pointer: '/phone', by: 'manager-1' }] } },
    });
    const rest = { decision: 'accept-in-part', pointers: ['/paymentTerms'], reason: '电话已改' };
    ok(await sign(id, pid, rest));
  });

  it.each<[string, JsonObject, string, number, string]>([
    ['by another custodian', {}, 'custodian-2', 403, 'proposal.not-the-custodian'],
    ['by a collector', {}, 'collector-2', 403, 'auth.forbidden'],
    [
      'of what was not proposed',
      { decision: 'accept-in-part', pointers: ['/email'], reason: '否' },
      'custodian-1',
      422,
      'proposal.pointer-not-proposed',
    ],
    [
      'of no part',
      { decision: 'accept-in-part', reason: '否' },
      'custodian-1',
      422,
      'proposal.nothing-accepted',
    ],
    ['as a refusal without a reason', { decision: 'refuse' }, 'custodian-1', 422, 'record.reason-required'],
    [
      'with pointers that have no meaning',
      { decision: 'refuse', pointers: ['/phone'], reason: '否' },
      'custodian-1',
      400,
      'request.invalid',
    ],
    ['over what is no HMAC', { diffMac: 'x' }, 'custodian-1', 400, 'request.invalid'],
  ])('is refused %s', async (_how, more, by, status, code) => {
    const { id, pid } = await proposed('拒签公司');
    expect(await sign(id, pid, more, by)).toMatchObject({ status, body: { code } });
  });

  it('is never one’s own, and belongs to an open proposal', async () => {
    const { id } = await file('自签公司');
    const pid = created(await propose(id, { phone: '0571-88889999' }, {}, 'custodian-1')).proposalId;
    expect(await sign(id, pid)).toMatchObject({ status: 403, body: { code: 'staff.own-work' } });
    ok(await sign(id, pid, {}, 'manager-1'));
    expect(await sign(id, pid, {}, 'manager-2')).toMatchObject({
      ...{ status: 409, body: { code: 'proposal.wrong-state', params: { state: 'accepted' } } },
    });
  });

  it('with If-Match minds what it is about alone', async () => {
    const { id, pid } = await proposed('签字并发公司');
    created(await propose(id, { needs: '茶' }, {}, 'collector-2'));
    const { diffMac } = await diffOf(id, pid);
    const path = `${proposalPath(id, pid)}/signatures`;
    const match = { 'if-match': '"3"' };
    ok(await custodian().post(path, { decision: 'accept', diffMac }, match));
    expect(await manager().post(path, { decision: 'refuse', diffMac, reason: '否' }, match)).toMatchObject({
      ...{ status: 412, body: { code: 'command.stale', changes: [{ type: 'ProposalSigned' }] } },
    });
  });
});

describe('withdrawing a proposal', () => {
  it('is the proposer’s own, while it is open', async () => {
    const { id, pid } = await proposed('撤回公司');
    const path = `${proposalPath(id, pid)}/withdrawals`;
    const other = await api.as('collector-2').post(path);
    expect(other).toMatchObject({ status: 403, body: { code: 'proposal.not-the-proposer' } });
    expect(ok(await api.as('collector-1').post(path))).toMatchObject({ proposalId: pid, state: 'withdrawn' });
    expect(await api.as('collector-1').post(path)).toMatchObject({ status: 409 });
  });
});

describe('an open proposal', () => {
  it('stops a destruction, until it is decided on', async () => {
    const { id } = await file('待毁公司');
    const did = await destructible(api, id);
    const pid = created(await propose(id, { phone: '0571-88889999' })).proposalId;
    const attest = () => api.as('auditor-1').post(`${recordPath(id)}/destructions/${did}/attestations`);
    expect(await attest()).toMatchObject({ body: { params: { failed: ['no-open-proposal'] } } });
    ok(await sign(id, pid, { decision: 'refuse', reason: '将销毁' }));
    ok(await attest());
    const begun = await custodian().post(`${recordPath(id)}/destructions/${did}/execution`);
    expect(begun.status).toBe(202);
    expect((await custodian().get(proposalPath(id, pid))).status).toBe(410);
    await api.caughtUp();
    expect(ok(await manager().get(`${recordPath(id)}/proposals`)).items).toHaveLength(1);
  });
});

describe('countersigning', () => {
  it('stands under the values from then on', async () => {
    const { id } = await file('复签公司');
    created(await propose(id, { needs: '每周送货', email: null }));
    expect(ok(await countersign(id, { revision: 3 }))).toMatchObject({
      ...{ outcome: 'countersigned', pointers: ['/needs', '/email'] },
    });
    const answer = await custodian().get(recordPath(id));
    expect(fieldOf(answer, '/needs').provenance).toMatchObject({
      ...{ signed: { by: { id: 'custodian-1' } }, notCountersigned: false },
    });
    expect(answer.body.uncountersigned).toEqual([]);
  });

  it('refused brings back what was there, sealed as it was, with its provenance', async () => {
    const { id } = await file('还原公司');
    created(await propose(id, { needs: '每周送货', email: null, industry: 'G' }));
    const refuse = { decision: 'refuse', pointers: ['/needs', '/email'], reason: '客户否认' };
    expect(ok(await countersign(id, refuse))).toMatchObject({ outcome: 'reverted' });
    const answer = await custodian().get(`${recordPath(id)}?open=needs,email`);
    expect(fieldOf(answer, '/needs')).toMatchObject({
      value: '按月供货',
      provenance: { given: { event: { revision: 0 } }, reviewed: { by: { id: 'manager-1' } }, signed: null },
    });
    expect(fieldOf(answer, '/email').value).toBe('old@example.com');
    expect(fieldOf(answer, '/industry')).toMatchObject({
      value: 'G',
      provenance: { notCountersigned: true },
    });
  });

  it.each<[string, JsonObject, string, number, string]>([
    ['by another custodian', {}, 'custodian-2', 403, 'proposal.not-the-custodian'],
    ['of what does not wait', { pointers: ['/phone'] }, 'custodian-1', 409, 'countersignature.not-waiting'],
    ['as a refusal without a reason', { decision: 'refuse' }, 'custodian-1', 422, 'record.reason-required'],
    ['of what changed since it was seen', { revision: 2 }, 'custodian-1', 412, 'update.stale'],
    ['of what is no pointer', { pointers: ['needs'] }, 'custodian-1', 400, 'request.invalid'],
  ])('is refused %s', async (_how, more, by, status, code) => {
    const { id } = await file('拒复签公司');
    created(await propose(id, { needs: '茶' }));
    expect(await countersign(id, more, by)).toMatchObject({ status, body: { code } });
  });

  it('is never one’s own, and needs something that waits', async () => {
    const { id } = await file('自复签公司');
    expect(await countersign(id)).toMatchObject({
      status: 409,
      body: { code: 'countersignature.nothing-waits' },
    });
    created(await propose(id, { needs: '茶' }, {}, 'custodian-1'));
    expect(await countersign(id)).toMatchObject({ status: 403, body: { code: 'staff.own-work' } });
    ok(await countersign(id, {}, 'manager-1'));
  });

  it('of many records at once is answered item by item', async () => {
    const [one, other, seen] = [await file('批复一'), await file('批复二'), await file('批复三')];
    for (const { id } of [one, other, seen]) created(await propose(id, { needs: '茶', industry: 'G' }));
    created(await propose(seen.id, { needs: '咖啡' }, { baseRevision: 3 }));
    const items = [
      { record: one.id, revision: 3 },
      { record: other.fileNumber, revision: 3, pointers: ['/needs'] },
      { record: seen.id, revision: 3 },
      { record: 'KH-2024-00001', revision: 3 },
    ];
    const answer = ok(await custodian().post('/v1/countersignatures', { items }));
    expect(answer).toMatchObject({ kind: 'countersignature', status: 'finished', done: 2, refused: 2 });
    expect(answer.items.map((item: { outcome: string }) => item.outcome)).toEqual([
      ...['done', 'done', 'update.stale', 'record.unknown'],
    ]);
    expect(answer.items[2].detail).toContain('/needs');
    expect(ok(await custodian().get(recordPath(other.id))).uncountersigned).toHaveLength(1);
    const again = await custodian().post('/v1/countersignatures', { items: [{ record: one.id }] });
    expect([again.status, again.body.errors[0].pointer]).toEqual([400, '/items/0/revision']);
    const collector = await api.as('collector-1').post('/v1/countersignatures', { items });
    expect(collector.status).toBe(403);
  });
});

describe('what waits', () => {
  it('is listed for the custodian and for those who oversee, by when it is due', async () => {
    const fresh = await startApi();
    try {
      const send = async (who: string, path: string, sent: object) =>
        created(await fresh.as(who).post(path, sent));
      const { id } = await filed(fresh, { content: { name: '待办一' } });
      const { id: second } = await filed(fresh, { content: { name: '待办二' } });
      await send('collector-1', `${recordPath(id)}/proposals`, body({ needs: '茶' }));
      fresh.later(1);
      await send(
        'collector-1',
        `${recordPath(second)}/proposals`,
        body({ needs: '茶', phone: '0571-88889999' }),
      );
      await fresh.caughtUp();
      const list = async (who: string, what: string, query = '') =>
        ok(await fresh.as(who).get(`/v1/${what}${query}`)).items;
      const waiting = await list('custodian-1', 'countersignatures');
      expect(waiting).toMatchObject([
        { record: { id }, revision: 3, overdue: false, uncountersigned: [{ pointer: '/needs' }] },
        { record: { id: second }, custodian: { id: 'custodian-1' } },
      ]);
      expect(await list('custodian-1', 'proposals')).toMatchObject([
        { record: { id: second }, proposals: [{ fields: [{ pointer: '/phone' }] }] },
      ]);
      expect(await list('custodian-2', 'countersignatures')).toEqual([]);
      expect(await list('custodian-2', 'countersignatures', '?custodian=custodian-1')).toEqual([]);
      for (const who of ['manager-1', 'executive-1', 'auditor-1']) {
        expect(await list(who, 'countersignatures')).toHaveLength(2);
      }
      expect(await list('manager-1', 'proposals', '?custodian=custodian-2')).toEqual([]);
      expect((await fresh.as('collector-1').get('/v1/proposals')).status).toBe(403);
      fresh.later(6.5);
      expect((await list('manager-1', 'countersignatures'))[0].overdue).toBe(true);
      fresh.later(30);
      expect(await list('manager-1', 'proposals')).toEqual([]);
    } finally {
      await fresh.stop();
    }
  });

  it('goes page by page', async () => {
    await api.caughtUp();
    const first = ok(await manager().get('/v1/countersignatures?limit=1'));
    expect(first.items).toHaveLength(1);
    const second = ok(await manager().get(`/v1/countersignatures?limit=1&cursor=${first.next}`));
    expect(second.items[0].record.id).not.toBe(first.items[0].record.id);
  });
});

describe('a restricted record', () => {
  it('takes no changes; its proposals may be refused', async () => {
    const { id } = await filedPerson(api);
    const pid = created(await propose(id, { phone: '13800000000' })).proposalId;
    created(
      await custodian().post(`${recordPath(id)}/destructions`, { ground: 'requested', reason: '本人要求' }),
    );
    const restricted = { status: 409, body: { code: 'record.restricted' } };
    expect(await propose(id, { needs: '茶' })).toMatchObject(restricted);
    expect(await sign(id, pid)).toMatchObject(restricted);
    ok(await sign(id, pid, { decision: 'refuse', reason: '已停止处理' }));
  });
});

describe('the history', () => {
  it('tells who proposed, signed, countersigned and brought back what, without a value', async () => {
    const { id, pid } = await proposed('历史变更公司');
    created(await propose(id, { needs: '每周送货' }));
    ok(await sign(id, pid, { decision: 'accept-in-part', pointers: ['/phone'], reason: '另议' }));
    ok(await countersign(id, { decision: 'refuse', pointers: ['/needs'], reason: '否认' }));
    const { items } = ok(await manager().get(`${recordPath(id)}/history`, { 'accept-language': 'zh' }));
    const told = items.map((item: { code: string }) => item.code).slice(3);
    expect(told).toEqual(['proposal.made', 'record.updated', 'proposal.signed-in-part', 'update.reverted']);
    expect(items[5].text).toMatch(/签字同意变更：电话；不同意：付款条件$/);
    expect(JSON.stringify(items)).not.toContain('88889999');
  });
});
