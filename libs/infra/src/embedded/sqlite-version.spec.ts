import { assertSqliteVersion } from './sqlite-version.js';

describe('the SQLite version', () => {
  it.each(['3.51.3', '3.51.10', '3.52.0', '3.100.0', '4.0.0'])('%s is accepted', (version) => {
    expect(() => assertSqliteVersion(version)).not.toThrow();
  });

  it.each(['3.51.2', '3.51', '3.9.9', '2.99.99', '', 'unknown'])('%j is refused', (version) => {
    expect(() => assertSqliteVersion(version)).toThrow(/too old: 3\.51\.3 or newer is needed/);
  });
});
