import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';

const root = new URL('../../', import.meta.url);
const swc = JSON.parse(readFileSync(new URL('.swcrc', root), 'utf8'));

/** `#engine/x.js` and `./x.js` are the sources `x.ts`, as the type checker sees them. */
export function resolve(specifier, context, next) {
  const [, library, path] = /^#(engine|domain|infra)\/(.*)\.js$/.exec(specifier) ?? [];
  const own = specifier.startsWith('.') && !context.parentURL?.includes('/node_modules/');
  const source = library
    ? new URL(`libs/${library}/src/${path}.ts`, root)
    : own && new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
  if (source && existsSync(source)) return { url: source.href, format: 'module', shortCircuit: true };
  return next(specifier, context);
}

export function load(url, context, next) {
  if (!url.startsWith('file:') || !url.endsWith('.ts')) return next(url, context);
  const { code } = transformSync(readFileSync(new URL(url), 'utf8'), {
    ...swc,
    swcrc: false,
    configFile: false,
    filename: fileURLToPath(url),
    module: { type: 'nodenext' },
  });
  return { format: 'module', source: code, shortCircuit: true };
}
