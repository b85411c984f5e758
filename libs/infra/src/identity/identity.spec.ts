import { randomBytes, scryptSync } from 'node:crypto';
import type { Clock } from '#engine/ports/clock.js';
import type { KeyVault } from '#engine/ports/key-vault.js';
import type { MasterKeys } from '#engine/sealing/master-keys.js';
import { FailureThrottle } from './failure-throttle.js';
import { Passwords } from './passwords.js';
import { Tokens } from './tokens.js';
import { openSqliteKeyVault } from '../key-vault/sqlite/sqlite-key-vault.js';

function clockAt(start: string): Clock & { forward(seconds: number): void } {
  let ms = Date.parse(start);
  return {
    now: () => new Date(ms).toISOString(),
    monotonic: () => ms,
    forward: (seconds) => (ms += seconds * 1000),
  };
}

function masterKeys(): MasterKeys {
  const current = { id: 'm1', bytes: randomBytes(32) };
  return { current, all: [current], byId: (id) => (id === 'm1' ? current : undefined) };
}

describe('passwords', () => {
  let vault: KeyVault;
  beforeEach(() => {
    vault = openSqliteKeyVault({ path: ':memory:' });
  });
  afterEach(() => vault.close());

  it('a one-time password is good until it is changed', async () => {
    const passwords = new Passwords(vault);
    const once = await passwords.issueOneTime('c1');
    expect(await passwords.verify('c1', once)).toBe(true);
    await passwords.change('c1', 'correct horse battery');
    expect(await passwords.verify('c1', once)).toBe(false);
    expect(await passwords.verify('c1', 'correct horse battery')).toBe(true);
  });

  it('nobody signs in under an unknown id, nor after the password was taken away', async () => {
    const passwords = new Passwords(vault);
    expect(await passwords.verify('nobody', 'x')).toBe(false);
    const once = await passwords.issueOneTime('c1');
    await passwords.remove('c1');
    expect(await passwords.verify('c1', once)).toBe(false);
  });

  it('a hash says what it cost, so that it can be checked after the cost has been raised', async () => {
    const cheap = { N: 2 ** 10, r: 8, p: 1 };
    const salt = randomBytes(16);
    const hash = scryptSync('an old password', salt, 32, cheap);
    const entry = { salt: salt.toString('base64'), hash: hash.toString('base64'), cost: cheap };
    await vault.replaceSecret('password/c1', null, JSON.stringify(entry));
    expect(await new Passwords(vault).verify('c1', 'an old password')).toBe(true);
  });

  it('the vault holds a salted hash, never the password', async () => {
    const once = await new Passwords(vault).issueOneTime('c1');
    expect(await vault.secret('password/c1')).not.toContain(once);
  });
});

describe('tokens', () => {
  const life = 600;
  let vault: KeyVault;
  let clock: ReturnType<typeof clockAt>;
  let masters: MasterKeys;
  const tokensFor = async (audience = 'log-1') => {
    const tokens = new Tokens(vault, masters, clock, audience, life);
    await tokens.load();
    return tokens;
  };
  beforeEach(() => {
    vault = openSqliteKeyVault({ path: ':memory:' });
    clock = clockAt('2025-03-03T01:00:00.000Z');
    masters = masterKeys();
  });
  afterEach(() => vault.close());

  it('say who, until they expire', async () => {
    const tokens = await tokensFor();
    const { token, expiresAt } = await tokens.issue('c1');
    expect(expiresAt).toBe('2025-03-03T01:10:00.000Z');
    clock.forward(life - 1);
    expect(await tokens.verify(token)).toBe('c1');
    clock.forward(2);
    expect(await tokens.verify(token)).toBeNull();
  });

  it('are good in every process of the same log, and for no other log', async () => {
    const { token } = await (await tokensFor()).issue('c1');
    expect(await (await tokensFor()).verify(token)).toBe('c1');
    expect(await (await tokensFor('log-2')).verify(token)).toBeNull();
  });

  it('stay good after a rotation, also in a process that has not seen the new key yet', async () => {
    const [one, other] = [await tokensFor(), await tokensFor()];
    const before = await one.issue('c1');
    clock.forward(1);
    await one.rotate();
    const after = await one.issue('c1');
    expect(await one.verify(before.token)).toBe('c1');
    expect(await other.verify(after.token)).toBe('c1');
  });

  it('stay good in a process that could not read the vault while it took up a new key', async () => {
    const unsteady = { down: false };
    const reads = { secret: null, secretsLike: null };
    const flaky = new Proxy(vault, {
      get(target, member: keyof KeyVault) {
        if (unsteady.down && member in reads) return () => Promise.reject(new Error('the vault is away'));
        return (target[member] as (...args: unknown[]) => unknown).bind(target);
      },
    });
    const tokens = new Tokens(flaky, masters, clock, 'log-1', life);
    await tokens.load();
    const { token } = await tokens.issue('c1');
    unsteady.down = true;
    await expect(tokens.rotate()).rejects.toThrow('the vault is away');
    expect(await tokens.verify(token)).toBe('c1');
  });

  it('a key that signed nothing still valid is dropped at a later rotation', async () => {
    const tokens = await tokensFor();
    clock.forward(1);
    await tokens.rotate();
    clock.forward(life + 1);
    await tokens.rotate();
    expect((await vault.secretsLike('signing/')).size).toBe(2);
  });

  it.each([
    ['not a token', 'abc'],
    ['unsigned', `${b64({ alg: 'none', typ: 'JWT' })}.${b64({ sub: 'c1', exp: 9e9 })}.`],
    [
      'of another algorithm',
      `${b64({ alg: 'HS256', kid: '0'.repeat(36) })}.${b64({ sub: 'c1', exp: 9e9 })}.AAAA`,
    ],
  ])('a token that is %s is refused', async (_, token) => {
    expect(await (await tokensFor()).verify(token)).toBeNull();
  });

  it('a token whose subject was altered is refused', async () => {
    const tokens = await tokensFor();
    const [header, payload, signature] = (await tokens.issue('c1')).token.split('.');
    const claims = JSON.parse(Buffer.from(payload!, 'base64url').toString()) as object;
    expect(await tokens.verify(`${header}.${b64({ ...claims, sub: 'm1' })}.${signature}`)).toBeNull();
  });

  it('signing keys stand wrapped in the vault and move to a new master key', async () => {
    const tokens = await tokensFor();
    const { token } = await tokens.issue('c1');
    const old = masters.current;
    const fresh = { id: 'm2', bytes: randomBytes(32) };
    const byId = (id: string) => [old, fresh].find((key) => key.id === id);
    masters = { current: fresh, all: [old, fresh], byId };
    await (await tokensFor()).rewrap();
    masters = { current: fresh, all: [fresh], byId: (id) => (id === 'm2' ? fresh : undefined) };
    expect(await (await tokensFor()).verify(token)).toBe('c1');
  });
});

describe('failed sign-ins', () => {
  it('cost nothing at first, then a wait that doubles, and are forgotten after a success', () => {
    const clock = clockAt('2025-03-03T01:00:00.000Z');
    const throttle = new FailureThrottle(clock, 5);
    for (let i = 0; i < 4; i++) throttle.failed('c1');
    expect(throttle.waitFor('c1')).toBe(0);
    throttle.failed('c1');
    expect(throttle.waitFor('c1')).toBe(1000);
    throttle.failed('c1');
    expect(throttle.waitFor('c1')).toBe(2000);
    expect(throttle.waitFor('c2')).toBe(0);
    throttle.takeBack('c1');
    expect(throttle.waitFor('c1')).toBe(1000);
    clock.forward(2);
    expect(throttle.waitFor('c1')).toBe(0);
    throttle.succeeded('c1');
    throttle.failed('c1');
    expect(throttle.waitFor('c1')).toBe(0);
  });
});

function b64(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
