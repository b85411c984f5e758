import { keyOf } from './keys.js';

describe('the key of a part', () => {
  it.each(['customerRecord', 'customerActivity', 'customerTier'])(
    'is the customer’s own on his %s stream',
    (category) => {
      expect(keyOf(`${category}-7f-1`, 'record')).toEqual({ keyId: 'customer-7f-1', owner: 'customer-7f-1' });
    },
  );

  it('is one of its own for each part of a customer that can die alone', () => {
    expect(keyOf('customerRecord-7', 'contact/9')).toEqual({
      keyId: 'customer-7/contact/9',
      owner: 'customer-7',
    });
    expect(keyOf('customerRecord-7', 'field/family')).toEqual({
      keyId: 'customer-7/field/family',
      owner: 'customer-7',
    });
  });

  it('is that of the member of staff on both kinds of his streams', () => {
    const own = { keyId: 'staff-a1-b2', owner: 'staff-a1-b2' };
    expect(keyOf('staff-a1-b2', 'person')).toEqual(own);
    expect(keyOf('staffAccess-a1-b2-202503', 'person')).toEqual(own);
  });

  it('is the system’s on every other stream', () => {
    expect(keyOf('auditCase-7', 'system')).toEqual({ keyId: 'system', owner: 'system' });
    expect(keyOf('policy-tier', 'record')).toEqual({ keyId: 'system', owner: 'system' });
  });
});
