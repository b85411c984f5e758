import { relative } from 'node:path';

/** Longest address of a socket that all systems take, in bytes: `sun_path` of macOS, less its closing zero. */
const LONGEST = 103;

/**
 * The address of a socket file: the path from the working folder where that is shorter, because systems cut off what is
 * too long, and Node says nothing.
 * @throws Error that says what to do where both are too long
 */
export function socketAddress(path: string): string {
  const near = relative(process.cwd(), path);
  const address = near.length < path.length ? near : path;
  if (Buffer.byteLength(address) <= LONGEST) return address;
  throw new Error(
    `the path ${path} is too long for a socket: start nearer to it, or choose a shorter DATA_DIR`,
  );
}
