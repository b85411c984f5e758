/** Whether it is a date of the calendar, `YYYY-MM-DD`, from 1800 on. */
export function isDate(text: string): boolean {
  if (!/^(1[89]|[2-9]\d)\d\d-\d\d-\d\d$/.test(text)) return false;
  const instant = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().slice(0, 10) === text;
}

/** A year, a month or a date: `2019`, `2019-03`, `2019-03-08`. */
export function isPartialDate(text: string): boolean {
  return isDate(text.length === 4 ? `${text}-01-01` : text.length === 7 ? `${text}-01` : text);
}

/** A date, or a day of every year: `--03-08`. */
export function isYearlyDate(text: string): boolean {
  return isDate(text.replace(/^--/, '2000-'));
}

/** A UTC instant, ISO 8601 with or without fractions of a second. */
export function isInstant(text: string): boolean {
  return (
    /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,3})?Z$/.test(text) && isDate(text.slice(0, 10))
  );
}
