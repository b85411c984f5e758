import type { JsonObject } from '#engine/json.js';
import type { Operations } from './operation.js';
import { callOperation, NobodyListens } from './operator-client.js';

/**
 * Carries out an operation in the process that owns the data folder; where there is none, here.
 * @param open opens the folder in this process
 */
export async function askOperator(
  socketPath: string,
  name: string,
  args: Readonly<Record<string, string>>,
  progress: (line: string) => void,
  open: () => Promise<{ operations: Operations; close(): Promise<void> }>,
): Promise<JsonObject> {
  try {
    return await callOperation(socketPath, name, args, progress);
  } catch (error) {
    if (!(error instanceof NobodyListens)) throw error;
  }
  const { operations, close } = await open();
  try {
    return await operations[name]!(args, progress);
  } finally {
    await close();
  }
}
