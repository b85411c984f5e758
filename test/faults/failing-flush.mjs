// Handed to a program with `node --import`: from when the file named by FLUSH_FAILS_ONCE_THERE_IS exists, no commit of
// its event log reaches the disk. SQLite reports it as it reports a failed fsync.
import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';

const trigger = process.env['FLUSH_FAILS_ONCE_THERE_IS'];
const prepare = Database.prototype.prepare;

Database.prototype.prepare = function (sql) {
  const statement = prepare.call(this, sql);
  if (sql !== 'COMMIT' || !this.name.endsWith('log.db')) return statement;
  const run = statement.run.bind(statement);
  statement.run = () => {
    if (existsSync(trigger)) throw new Database.SqliteError('disk I/O error', 'SQLITE_IOERR_FSYNC');
    return run();
  };
  return statement;
};
