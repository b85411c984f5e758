/** When people work: a policy (`calendar`), so that an organisation sets its own hours and holidays. */
export interface WorkingCalendar {
  /** IANA name of the zone in which the hours below are meant. */
  readonly timeZone: string;
  /** ISO weekdays, 1 Monday to 7 Sunday. */
  readonly weekdays: readonly number[];
  /** Local times `HH:MM`; the day's work is from `opens` to `closes`. */
  readonly opens: string;
  readonly closes: string;
  /** Local dates without work. */
  readonly holidays: readonly string[];
  /** Local dates with work although the weekday has none (调休). */
  readonly extraWorkdays: readonly string[];
}

/** Default policy: Monday to Friday, 09:00-18:00, Asia/Shanghai, no holidays. */
export const workingCalendar: WorkingCalendar = {
  timeZone: 'Asia/Shanghai',
  weekdays: [1, 2, 3, 4, 5],
  opens: '09:00',
  closes: '18:00',
  holidays: [],
  extraWorkdays: [],
};

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A calendar that has no working day in so many days has none at all. */
const LONGEST_BREAK = 366;

/**
 * The instant by which so many hours of working time have passed. It lies within working time, the closing included.
 * @param from UTC instant
 * @param hours zero or more; fractions are allowed
 * @throws RangeError for an invalid instant, negative hours, or a calendar without working days
 */
export function addWorkingHours(from: string, hours: number, calendar: WorkingCalendar): string {
  if (!Number.isFinite(hours) || hours < 0) throw new RangeError('working hours must be zero or more');
  let left = hours * HOUR;
  let start = Date.parse(from);
  let date = localDate(from, calendar.timeZone);
  for (;;) {
    date = workingDayFrom(date, calendar);
    const closes = instantOf(date, calendar.closes, calendar.timeZone);
    start = Math.max(start, instantOf(date, calendar.opens, calendar.timeZone));
    if (start < closes || (start === closes && left === 0)) {
      if (start + left <= closes) return new Date(start + left).toISOString();
      left -= closes - start;
    }
    date = addDays(date, 1);
  }
}

/**
 * The close of the n-th working day after the local day of `from`, which itself does not count.
 * @param from UTC instant
 * @param days a whole number, 1 or more
 * @throws RangeError for an invalid instant or number, or a calendar without working days
 */
export function addWorkingDays(from: string, days: number, calendar: WorkingCalendar): string {
  if (!Number.isInteger(days) || days < 1)
    throw new RangeError('working days must be a whole number, 1 or more');
  let date = localDate(from, calendar.timeZone);
  for (let day = 0; day < days; day++) date = workingDayFrom(addDays(date, 1), calendar);
  return new Date(instantOf(date, calendar.closes, calendar.timeZone)).toISOString();
}

/** So many days of 24 hours later (earlier, if negative): an instant of an instant, a date of a date. */
export function addDays(dateOrInstant: string, days: number): string {
  const moved = new Date(Date.parse(dateOrInstant) + days * DAY).toISOString();
  return isDateOnly(dateOrInstant) ? moved.slice(0, 10) : moved;
}

/** Midnights of the zone that lie between: 0 on the same local day, negative where the second is earlier. */
export function daysBetween(dateOrInstant: string, instant: string, timeZone: string): number {
  const from = isDateOnly(dateOrInstant) ? dateOrInstant : localDate(dateOrInstant, timeZone);
  return (Date.parse(localDate(instant, timeZone)) - Date.parse(from)) / DAY;
}

/**
 * The date on the calendar of that zone, `YYYY-MM-DD`.
 * @throws RangeError for an invalid instant or zone
 */
export function localDate(instant: string, timeZone: string): string {
  return new Date(localMillis(Date.parse(instant), timeZone)).toISOString().slice(0, 10);
}

/** The instant at which that date begins in the zone. */
export function startOfDay(date: string, timeZone: string): string {
  return new Date(instantOf(date, '00:00', timeZone)).toISOString();
}

function workingDayFrom(first: string, calendar: WorkingCalendar): string {
  let date = first;
  for (let day = 0; day < LONGEST_BREAK; day++) {
    if (isWorkingDay(date, calendar)) return date;
    date = addDays(date, 1);
  }
  throw new RangeError('the calendar has no working days');
}

function isWorkingDay(date: string, calendar: WorkingCalendar): boolean {
  if (calendar.extraWorkdays.includes(date)) return true;
  const weekday = new Date(date).getUTCDay() || 7;
  return calendar.weekdays.includes(weekday) && !calendar.holidays.includes(date);
}

/** Milliseconds of the instant at which clocks of the zone show that date and time. */
function instantOf(date: string, time: string, timeZone: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const shown = Date.parse(date) + hours * HOUR + minutes * 60_000;
  // The offset may differ on either side of a change of the clocks: the second guess sees the right one.
  const guess = shown - (localMillis(shown, timeZone) - shown);
  return shown - (localMillis(guess, timeZone) - guess);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** What clocks of the zone show, as if they were UTC clocks. */
function localMillis(instant: number, timeZone: string): number {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      ...{ timeZone, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23' },
      ...{
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
        hour: 'numeric',
        minute: 'numeric',
        second: 'numeric',
      },
    });
    formats.set(timeZone, format);
  }
  const parts = Object.fromEntries(
    format.formatToParts(instant).map((part) => [part.type, Number(part.value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) + (((instant % 1000) + 1000) % 1000);
}

function isDateOnly(text: string): boolean {
  return text.length === 10;
}
