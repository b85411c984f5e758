import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RequestMethod, type Type } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import { getMetadataStorage } from 'class-validator';
import { ACCESS } from '../../apps/api/src/auth/access.js';
import { AppModule } from '../../apps/api/src/app.module.js';
import { AfterQuery } from '../../apps/api/src/lists/page-query.js';
import { problemTexts } from '../../apps/api/src/http/problem-texts.js';
import { differences, openApiDocument, printed } from '../../apps/api/src/openapi/document.js';
import { createLogger } from '../../apps/api/src/server/logger.js';
import { Metrics } from '../../apps/api/src/server/metrics.js';
import { startApi } from '../builders/api.js';

interface Route {
  readonly name: string;
  readonly method: 'get' | 'post';
  readonly path: string;
  readonly controller: Type;
  readonly handler: (...args: unknown[]) => unknown;
  readonly takes: readonly unknown[];
}

let document: OpenAPIObject;
let routes: Route[];
beforeAll(async () => {
  document = await openApiDocument();
  const api = await startApi();
  const { controllers } = AppModule.over(api.kernel, createLogger('silent'), new Metrics());
  await api.stop();
  routes = (controllers as Type[]).flatMap(routesOf);
});

function routesOf(controller: Type): Route[] {
  const base: string = Reflect.getMetadata('path', controller);
  const methods = Object.getOwnPropertyNames(controller.prototype);
  return methods.flatMap((name) => {
    const handler = controller.prototype[name];
    const verb: RequestMethod | undefined = Reflect.getMetadata('method', handler);
    if (verb === undefined) return [];
    const path = `/${[base, Reflect.getMetadata('path', handler)].join('/')}`
      .replace(/\/+/g, '/')
      .replace(/(.)\/$/, '$1')
      .replace(/:(\w+)/g, '{$1}');
    const method = verb === RequestMethod.GET ? 'get' : 'post';
    const takes: unknown[] = Reflect.getMetadata('design:paramtypes', controller.prototype, name) ?? [];
    return [{ name: `${method} ${path}`, method, path, controller, handler, takes } satisfies Route];
  });
}

function operationOf({ path, method }: Route) {
  return document.paths[path]?.[method];
}

it('every route says who may call it', () => {
  expect(routes.length).toBeGreaterThan(40);
  const open = routes.filter(
    ({ handler, controller }) =>
      !Reflect.getMetadata(ACCESS, handler) && !Reflect.getMetadata(ACCESS, controller),
  );
  expect(open.map(({ name }) => name)).toEqual([]);
});

it('every route stands in the document, with a summary and the schema of its answer', () => {
  const bare = routes.filter((route) => {
    const operation = operationOf(route);
    if (!operation?.summary) return true;
    const successes = Object.entries(operation.responses).filter(([status]) => status.startsWith('2'));
    return !successes.some(
      ([status, answer]) =>
        status === '204' ||
        ('content' in answer! &&
          Object.values(answer.content ?? {}).every(({ schema }) => schema !== undefined)),
    );
  });
  expect(bare.map(({ name }) => name)).toEqual([]);
});

it('every operation has an id of its own, and every reference leads somewhere', () => {
  const ids = routes.map((route) => operationOf(route)?.operationId);
  expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
  const schemas = Object.keys(document.components?.schemas ?? {});
  const named = [...printed(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name!);
  expect(named.filter((name) => !schemas.includes(name))).toEqual([]);
});

it('every route that is not for everybody asks for a token', () => {
  const unsecured = routes.filter((route) => {
    const access =
      Reflect.getMetadata(ACCESS, route.handler) ?? Reflect.getMetadata(ACCESS, route.controller);
    return !access.public && !operationOf(route)?.security?.length;
  });
  expect(unsecured.map(({ name }) => name)).toEqual([]);
});

it('every reading that takes a query takes the position of one’s own write', () => {
  const queries = routes.filter(({ method }) => method === 'get').flatMap(({ takes }) => takes.filter(isDto));
  expect(queries.length).toBeGreaterThan(15);
  const without = queries.filter((each) => each !== AfterQuery && !(each.prototype instanceof AfterQuery));
  expect(without.map(({ name }) => name)).toEqual([]);
});

it('every command names its Idempotency-Key and, where it is answered with a revision, If-Match and ETag', () => {
  const commands = routes.filter(
    (route) =>
      route.method === 'post' && operationOf(route)?.security?.length && !route.path.startsWith('/v1/demo/'),
  );
  const headersOf = (route: Route) =>
    (operationOf(route)?.parameters ?? []).flatMap((each) =>
      'name' in each && each.in === 'header' ? [each.name] : [],
    );
  const tagged = (route: Route) =>
    Object.values(operationOf(route)?.responses ?? {}).some((each) => each && 'headers' in each);
  expect(commands.filter((route) => !headersOf(route).includes('Idempotency-Key'))).toEqual([]);
  expect(commands.filter((route) => headersOf(route).includes('If-Match') !== tagged(route))).toEqual([]);
  const untagged = commands.filter((route) => !tagged(route)).map(({ path }) => path);
  expect(untagged.sort()).toEqual(['/v1/countersignatures', '/v1/me/password', '/v1/reviews']);
});

it('what is wrong with a member of a body or query is said in both languages', () => {
  const classes = new Set(routes.flatMap(({ takes }) => takes).filter(isDto));
  for (const each of classes) {
    for (const { propertyName } of metadataOf(each)) {
      const nested = typeOf(each, propertyName);
      if (isDto(nested)) classes.add(nested);
    }
  }
  expect(classes.size).toBeGreaterThan(20);
  const inBoth = (message: unknown) => {
    const [en = '', zh = ''] = String(message).split('\u001f');
    return /^Give .+\.$/s.test(en) && /^应为.+。$/s.test(zh);
  };
  const faulty = [...classes].flatMap((each) =>
    metadataOf(each)
      .filter(({ type, message }) => type === 'customValidation' && !inBoth(message))
      .map(({ propertyName }) => `${each.name}.${propertyName}`),
  );
  expect(faulty).toEqual([]);
});

function metadataOf(dto: Type) {
  return getMetadataStorage().getTargetValidationMetadatas(dto, '', false, false);
}

function isDto(type: unknown): type is Type {
  return typeof type === 'function' && metadataOf(type as Type).length > 0;
}

function typeOf(dto: Type, property: string): unknown {
  return Reflect.getMetadata('design:type', dto.prototype, property);
}

it('every problem that the code names stands in the catalogue', () => {
  const root = join(__dirname, '../../apps/api/src');
  const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  const codes = sources.flatMap((name) =>
    [...readFileSync(join(root, name), 'utf8').matchAll(/(?:Problem|unauthorized)\(\s*'([a-z.-]+)'/g)].map(
      ([, code]) => code!,
    ),
  );
  expect(new Set(codes).size).toBeGreaterThan(20);
  expect(codes.filter((code) => !Object.hasOwn(problemTexts, code))).toEqual([]);
});

it('the printed document is sorted and always the same', async () => {
  const text = printed(document);
  expect(printed(JSON.parse(text))).toBe(text);
  expect(printed(await openApiDocument())).toBe(text);
  expect(Object.keys(JSON.parse(text).paths)).toEqual(Object.keys(document.paths).sort());
});

it.each([
  [{ a: 1, b: [1] }, { b: [1], a: 1 }, []],
  [{ a: { '/v1': 1 } }, { a: { '/v1': 2 } }, ['/a/~1v1']],
  [{ a: 1 }, { b: { c: 1 } }, ['/a', '/b']],
  [{ a: [1, 2] }, { a: [2, 1] }, ['/a']],
])('a check of %j against %j names %j', (one, other, paths) => {
  expect(differences(one, other)).toEqual(paths);
});
