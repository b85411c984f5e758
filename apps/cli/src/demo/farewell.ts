import type { PasswordFile } from './passwords.js';
import type { Story } from './story.js';
import { ADMINISTRATOR, TEAM } from './team.js';

/** Where everything is, how to sign in as whom, and what to try first. */
export function farewell(api: string, folder: string, { passwords, notes }: Story): string {
  const token =
    `TOKEN=$(curl -s ${api}/v1/sessions -H 'content-type: application/json'` +
    ` -d '{"staff":"manager","password":"${passwords.of('manager')[0]}"}'` +
    ` | sed 's/.*"token":"\\([^"]*\\)".*/\\1/')`;
  const get = (path: string) => `curl -s -H "authorization: Bearer $TOKEN" '${api}/v1/records/${path}'`;
  return `
The API answers at ${api}, its documentation is at ${api}/docs

${table(passwords)}

Worth trying: sign in as the manager, open a record for a purpose, see what is left of a destroyed one.

${token}
${get(`${notes.idOf('huaxing')}?open=phone,contacts&purpose=supervision`)}
${get(`${notes.idOf('VALON')}/history`)}

Everything is in ${folder}: remove it when you have seen enough.
`;
}

function table(passwords: PasswordFile): string {
  const rows = [
    ['name', 'role', 'sign in as', 'password'],
    ...TEAM.map(({ id, name, role }) => [name, role, id, passwords.of(id)[0]!]),
    ['-', 'administrator', ADMINISTRATOR, passwords.of(ADMINISTRATOR)[0]!],
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => widthOf(row[column]!))));
  return rows
    .map(
      (row) =>
        '  ' +
        row.map((cell, i) => cell + ' '.repeat(Math.max(0, (widths[i] ?? 0) - widthOf(cell)))).join('   '),
    )
    .join('\n');
}

/** Columns on a terminal: Chinese characters take two. */
function widthOf(text: string): number {
  return [...text].reduce((width, letter) => width + (letter > '\u2e7f' ? 2 : 1), 0);
}
