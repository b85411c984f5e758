import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt, runBuilt, type Ended, type Program } from '../builders/built.js';
import { DEMO, DEMO_MS, newFolder, resumeDemo, startDemo } from './run-demo.js';

beforeAll(ensureBuilt, DEMO_MS);

describe('the demo', () => {
  it('explains itself', async () => {
    const { code, stdout } = await runBuilt(DEMO, ['--help']);
    expect(code).toBe(0);
    for (const option of ['--folder', '--resume', '--once', '--port']) expect(stdout).toContain(option);
  });

  it.each([[['--loud']], [['--port', '70000']], [['--folder', 'a', '--resume', 'b']]])(
    'answers wrong usage with exit code 2: %j',
    async (args) => {
      const { code, stderr } = await runBuilt(DEMO, args);
      expect(code).toBe(2);
      expect(stderr).not.toBe('');
    },
  );

  it('does not begin in a folder that holds something else, nor go on where there is no demo', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dossier-demo-'));
    writeFileSync(join(folder, 'letter.txt'), 'Dear');
    const begun = await runBuilt(DEMO, ['--folder', folder]);
    expect(begun.code).toBe(1);
    expect(begun.stderr).toContain('is not empty');
    const resumed = await runBuilt(DEMO, ['--resume', folder]);
    expect(resumed.code).toBe(1);
    expect(resumed.stderr).toContain('there is no demo');
    rmSync(folder, { recursive: true });
  });

  it('says what to do where its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const taken = newFolder();
    const { code, stderr } = await runBuilt(DEMO, ['--folder', taken.path, '--port', String(port)]);
    expect(code).toBe(1);
    expect(stderr).toBe(`demo: port ${port} is in use; choose another one with --port\n`);
    taken.remove();
    other.close();
  });
});

const folder = newFolder();
afterAll(() => folder.remove());

describe('a whole demo', () => {
  let ended: Ended;

  beforeAll(async () => {
    ended = await startDemo(folder.path, '--once').ended;
  }, DEMO_MS);

  it('comes to its end and says nothing but the story', () => {
    expect(ended.stderr).toBe('');
    expect(ended.code).toBe(0);
  });

  it.each([
    ['93 companies come in', /as historic entries: 93 of 93$/m],
    ['a likely duplicate is shown', /is shown a likely duplicate: 杭州华兴贸易有限公司$/m],
    ['most is approved with one request', /王敏 approves 101 of them with one request$/m],
    ['what is wrong comes back, mended', /孙丽 mends it; 王敏 approves it as a key customer, grade A$/m],
    ['all are filed', /华兴 lies in safe 2: 104 of 104$/m],
    ['each gets somebody who follows it up', /to those who brought them: 103 of 103$/m],
    ['persons consent to what is sensitive', /four persons, with a separate consent for each/],
    [
      '830 orders come in as transactions',
      /enter the orders of their companies as transactions: 830 of 830$/m,
    ],
    ['they add up, exactly', /QUICK has spent, and the reading is on record: 110277\.32 USD in 28 orders$/m],
    [
      'a loan is refused, with the rule and what would help',
      /refused\. purpose-authorised: Tell the customer/,
    ],
    ['the borrower sees the number', /He sees \+8657188886666$/m],
    [
      'changes wait for a signature',
      /\/phone and \/paymentTerms wait for a signature, \/needs is in force$/m,
    ],
    ['the diff is shown', / {2}phone: \+8657188886666 -> \+8657188889999$/m],
    [
      'one is signed, one refused',
      /赵宏 signs the phone and refuses the payment terms; .* \+8657188889999 now$/m,
    ],
    ['the loan ends by itself', /周强 sees 571\*+9999 now$/m],
    ['a hold stops a destruction', /赵宏 cannot destroy it: .*No hold is in force/],
    ['both destructions have certificates', /both destructions have their certificates$/m],
    ['the auditor sees who read what, and why', /周强: as loan, for servicing$/m],
    ['the history of a destroyed record remains', /what is left of VALON[^]*赵宏 began the destruction$/m],
  ])('%s', (_, line) => {
    expect(ended.stdout).toMatch(line);
  });

  it('lets weeks of the story pass', () => {
    expect(ended.stdout).toMatch(/^Mon 3 Mar 09:00[^]*^Fri 14 Mar 14:00/m);
  });

  it('keeps its passwords where only their owner can read them', () => {
    expect(statSync(join(folder.path, 'demo-passwords.json')).mode & 0o777).toBe(0o600);
  });
});

describe('a demo that was told, gone on with to look at', () => {
  let demo: Program;
  let said: string;

  beforeAll(async () => {
    demo = resumeDemo(folder.path);
    await demo.line(/Press Ctrl-C/);
    said = demo.stdout();
  }, DEMO_MS);
  afterAll(async () => {
    demo.signal('SIGKILL');
    await demo.ended;
  });

  it('says where the documentation is', async () => {
    const docs = /documentation is at (\S+)/.exec(said)![1]!;
    const answer = await fetch(docs);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('swagger');
  });

  it('lets everybody sign in who is in its table', async () => {
    const api = /answers at ([^\s,]+)/.exec(said)![1]!;
    const people = [...said.matchAll(/^ {2}(\S+) +\S+ +(\S+) +(\S{16})$/gm)];
    expect(people.map(([, name]) => name)).toEqual([
      '林静',
      '王敏',
      '赵宏',
      '孙丽',
      '周强',
      '吴倩',
      '郑岩',
      '-',
    ]);
    for (const [, , staff, password] of people) {
      const answer = await fetch(`${api}/v1/sessions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ staff, password }),
      });
      expect(answer.status).toBe(201);
      expect(await answer.json()).toMatchObject({ mustChangePassword: false });
    }
  });

  it('tells requests to try that work', async () => {
    const [session, record, history] = said.match(/curl -s .*/g)!;
    const { token } = (await curl(session, '')) as { token: string };
    const { fields } = (await curl(record!, token)) as { fields: { pointer: string; value: unknown }[] };
    expect(fields.find(({ pointer }) => pointer === '/phone')?.value).toBe('+8657188889999');
    const { items } = (await curl(history!, token)) as { items: unknown[] };
    expect(items.length).toBeGreaterThan(8);
  });

  it('stops cleanly when it is interrupted', async () => {
    demo.signal('SIGINT');
    expect((await demo.ended).code).toBe(0);
  });
});

/** Does what a printed curl line says, so that no curl is needed. */
async function curl(line: string, token: string): Promise<unknown> {
  const url = /http:[^\s']+/.exec(line)![0];
  const headers = [...line.matchAll(/-H ["']([^:]+): ([^"']+)["']/g)].map(([, name, value]) => [
    name!,
    value!.replace('$TOKEN', token),
  ]);
  const body = / -d '([^']+)'/.exec(line)?.[1];
  const answer = await fetch(url, {
    headers: Object.fromEntries(headers) as Record<string, string>,
    ...(body === undefined ? {} : { method: 'POST', body }),
  });
  expect(answer.ok).toBe(true);
  return answer.json();
}
