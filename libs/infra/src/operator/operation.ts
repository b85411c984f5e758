import type { JsonObject } from '#engine/json.js';

/** Something that an operator asks for. Runs inside the process that owns the data folder. */
export type Operation = (
  args: Readonly<Record<string, string>>,
  /** Told about long work, a line at a time. */
  progress: (line: string) => void,
) => Promise<JsonObject>;

export type Operations = Readonly<Record<string, Operation>>;

/** An operation that could not be done; its message is for the operator. */
export class OperationFailed extends Error {
  override readonly name = 'OperationFailed';
}
