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
    const keys = ['name:杭州华兴贸易', 'name:陈立峰', 'phone:+8657188886667', 'phone:1234'];
    expect((await rowAt('r-huaxing')).tokens).toEqual(keys.map(token).sort());
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
