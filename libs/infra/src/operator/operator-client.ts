import { request } from 'node:http';
import { createInterface } from 'node:readline';
import type { JsonObject } from '#engine/json.js';
import { OperationFailed } from './operation.js';
import { socketAddress } from './socket-address.js';

/** Nobody listens on the socket: no process owns the folder, or it is just starting. */
export class NobodyListens extends Error {
  override readonly name = 'NobodyListens';
}

/**
 * Asks the process that owns a data folder to carry out an operation.
 * @param onProgress told each line of progress
 * @throws NobodyListens; OperationFailed with the operator's message
 */
export function callOperation(
  socketPath: string,
  name: string,
  args: Readonly<Record<string, string>>,
  onProgress: (line: string) => void,
): Promise<JsonObject> {
  return new Promise((resolve, reject) => {
    const call = request(
      { socketPath: socketAddress(socketPath), path: `/${name}`, method: 'POST' },
      (response) => {
        let last: { result?: JsonObject; error?: string } = {};
        const lines = createInterface({ input: response });
        lines.on('line', (line) => {
          const content = JSON.parse(line) as { progress?: string; result?: JsonObject; error?: string };
          if (content.progress === undefined) last = content;
          else onProgress(content.progress);
        });
        lines.on('close', () => {
          if (last.result) resolve(last.result);
          else reject(new OperationFailed(last.error ?? 'the process ended before it had answered'));
        });
      },
    );
    call.on('error', (error: NodeJS.ErrnoException) => {
      const absent = error.code === 'ENOENT' || error.code === 'ECONNREFUSED';
      reject(absent ? new NobodyListens(error.message) : error);
    });
    call.end(JSON.stringify(args));
  });
}
