import { documentAfter, documentsAfter, token } from '../../../../test/builders/documents.js';
import { goldenLog } from '../../../../test/builders/golden-log.js';
import { sealedValues } from '../../../../test/builders/recorded-log.js';
import { provenanceOf } from './record-values.js';
import { isRestricted, recordsView, type RecordRow } from './records.js';

const log = goldenLog();

/** The record after the n-th event of its stream (from 0), the whole life by default. */
function rowAt(id: string, revision = Number.POSITIVE_INFINITY) {
  const events = log.filter(
    ({ stream, revision: at }) => stream === `customerRecord-${id}` && at <= revision,
  );
  return documentAfter<RecordRow>(recordsView, events, id);
}

describe('a value', () => {
  it('says who gave it, when, since when it is so and by which channel it came', async () => {
    const draft = await rowAt('r-huaxing', 0);
    expect(provenanceOf(draft, '/phone')).toEqual({
      by: 's-sun',
      onBehalfOf: null,
      countersignBy: null,
      at: '2025-03-03T01:00:00.000Z',
      effectiveAt: '2025-02-20',
      channel: 'sales-team',
      event: 0,
      reviewed: null,
      signed: null,
      unverified: false,
    });
  });

  it('is replaced by the one that comes in its place, with a provenance of its own', async () => {
    const mended = await rowAt('r-huaxing', 3);
    expect(provenanceOf(mended, '/contacts/c-1/phone')).toMatchObject({
      ...{ by: 's-zhou', onBehalfOf: 's-sun', event: 3, unverified: true, reviewed: null },
    });
    expect(mended.values['/contacts/c-1/phone']?.box).toBe('3/contact/c-1');
  });

  it('leaves the record when it is removed', async () => {
    const { values, missing } = await rowAt('r-huaxing', 3);
    expect(Object.keys(values)).not.toContain('/address');
    expect(missing).toEqual([]);
  });

  it('counts as reviewed from the approval on, by the one who approved', async () => {
    const approved = await rowAt('r-huaxing', 4);
    const reviewed = { by: 's-wang', onBehalfOf: null, at: '2025-03-07T05:00:00.000Z' };
    for (const pointer of Object.keys(approved.values)) {
      expect(provenanceOf(approved, pointer)?.reviewed).toEqual(reviewed);
    }
  });

  it('that the reviewer classed otherwise is his own statement', async () => {
    const approved = await rowAt('r-huaxing', 4);
    expect(provenanceOf(approved, '/cooperationStatus')).toMatchObject({
      by: 's-wang',
      channel: null,
      event: 4,
    });
    expect(provenanceOf(await rowAt('r-zhang', 1), '/cooperationStatus')).toMatchObject({
      ...{ by: 's-wang', channel: 'sales-team', event: 0 },
    });
  });

  it('that came after the approval is not reviewed', async () => {
    expect(provenanceOf(await rowAt('r-huaxing'), '/paperLocation')).toMatchObject({
      by: 's-zhao',
      reviewed: null,
    });
  });

  it('that the record does not have has no provenance', async () => {
    expect(provenanceOf(await rowAt('r-huaxing'), '/constructor')).toBeNull();
  });
});

describe('a value that is updated', () => {
  const zhao = (at: string) => ({ by: 's-zhao', onBehalfOf: null, at: `2025-05-${at}:00:00.000Z` });

  it('waits beside the one in force until it is signed, and then carries proposer, source and signature', async () => {
    const asked = await rowAt('r-huaxing', 28);
    expect(provenanceOf(asked, '/phone')).toMatchObject({ event: 3, signed: null });
    expect(asked.proposed).toMatchObject({
      'p-1': { given: '24', values: { '/phone': { box: '24/record' } } },
      'p-3': { given: '27', values: { '/address': { box: '27/record' } } },
    });
    const signed = await rowAt('r-huaxing', 29);
    expect(provenanceOf(signed, '/phone')).toMatchObject({
      ...{ by: 's-sun', channel: 'phone', event: 24, reviewed: null, signed: zhao('22T01') },
    });
    expect(signed.values['/phone']?.box).toBe('24/record');
    expect(provenanceOf(signed, '/paymentTerms')).toMatchObject({ event: 0, signed: null });
    expect(Object.keys(signed.proposed)).toEqual(['p-3']);
  });

  it('is dropped with its box once it was refused, withdrawn or superseded', async () => {
    expect(Object.keys((await rowAt('r-huaxing', 28)).boxes)).not.toContain('26/record');
    expect((await rowAt('r-huaxing')).proposed).toEqual({});
  });

  it('at once says that it is not countersigned, and keeps what was there before', async () => {
    const row = await rowAt('r-huaxing', 30);
    const due = '2025-05-28T01:00:00.000Z';
    expect(provenanceOf(row, '/needs')).toMatchObject({ event: 25, countersignBy: due, signed: null });
    expect(row.waiting['/needs']).toMatchObject({ before: { box: '3/record', given: '3', reviewed: '4' } });
    expect(row.waiting['/scale']).toMatchObject({ given: '25', before: { value: 'large' } });
    expect(row.waiting['/email']).toMatchObject({ before: null });
    expect(row).toMatchObject({ countersignBy: due, industry: 'G', scale: null });
  });

  it('is countersigned, or gives way to what was there before with all its provenance', async () => {
    const row = await rowAt('r-huaxing');
    expect(provenanceOf(row, '/needs')).toMatchObject({ countersignBy: null, signed: zhao('22T03') });
    const earlier = await rowAt('r-huaxing', 23);
    for (const pointer of ['/industry', '/scale', '/email']) {
      expect(provenanceOf(row, pointer)).toEqual(provenanceOf(earlier, pointer));
    }
    expect(row).toMatchObject({ ...{ industry: 'F', scale: 'large', waiting: {}, countersignBy: null } });
  });

  it('is a person’s name: he is sorted by the new one once it is signed', async () => {
    const [asked, signed] = [await rowAt('r-zhang', 8), await rowAt('r-zhang', 9)];
    expect(asked.proposed['p-6']).toMatchObject({ nameOrder: 'zhang 张', removed: ['/birthDate'] });
    expect([signed.nameOrder, signed.values['/name']?.box]).toEqual(['zhang 张', '7/record']);
    expect(Object.keys(signed.values)).not.toContain('/birthDate');
  });

  it('lapses with its proposal, which the next one clears away', async () => {
    const late = {
      ...log.at(-1)!,
      revision: 11,
      position: '9'.repeat(20),
      recordedAt: '2025-07-01T00:00:00.000Z',
    };
    const events = [...log.filter(({ stream }) => stream === 'customerRecord-r-zhang'), late];
    const data = { ...late.data, proposalId: 'p-8', lapsesAt: '2025-07-31T00:00:00.000Z' };
    events.splice(-1, 1, { ...late, data });
    const row = await documentAfter<RecordRow>(recordsView, events, 'r-zhang');
    expect([Object.keys(row.proposed), row.signUntil]).toEqual([['p-8'], '2025-07-31T00:00:00.000Z']);
  });
});

describe('a document', () => {
  it('keeps the boxes that its values still stand in, and no others', async () => {
    expect(Object.keys((await rowAt('r-huaxing', 0)).boxes).sort()).toEqual([
      ...['0/contact/c-1', '0/contact/c-2', '0/record'],
    ]);
    const { boxes, values } = await rowAt('r-huaxing');
    expect(Object.keys(boxes).sort()).toEqual(
      [...new Set(Object.values(values).flatMap(({ box }) => (box === undefined ? [] : [box])))].sort(),
    );
    expect(Object.keys(boxes)).not.toContain('0/contact/c-2');
  });

  it('keeps them as they stand in the log, with the place at which they open', async () => {
    const [collected] = log.filter(({ stream }) => stream === 'customerRecord-r-zhang');
    const { boxes } = await rowAt('r-zhang');
    expect(boxes['0/field/family']).toEqual({
      stream: 'customerRecord-r-zhang',
      eventId: collected?.id,
      part: 'field/family',
      box: collected?.boxes['field/family'],
    });
  });

  it('is found by the tokens of all searchable values as they now stand', async () => {
    const tokensAt = async (revision?: number) => (await rowAt('r-huaxing', revision)).tokens;
    const keys = (...numbers: string[]) =>
      ['name:杭州华兴贸易', 'name:陈立峰', ...numbers].map((key) => token(key)).sort();
    const before = ['phone:+8657188886667', 'phone:1234'];
    expect(await tokensAt(24)).toEqual(keys(...before));
    expect(await tokensAt(25)).toEqual(keys(...before, 'email:office@huaxing.example'));
    expect(await tokensAt()).toEqual(keys('phone:+8657188889999', 'phone:+8613912340009'));
  });

  it('sorts a person by the surname alone, a company by its whole name', async () => {
    expect((await rowAt('r-zhang')).nameOrder).toBe('zhang 张');
    expect((await rowAt('r-huaxing')).nameOrder).toMatch(/^hang zhou hua xing .*有限公司$/);
  });

  it('asks for no more sealed values than it is searched and sorted by', () => {
    const [collected] = log.filter(({ stream }) => stream === 'customerRecord-r-zhang');
    expect(Object.keys(sealedValues(collected!))).toHaveLength(8);
    expect(recordsView.opens!(collected!)).toEqual(['/name', '/phone', '/email']);
  });

  it('counts destroyed values as absent from order and search', async () => {
    const events = log.filter(({ stream }) => stream === 'customerRecord-r-zhang');
    const folding = { lives: () => false };
    const row = await documentAfter<RecordRow>(recordsView, events, 'r-zhang', folding);
    expect([row.nameOrder, row.tokens]).toEqual([null, []]);
  });

  it('lists what a historic entry lacks', async () => {
    expect(await rowAt('r-alfreds')).toMatchObject({
      ...{ historic: true, lateDays: null, missing: ['/firstContactOn', '/phone'] },
    });
  });

  it('is restricted while an application that restricts stands, and no longer than it lasts', async () => {
    const restricted = await rowAt('r-zhang', 4);
    expect(isRestricted(restricted, '2025-05-01T00:59:59.999Z')).toBe(true);
    expect(isRestricted(restricted, '2025-05-01T01:00:00.000Z')).toBe(false);
    const refused = await rowAt('r-li', 8);
    expect(isRestricted(refused, '2025-04-03T00:00:00.000Z')).toBe(false);
  });

  it('is gone from the beginning of the destruction on, whatever comes later', async () => {
    const events = log.filter(({ stream }) => stream === 'customerRecord-r-li');
    const gone = (await documentsAfter(recordsView, events)).get('r-li');
    expect(gone).toEqual({ _id: 'r-li', at: events.at(-2)?.position, gone: true });
  });
});
