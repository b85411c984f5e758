import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { ICruiseResult } from 'dependency-cruiser';

/** The smallest house that the rules find nothing in. */
const inOrder = {
  'apps/api/src/main.ts': `import '@nestjs/core';\nimport '#infra/store.js';\nimport './records.js';`,
  'apps/api/src/records.ts': `import '#domain/record.js';`,
  'apps/api/src/start.ts': `import './records.js';`,
  'apps/cli/src/main.ts': `import '../../api/src/start.js';`,
  'libs/domain/src/record.ts': `import type { Event } from '#engine/event.js';\nexport type Record = Event;`,
  'libs/domain/src/record.spec.ts': `import { readFileSync } from 'node:fs';\nimport '#infra/store.js';\nimport '../../../test/builder.js';`,
  'libs/engine/src/event.ts': `import 'node:crypto';\nexport type Event = string;`,
  'libs/infra/src/store.ts': `import 'node:fs';\nimport 'better-sqlite3';\nimport '#engine/event.js';`,
  'test/builder.ts': `export {};`,
};

/** Violations of each rule: the modules that break it. */
const planted: Record<string, Record<string, string>> = {
  'engine-knows-no-other-library': {
    'libs/engine/src/knows-infra.ts': `import '#infra/store.js';`,
    'libs/engine/src/knows-domain.ts': `import type { Record } from '#domain/record.js';`,
    'libs/engine/src/knows-domain-by-path.ts': `import '../../domain/src/record.js';`,
  },
  'engine-is-no-framework': { 'libs/engine/src/injectable.ts': `import '@nestjs/common';` },
  'engine-touches-no-store': {
    'libs/engine/src/driver.ts': `import 'better-sqlite3';`,
    'libs/engine/src/file.ts': `import 'node:fs/promises';`,
    'libs/engine/src/network.ts': `import 'http';`,
  },
  'infra-knows-no-domain': {
    'libs/infra/src/knows-domain.ts': `import type { Record } from '#domain/record.js';`,
  },
  'domain-knows-only-the-engine': { 'libs/domain/src/knows-infra.ts': `import '#infra/store.js';` },
  'domain-does-no-io': {
    'libs/domain/src/file.ts': `import 'node:fs';`,
    'libs/domain/src/random.ts': `import { randomUUID } from 'node:crypto';`,
  },
  'domain-uses-pure-packages': {
    'libs/domain/src/injectable.ts': `import { Injectable } from '@nestjs/common';`,
    'libs/domain/src/logged.ts': `import type { Logger } from 'pino';`,
  },
  'nothing-imports-an-app': {
    'libs/infra/src/knows-api.ts': `import '../../../apps/api/src/records.js';`,
    'apps/api/src/knows-cli.ts': `import '../../cli/src/main.js';`,
  },
  'cli-enters-the-api-by-its-doors': {
    'apps/cli/src/knows-api.ts': `import '../../api/src/records.js';`,
  },
  'production-imports-no-test': {
    'apps/api/src/built.ts': `import '../../../test/builder.js';`,
    'libs/infra/src/specified.ts': `import '../../domain/src/record.spec.js';`,
  },
  'production-needs-no-dev-package': { 'libs/infra/src/checked.ts': `import 'fast-check';` },
  'packages-are-declared': { 'libs/infra/src/undeclared.ts': `import 'ajv';` },
  'imports-resolve': { 'libs/infra/src/lost.ts': `import '#engine/lost.js';` },
  'no-cycles': {
    'libs/engine/src/hen.ts': `import './egg.js';`,
    'libs/engine/src/egg.ts': `import './hen.js';`,
  },
  'no-orphans': { 'libs/domain/src/left-over.ts': `export {};` },
};

const config = '.dependency-cruiser.cjs';
const cruiser = resolve('node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
const houses: string[] = [];

async function violationsIn(house: string): Promise<string[]> {
  const args = [cruiser, '--config', config, '--output-type', 'json', 'apps', 'libs'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: house, maxBuffer: 2 ** 26 });
  const { summary, modules } = JSON.parse(stdout) as ICruiseResult;
  if (modules.length === 0) throw new Error(`nothing was read in ${house}`);
  return summary.violations.flatMap(({ rule, from, cycle = [] }) =>
    [from, ...cycle.map(({ name }) => name)].map((module) => `${rule.name}: ${module}`),
  );
}

async function houseOf(...modules: Record<string, string>[]): Promise<string> {
  const house = await mkdtemp(join(tmpdir(), 'dossier-house-'));
  houses.push(house);
  for (const path of [config, 'scripts/source-aliases.cjs', 'package.json', 'tsconfig.json']) {
    await cp(path, join(house, path), { recursive: true });
  }
  await symlink(resolve('node_modules'), join(house, 'node_modules'));
  for (const [path, text] of Object.entries(Object.assign({}, ...modules) as Record<string, string>)) {
    await mkdir(dirname(join(house, path)), { recursive: true });
    await writeFile(join(house, path), `${text}\n`);
  }
  return house;
}

afterAll(() => Promise.all(houses.map((house) => rm(house, { recursive: true }))));

describe('the rules for imports', () => {
  it('are kept by every module', async () => {
    expect(await violationsIn('.')).toEqual([]);
  });

  it('leave a house in order alone, and let specs import anything', async () => {
    expect(await violationsIn(await houseOf(inOrder))).toEqual([]);
  });

  it('each have a planted violation here', () => {
    const { forbidden } = createRequire(resolve('package.json'))(`./${config}`) as {
      forbidden: { name: string }[];
    };
    expect(Object.keys(planted).sort()).toEqual(forbidden.map(({ name }) => name).sort());
  });

  describe('report', () => {
    let reported: string[];

    beforeAll(async () => {
      reported = await violationsIn(await houseOf(inOrder, ...Object.values(planted)));
    });

    it.each(
      Object.entries(planted).flatMap(([rule, modules]) => Object.keys(modules).map((path) => [rule, path])),
    )('%s: %s', (rule, path) => {
      expect(reported).toContain(`${rule}: ${path}`);
    });
  });
});
