import { chmodSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { OperationFailed, type Operations } from './operation.js';
import { socketAddress } from './socket-address.js';

/** Name of the socket in the data folder. */
export const SOCKET_NAME = 'operator.sock';

const MAX_ARGUMENTS = 16 * 1024;

/**
 * Answers operations on a socket in the data folder. Whoever may open the file may ask: its permissions are the right.
 * `POST /<operation>` with a JSON object of arguments; the answer is one JSON object a line: any number of
 * `{"progress"}`, then `{"result"}` or `{"error"}`.
 *
 * @returns stops listening
 */
export async function serveOperations(
  socketPath: string,
  operations: Operations,
): Promise<() => Promise<void>> {
  const address = socketAddress(socketPath);
  // Left behind by a process that was killed; the lock of the folder says that nobody else is using it.
  rmSync(socketPath, { force: true });
  const server = createServer((request, response) => void answer(request, response, operations));
  server.listen(address);
  await once(server, 'listening');
  chmodSync(socketPath, 0o600);
  return async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  operations: Operations,
): Promise<void> {
  const line = (content: object) => response.write(JSON.stringify(content) + '\n');
  try {
    const name = (request.url ?? '/').slice(1);
    const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
    if (!operation) throw new OperationFailed(`there is no operation ${name}`);
    const args = JSON.parse(await bodyOf(request)) as Record<string, string>;
    line({ result: await operation(args, (progress) => line({ progress })) });
  } catch (error) {
    line({ error: error instanceof Error ? error.message : 'unknown error' });
  } finally {
    response.end();
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > MAX_ARGUMENTS) throw new OperationFailed('the arguments are too long');
  }
  return text === '' ? '{}' : text;
}
