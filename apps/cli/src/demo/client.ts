import { setTimeout as sleep } from 'node:timers/promises';
import type { JsonObject } from '#engine/json.js';

/** An answer that is no success: problem+json. */
export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(
    readonly request: string,
    readonly status: number,
    readonly problem: { readonly code: string; readonly detail: string } & JsonObject,
  ) {
    super(
      `${request}: ${status} ${problem.code}. ${problem.detail} ${JSON.stringify(problem['errors'] ?? '')}`,
    );
  }
}

/** Answers that say "not now": the same request may be sent again. */
const AGAIN = ['server.busy', 'command.contended', 'view.behind'];
const TRIES = 20;
const PAUSE_MS = 100;

/**
 * Sends one request and gives the parsed answer; waits and sends it again where the API asks for that.
 * @throws Refused
 */
export async function send<T>(
  method: 'GET' | 'POST',
  url: string,
  headers: Readonly<Record<string, string>>,
  body?: object,
): Promise<T> {
  const request: RequestInit =
    body === undefined
      ? { method, headers }
      : { method, headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) };
  for (let attempt = 1; ; attempt++) {
    const response = await fetch(url, request);
    const text = await response.text();
    const answer: unknown = text === '' ? null : JSON.parse(text);
    if (response.ok) return answer as T;
    const refused = new Refused(
      `${method} ${new URL(url).pathname}`,
      response.status,
      answer as Refused['problem'],
    );
    if (attempt === TRIES || !AGAIN.includes(refused.problem.code)) throw refused;
    await sleep(PAUSE_MS);
  }
}

/** A member of staff at his desk: he signs in when he has to, and sends requests with his own token. */
export class Person {
  #token: Promise<string> | null = null;

  /**
   * @param api where the API answers
   * @param signIn gives a new token
   */
  constructor(
    readonly id: string,
    private readonly api: string,
    private readonly signIn: () => Promise<string>,
  ) {}

  /**
   * Sends a command.
   * @param key its `Idempotency-Key`: the same step of the story always has the same one, so that a story told again
   *   after a crash repeats what was done instead of doing it twice
   * @throws Refused
   */
  post<T = JsonObject>(path: string, key: string, body: object = {}): Promise<T> {
    return this.#send('POST', path, { 'idempotency-key': key }, body);
  }

  /** @throws Refused */
  get<T = JsonObject>(path: string): Promise<T> {
    return this.#send('GET', path, {});
  }

  async #send<T>(
    method: 'GET' | 'POST',
    path: string,
    headers: Readonly<Record<string, string>>,
    body?: object,
  ): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      const token = (this.#token ??= this.signIn());
      try {
        const authorization = `Bearer ${await token}`;
        return await send(method, this.api + path, { ...headers, authorization }, body);
      } catch (error) {
        // The story's clock moves by weeks: tokens expire between two requests.
        const expired = error instanceof Refused && error.problem.code === 'auth.token-invalid';
        if (!expired || attempt > 1) throw error;
        if (this.#token === token) this.#token = null;
      }
    }
  }
}

/** Does the work for each item, a few at a time, in order; gives the results in the order of the items. */
export async function forEach<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const i = next++;
      results[i] = await work(items[i]!);
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
  return results;
}

const AT_A_TIME = 8;
