import { Refused, send } from './client.js';
import type { PasswordFile } from './passwords.js';

interface Session {
  readonly token: string;
  readonly mustChangePassword: boolean;
}

/**
 * Signs a person in with what the password file has for him, and changes a one-time password.
 * @returns a bearer token
 * @throws Refused with `auth.failed` where none of his passwords is right
 */
export async function signIn(api: string, staffId: string, passwords: PasswordFile): Promise<string> {
  const { session, password } = await firstThatFits(api, staffId, passwords.of(staffId));
  if (!session.mustChangePassword) {
    passwords.settle(staffId, password);
    return session.token;
  }
  const own = passwords.generate(staffId);
  const headers = { authorization: `Bearer ${session.token}` };
  await send('POST', `${api}/v1/me/password`, headers, { present: password, password: own });
  passwords.settle(staffId, own);
  return session.token;
}

async function firstThatFits(api: string, staffId: string, passwords: readonly string[]) {
  let failed: unknown = new Error(`no password of ${staffId} is known`);
  for (const password of passwords) {
    try {
      const session = await send<Session>('POST', `${api}/v1/sessions`, {}, { staff: staffId, password });
      return { session, password };
    } catch (error) {
      if (!(error instanceof Refused) || error.problem.code !== 'auth.failed') throw error;
      failed = error;
    }
  }
  throw failed;
}
