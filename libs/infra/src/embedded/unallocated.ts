import Database from 'better-sqlite3';
import { closeSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';

const CHUNK_BYTES = 4 * 1024 * 1024;
const HEADER_BYTES = 100;
/** Above this count the first byte of an overflow page (the next page's number) could be taken for a page type. */
const MAX_PAGES = 0x02000000;
/** First byte of a b-tree page -> bytes of its header. */
const B_TREE_HEADERS: Readonly<Record<number, number>> = { 2: 12, 5: 12, 10: 8, 13: 8 };

/**
 * Overwrites with zeros what the pages of a closed SQLite file hold between their cell pointers and their cells.
 *
 * `secure_delete` clears deleted cells and freed pages, but a page that is rebuilt while the tree is balanced keeps
 * copies of the cells that moved to its neighbours, and nothing clears those when the cells themselves go. The bytes
 * in question are never read (https://sqlite.org/fileformat2.html, section 1.6), so a crash in between does no harm.
 *
 * @throws SqliteError (`SQLITE_BUSY`) while anybody else has the file open
 */
export function clearUnallocatedBytes(path: string): void {
  const lock = new Database(path, { fileMustExist: true, timeout: 500 });
  let file: number | undefined;
  try {
    lock.pragma('locking_mode = EXCLUSIVE');
    lock.exec('BEGIN EXCLUSIVE');
    file = openSync(path, 'r+');
    clearPages(file);
    fsyncSync(file);
  } finally {
    lock.close();
    // Last of all: closing any descriptor of a file drops every lock that the process has on it.
    if (file !== undefined) closeSync(file);
  }
}

function clearPages(file: number): void {
  const pageSize = readPageSize(file);
  const chunk = Buffer.alloc(CHUNK_BYTES);
  for (let at = 0; ;) {
    const read = readSync(file, chunk, 0, CHUNK_BYTES, at);
    if (read === 0) return;
    if (read % pageSize !== 0 || at / pageSize >= MAX_PAGES)
      throw new Error('not a file that can be scrubbed');
    for (let page = 0; page < read; page += pageSize) {
      const [start, end] = unallocated(chunk.subarray(page, page + pageSize), at + page === 0);
      if (isZero(chunk.subarray(page + start, page + end))) continue;
      chunk.fill(0, page + start, page + end);
      writeSync(file, chunk, page + start, end - start, at + page + start);
    }
    at += read;
  }
}

function readPageSize(file: number): number {
  const header = Buffer.alloc(HEADER_BYTES);
  readSync(file, header, 0, HEADER_BYTES, 0);
  const isSqlite = header.toString('latin1', 0, 16) === 'SQLite format 3\0';
  // With auto-vacuum some pages are pointer maps, whose first byte looks like a page type.
  const autoVacuum = header.readUInt32BE(52) !== 0;
  if (!isSqlite || autoVacuum) throw new Error('not a file that can be scrubbed');
  const size = header.readUInt16BE(16);
  return size === 1 ? 65536 : size;
}

function unallocated(page: Buffer, isFirst: boolean): [start: number, end: number] {
  const at = isFirst ? HEADER_BYTES : 0;
  const header = B_TREE_HEADERS[page[at]!];
  if (header === undefined) return [0, 0];
  const start = at + header + 2 * page.readUInt16BE(at + 3);
  const end = page.readUInt16BE(at + 5) || 65536;
  if (start > end || end > page.length)
    throw new Error('the file has a malformed page; it was left as it is');
  return [start, end];
}

const ZEROS = Buffer.alloc(65536);

function isZero(bytes: Buffer): boolean {
  return bytes.equals(ZEROS.subarray(0, bytes.length));
}
