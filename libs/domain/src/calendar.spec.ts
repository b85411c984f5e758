import fc from 'fast-check';
import {
  addDays,
  addWorkingDays,
  addWorkingHours,
  daysBetween,
  localDate,
  startOfDay,
  workingCalendar,
} from './calendar.js';

/** 2025-03-07 is a Friday; Shanghai is eight hours ahead of UTC the whole year. */
const shanghai = (text: string) => new Date(`${text}+08:00`).toISOString();
const withHolidays = {
  ...workingCalendar,
  holidays: ['2025-03-10', '2025-03-11'],
  extraWorkdays: ['2025-03-08'],
};
const berlin = { ...workingCalendar, timeZone: 'Europe/Berlin' };

describe('working hours', () => {
  it('run on within a day', () => {
    expect(addWorkingHours(shanghai('2025-03-07T09:30'), 4, workingCalendar)).toBe(
      shanghai('2025-03-07T13:30'),
    );
  });

  it('may end at the close of the day', () => {
    expect(addWorkingHours(shanghai('2025-03-07T14:00'), 4, workingCalendar)).toBe(
      shanghai('2025-03-07T18:00'),
    );
  });

  it('go on at the next opening when the day is over', () => {
    expect(addWorkingHours(shanghai('2025-03-06T16:30'), 4, workingCalendar)).toBe(
      shanghai('2025-03-07T11:30'),
    );
  });

  it('stand still over a weekend', () => {
    expect(addWorkingHours(shanghai('2025-03-07T17:00'), 4, workingCalendar)).toBe(
      shanghai('2025-03-10T12:00'),
    );
  });

  it('stand still at night and over midnight', () => {
    expect(addWorkingHours(shanghai('2025-03-05T23:59:59'), 1, workingCalendar)).toBe(
      shanghai('2025-03-06T10:00'),
    );
    expect(addWorkingHours(shanghai('2025-03-06T00:00'), 1, workingCalendar)).toBe(
      shanghai('2025-03-06T10:00'),
    );
  });

  it('stand still on a holiday and run on a weekend day that is worked', () => {
    expect(addWorkingHours(shanghai('2025-03-07T17:00'), 4, withHolidays)).toBe(shanghai('2025-03-08T12:00'));
    expect(addWorkingHours(shanghai('2025-03-08T17:00'), 4, withHolidays)).toBe(shanghai('2025-03-12T12:00'));
  });

  it('open by the local clock on both sides of a change of the clocks', () => {
    expect(addWorkingHours('2025-03-28T16:00:00.000Z', 2, berlin)).toBe('2025-03-31T08:00:00.000Z');
    expect(addWorkingHours('2025-10-24T15:00:00.000Z', 2, berlin)).toBe('2025-10-27T09:00:00.000Z');
  });

  it('cannot be negative', () => {
    expect(() => addWorkingHours(shanghai('2025-03-07T09:30'), -1, workingCalendar)).toThrow(RangeError);
  });
});

describe('working days', () => {
  it('end at the close of the last of them, the first day not counted', () => {
    expect(addWorkingDays(shanghai('2025-03-04T08:00'), 2, workingCalendar)).toBe(
      shanghai('2025-03-06T18:00'),
    );
  });

  it('pass over weekends and holidays', () => {
    expect(addWorkingDays(shanghai('2025-03-06T10:00'), 5, workingCalendar)).toBe(
      shanghai('2025-03-13T18:00'),
    );
    expect(addWorkingDays(shanghai('2025-03-07T10:00'), 2, withHolidays)).toBe(shanghai('2025-03-12T18:00'));
  });

  it('count from the local day, which late in the UTC day is already the next', () => {
    expect(addWorkingDays('2025-03-04T20:00:00.000Z', 1, workingCalendar)).toBe(shanghai('2025-03-06T18:00'));
  });

  it('are found to be missing from a calendar that has none', () => {
    expect(() =>
      addWorkingDays(shanghai('2025-03-06T10:00'), 1, { ...workingCalendar, weekdays: [] }),
    ).toThrow(RangeError);
  });
});

describe('days', () => {
  it('are added to a date as dates and to an instant as 24 hours', () => {
    expect(addDays('2025-02-27', 2)).toBe('2025-03-01');
    expect(addDays('2025-02-27T10:00:00.000Z', -27)).toBe('2025-01-31T10:00:00.000Z');
  });

  it('between two moments are the local midnights', () => {
    expect(daysBetween('2025-03-01', shanghai('2025-03-08T23:59'), 'Asia/Shanghai')).toBe(7);
    expect(daysBetween('2025-03-01', shanghai('2025-03-09T00:00'), 'Asia/Shanghai')).toBe(8);
    expect(daysBetween(shanghai('2025-03-02T00:00'), shanghai('2025-03-01T23:59'), 'Asia/Shanghai')).toBe(-1);
  });

  it('begin at the midnight of the zone', () => {
    expect(localDate('2025-03-07T15:59:59.999Z', 'Asia/Shanghai')).toBe('2025-03-07');
    expect(localDate('2025-03-07T16:00:00.000Z', 'Asia/Shanghai')).toBe('2025-03-08');
    expect(startOfDay('2025-03-08', 'Asia/Shanghai')).toBe('2025-03-07T16:00:00.000Z');
    expect(startOfDay('2025-07-01', 'Europe/Berlin')).toBe('2025-06-30T22:00:00.000Z');
  });
});

describe('for any moment', () => {
  const moment = fc
    .integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2060, 0, 1) })
    .map((millis) => new Date(millis).toISOString());
  const holidays = fc.array(
    fc.integer({ min: 0, max: 365 }).map((day) => addDays('2025-01-01', day)),
    { maxLength: 60 },
  );
  const calendar = fc.record({
    timeZone: fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu'),
    weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }),
    opens: fc.constantFrom('06:00', '09:00'),
    closes: fc.constantFrom('12:30', '18:00', '24:00'),
    holidays,
    extraWorkdays: fc.constant([]),
  });
  const clock = (instant: string, timeZone: string) =>
    new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    }).format(new Date(instant));

  it('working hours and days end within working time and not before they begin', () => {
    fc.assert(
      fc.property(moment, fc.double({ min: 0, max: 100, noNaN: true }), calendar, (from, hours, policy) => {
        for (const end of [addWorkingHours(from, hours, policy), addWorkingDays(from, 3, policy)]) {
          const justBefore = new Date(Date.parse(end) - 1).toISOString();
          const within = [end, justBefore].some((instant) => {
            const date = localDate(instant, policy.timeZone);
            const time = clock(instant, policy.timeZone);
            const works =
              policy.weekdays.includes(new Date(date).getUTCDay() || 7) && !policy.holidays.includes(date);
            return works && time >= policy.opens && time <= `${policy.closes}:00`;
          });
          expect(within).toBe(true);
          expect(end >= from).toBe(true);
        }
      }),
    );
  });

  it('a later start or a longer time never ends earlier', () => {
    const hours = fc.double({ min: 0, max: 60, noNaN: true });
    fc.assert(
      fc.property(
        moment,
        fc.integer({ min: 0, max: 10 * 86_400_000 }),
        hours,
        hours,
        calendar,
        (from, wait, a, b, policy) => {
          const later = new Date(Date.parse(from) + wait).toISOString();
          const [short, long] = a < b ? [a, b] : [b, a];
          expect(addWorkingHours(later, short, policy) >= addWorkingHours(from, short, policy)).toBe(true);
          expect(addWorkingHours(from, long, policy) >= addWorkingHours(from, short, policy)).toBe(true);
          expect(addWorkingDays(later, 2, policy) >= addWorkingDays(from, 2, policy)).toBe(true);
        },
      ),
    );
  });
});
