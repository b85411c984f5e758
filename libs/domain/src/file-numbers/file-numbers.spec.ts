import { specification } from '../../../../test/builders/decider.js';
import { FileNumberReserved, fileNumbersDecider } from './file-numbers.js';

const actor = { id: 'zhao', roles: ['custodian'] };
const { given } = specification(fileNumbersDecider, [FileNumberReserved], 'fileNumbers-2025', { actor });
const reserve = (recordId: string) => ({ type: 'ReserveFileNumber', year: '2025', recordId }) as const;
const reserved = (recordId: string, sequence: number) =>
  ({
    type: 'FileNumberReserved',
    data: { recordId, fileNumber: `KH-2025-${String(sequence).padStart(5, '0')}`, sequence },
  }) as const;

describe('reserving a file number', () => {
  it('gives the first record of a year its first number', () => {
    given()
      .when(reserve('r-1'))
      .then([reserved('r-1', 1)]);
  });

  it('gives the next record the next number, over gaps too', () => {
    given(reserved('r-1', 1), reserved('r-2', 16))
      .when(reserve('r-3'))
      .then([reserved('r-3', 17)]);
  });

  it('is for custodians', () => {
    given()
      .when(reserve('r-1'), { actor: { id: 'sun', roles: ['collector'] } })
      .thenRefused('staff.role-missing');
  });

  it('ends with five digits', () => {
    given(reserved('r-1', 99_999)).when(reserve('r-2')).thenRefused('file-number.exhausted');
  });
});
