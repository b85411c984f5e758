import { pino, type Logger } from 'pino';

/** Token of the process's logger. */
export const LOGGER = Symbol('logger');

/**
 * Structured logs: one JSON object a line, on standard output. Only what the code names is written: ids, codes, routes,
 * times. Bodies, queries, headers, values and messages of unexpected errors never are.
 */
export function createLogger(level: string): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime });
}
