import { spawnSync } from 'node:child_process';
import { createDecipheriv } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Box, SealedValues, StoredEvent } from '../event.js';
import { disclose, isDisclosedIn, openBox, sealBox, type Disclosure } from '../sealing/box.js';
import { canonical } from './canonical.js';
import { chainFault, hashOf } from './chain.js';

interface BoxVector {
  readonly name: string;
  readonly dataKey: string;
  readonly stream: string;
  readonly eventId: string;
  readonly part: string;
  readonly keyId: string;
  readonly values: SealedValues;
  readonly bodyMac: string | null;
  readonly boxKey: string;
  readonly additionalData: string;
  readonly plaintext: string;
  readonly salts: readonly string[];
  readonly commitments: readonly string[];
  readonly box: Box;
  readonly disclosure: Disclosure | null;
}

const vectors = JSON.parse(readFileSync(join(__dirname, 'vectors.json'), 'utf8')) as {
  readonly canonical: {
    readonly accepted: readonly {
      readonly name: string;
      readonly json: string;
      readonly canonical: string;
    }[];
    readonly refused: readonly { readonly name: string; readonly json: string; readonly reason: string }[];
  };
  readonly chain: readonly StoredEvent[];
  readonly boxes: readonly BoxVector[];
};

describe('The committed test vectors', () => {
  it.each(vectors.canonical.accepted)('canonical form: $name', (vector) => {
    expect(canonical(JSON.parse(vector.json))).toBe(vector.canonical);
  });

  it.each(vectors.canonical.refused)('no canonical form: $name', ({ json, reason }) => {
    expect(() => canonical(JSON.parse(json))).toThrow(reason);
  });

  it('three events hash as written down, each bound to the one before it', () => {
    expect(vectors.chain.map(hashOf)).toEqual(vectors.chain.map(({ hash }) => hash));
    expect(vectors.chain.map((event, i) => chainFault(vectors.chain[i - 1] ?? null, event))).toEqual([
      null,
      null,
      null,
    ]);
  });

  it.each(vectors.boxes)('box: $name', (vector) => {
    const dataKey = Buffer.from(vector.dataKey, 'hex');
    const content = { values: vector.values, bodyMac: vector.bodyMac };
    expect(sealBox(dataKey, vector.keyId, vector, content)).toEqual(vector.box);
    expect(openBox(dataKey, vector, vector.box)).toEqual(content);
  });

  it.each(vectors.boxes)('the ciphertext is plain AES-256-GCM under the box key: $name', (vector) => {
    const bytes = Buffer.from(vector.box.c, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', Buffer.from(vector.boxKey, 'hex'), Buffer.alloc(12));
    decipher.setAAD(Buffer.from(vector.additionalData));
    decipher.setAuthTag(bytes.subarray(-16));
    const plain = Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]);
    expect(plain.toString('utf8')).toBe(vector.plaintext);
  });

  it.each(vectors.boxes.filter(({ disclosure }) => disclosure))('disclosure: $name', (vector) => {
    const { pointer } = vector.disclosure!;
    expect(disclose(Buffer.from(vector.dataKey, 'hex'), vector, vector.values, pointer)).toEqual(
      vector.disclosure,
    );
    expect(isDisclosedIn(vector.box.m, vector.disclosure!)).toBe(true);
  });
});

const python = ['python3', 'python'].find(
  (name) => spawnSync(name, ['-c', 'import sys; sys.exit(sys.version_info < (3, 8))']).status === 0,
);

describe('The same vectors, recomputed by a program of another language', () => {
  it(python ? 'hold in Python' : 'are not checked here: there is no Python 3 on this machine', () => {
    if (!python) return;
    const run = spawnSync(python, [join(__dirname, 'vectors.py')], { encoding: 'utf8' });
    expect({ status: run.status, differs: run.stderr }).toEqual({ status: 0, differs: '' });
    expect(run.stdout).toMatch(/^(\d+) of \1 hold/);
  });
});
