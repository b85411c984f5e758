import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { differences, openApiDocument, printed } from './openapi/document.js';

/** The committed document: a change of the API shows in it. */
const FILE = resolve('docs/reference/openapi.json');

const document = printed(await openApiDocument());
if (process.argv.includes('--check')) {
  const committed: unknown = JSON.parse(readFileSync(FILE, 'utf8'));
  const differing = differences(committed, JSON.parse(document));
  if (differing.length > 0) {
    process.stderr.write(`${FILE} is not what the code says; run: npm run openapi\n`);
    process.stderr.write(differing.map((path) => `  ${path}\n`).join(''));
    process.exitCode = 1;
  }
} else {
  mkdirSync(dirname(FILE), { recursive: true });
  writeFileSync(FILE, document);
}
