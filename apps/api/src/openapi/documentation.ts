import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, getSchemaPath, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { ETAG, IDEMPOTENCY_KEY, IF_MATCH } from './headers.js';
import { ProblemAnswer } from './problem-answer.js';

const DESCRIPTION = `Staff collect, review, file, lend and destroy the files of key customers; every change is an event.

- Every answer that is no success is \`application/problem+json\` with a stable \`code\`; \`/problems/<code>\` explains it.
- Send \`Idempotency-Key\` with a command to be able to send it again safely, and \`If-Match\` with the ETag you read.
- An answer to a command carries \`position\`; pass it as \`?after=\` to a list to read your own write.
- Texts come in English or Chinese by \`Accept-Language\`.`;

/** The OpenAPI document of the routes. */
export function describeApi(app: INestApplication): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setTitle('Dossier')
    .setDescription(DESCRIPTION)
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addBearerAuth();
  const document = SwaggerModule.createDocument(app, builder.build(), {
    operationIdFactory: (_controller, method) => method,
    extraModels: [ProblemAnswer],
  });
  for (const operation of operationsOf(document)) operation.responses['default'] = PROBLEM;
  for (const command of commandsOf(document)) describeHeaders(command, document);
  return document;
}

const PROBLEM = {
  description: 'Whatever is no success; `code` says what it is',
  content: { 'application/problem+json': { schema: { $ref: getSchemaPath(ProblemAnswer) } } },
};

function operationsOf({ paths }: OpenAPIObject) {
  return Object.values(paths).flatMap(({ get, post }) => [get, post].filter((each) => each !== undefined));
}

type Operation = ReturnType<typeof operationsOf>[number];

/** What somebody who is known sends. Moving the clock of a demo is no command. */
function commandsOf({ paths }: OpenAPIObject): Operation[] {
  return Object.entries(paths).flatMap(([path, { post }]) =>
    post?.security?.length && !path.startsWith('/v1/demo/') ? [post] : [],
  );
}

/** Every command can be sent again; one that is answered with its place in a stream has an ETag. */
function describeHeaders(command: Operation, document: OpenAPIObject): void {
  const placed = Object.values(command.responses).filter(
    (response): response is Answer =>
      response !== undefined && 'content' in response && isPlace(response, document),
  );
  for (const response of placed) response.headers = { ETag: ETAG };
  const headers = placed.length > 0 ? [IDEMPOTENCY_KEY, IF_MATCH] : [IDEMPOTENCY_KEY];
  command.parameters = [...(command.parameters ?? []), ...headers];
}

type Answer = Extract<Operation['responses'][string], { description: string; content?: unknown }>;

function isPlace({ content = {} }: Answer, { components }: OpenAPIObject): boolean {
  return Object.values(content).some(({ schema }) => {
    const name = schema && '$ref' in schema ? schema.$ref.split('/').at(-1)! : '';
    const found = components?.schemas?.[name];
    const members = found && 'properties' in found ? Object.keys(found.properties ?? {}) : [];
    return ['stream', 'revision', 'position'].every((member) => members.includes(member));
  });
}

/** Serves the document and its page at /docs, for anybody: it holds nothing of any customer. */
export function setUpDocumentation(app: INestApplication): void {
  SwaggerModule.setup('docs', app, () => describeApi(app), { jsonDocumentUrl: 'docs/openapi.json' });
}
