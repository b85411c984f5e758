import { mkdirSync, mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OperationFailed, type Operations } from './operation.js';
import { callOperation, NobodyListens } from './operator-client.js';
import { serveOperations } from './operator-server.js';

const operations: Operations = {
  count: async ({ to }, progress) => {
    for (let i = 1; i <= Number(to); i++) progress(`step ${i}`);
    return { counted: Number(to) };
  },
  fail: () => Promise.reject(new OperationFailed('not today')),
};

describe('the operator’s socket', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'operator-')), 'operator.sock');
  let stop: () => Promise<void>;
  beforeAll(async () => {
    writeFileSync(path, 'left behind');
    stop = await serveOperations(path, operations);
  });
  afterAll(() => stop());

  it('is for the owner of the folder alone', () => {
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('tells progress as it comes, then the result', async () => {
    const lines: string[] = [];
    const result = await callOperation(path, 'count', { to: '2' }, (line) => lines.push(line));
    expect(result).toEqual({ counted: 2 });
    expect(lines).toEqual(['step 1', 'step 2']);
  });

  it.each([
    ['fail', 'not today'],
    ['toString', 'there is no operation toString'],
  ])('%s: the failure is told in words', async (name, message) => {
    await expect(callOperation(path, name, {}, () => undefined)).rejects.toThrow(
      new OperationFailed(message),
    );
  });

  it('in a folder with a long path is reached from nearby, and refused from far away', async () => {
    const folder = join(mkdtempSync(join(tmpdir(), 'operator-')), 'long'.repeat(30));
    mkdirSync(folder);
    const far = join(folder, 'operator.sock');
    await expect(serveOperations(far, operations)).rejects.toThrow('too long for a socket');
    const before = process.cwd();
    process.chdir(folder);
    try {
      const stopNear = await serveOperations(far, operations);
      expect(statSync(far).mode & 0o777).toBe(0o600);
      expect(await callOperation(far, 'count', { to: '0' }, () => undefined)).toEqual({ counted: 0 });
      await stopNear();
    } finally {
      process.chdir(before);
    }
  });

  it('nobody listening is told apart from a failure', async () => {
    await expect(callOperation(path + '2', 'count', {}, () => undefined)).rejects.toThrow(NobodyListens);
  });
});
