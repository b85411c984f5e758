import { Command, CommanderError } from 'commander';
import { drop, rebuild, retire, retry, rollback } from './views.js';
import { resetPassword } from './reset-password.js';
import { dropMasterKey, rotateMasterKey, rotateSigningKey } from './rotate.js';
import { status } from './status.js';
import { verify } from './verify.js';

const program = new Command('dossier')
  .description(
    'Operates the records engine. Reaches a running API through the data folder, else opens the folder itself.',
  )
  .addHelpText(
    'after',
    '\nSettings come from the environment, as for the API: DATA_DIR (default ./data) and others, see docs/how-to/settings.md.' +
      '\nExit codes: 0 done, 1 not done, 2 wrong usage.',
  )
  .exitOverride();

const commands = [
  status,
  rebuild,
  rollback,
  drop,
  retry,
  retire,
  verify,
  resetPassword,
  rotateMasterKey,
  dropMasterKey,
  rotateSigningKey,
];
for (const command of commands) {
  program.addCommand(command.exitOverride());
}

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else {
    process.stderr.write(`dossier: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
