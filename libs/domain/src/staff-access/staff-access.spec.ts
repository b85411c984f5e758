import { InvalidDraft } from '#engine/registry.js';
import { specification } from '../../../../test/builders/decider.js';
import { custodian } from '../../../../test/builders/staff.js';
import { keyOf } from '../keys.js';
import { type Reading, accessStream, staffAccessDecider, staffAccessEventTypes } from './staff-access.js';

const stream = accessStream('zhaohong', '2025-03-31T23:59:59.999Z');
const { given } = specification(staffAccessDecider, staffAccessEventTypes, stream, { actor: custodian });

const reading = (more: Partial<Reading> = {}): Reading => ({
  records: [{ id: 'r1', pointers: ['/phone', '/contacts/c1/name'] }],
  right: 'custodian',
  purpose: null,
  loanId: null,
  caseId: null,
  ...more,
});

describe('a reading', () => {
  it('is one event that names records, fields and the right used', () => {
    given()
      .when({ type: 'ReadFields', readings: [reading()] })
      .then([{ type: 'FieldsRead', data: reading() }]);
  });

  it('under several rights is one event for each', () => {
    const lent = reading({ right: 'loan', purpose: 'visit', loanId: 'l1' });
    given()
      .when({ type: 'ReadFields', readings: [reading(), lent] })
      .then([
        { type: 'FieldsRead', data: reading() },
        { type: 'FieldsRead', data: lent },
      ]);
  });

  it('of nothing is none', () => {
    given().when({ type: 'ReadFields', readings: [] }).thenRefused('reading.nothing-read');
  });

  it.each<Partial<Reading>>([
    { records: [] },
    { records: [{ id: 'r1', pointers: [] }] },
    { records: [{ id: 'r1', pointers: ['phone'] }] },
    { right: '' },
  ])('of the wrong shape is never stored: %j', (wrong) => {
    const readings = [reading(wrong)];
    const store = () => given().when({ type: 'ReadFields', readings }).then([]);
    expect(store).toThrow(InvalidDraft);
  });

  it('stands in the stream of its person and month, under his key', () => {
    expect(stream).toBe('staffAccess-zhaohong-202503');
    expect(keyOf(stream, 'person').owner).toBe('staff-zhaohong');
  });
});
