import { Command } from 'commander';
import { operate, print } from './operate.js';

export const resetPassword = new Command('reset-password')
  .description('issues a one-time password for a member of staff; it is shown only now')
  .argument('<staff>', 'staff id')
  .action(async (staff: string) => print(await operate('reset-password', { staff })));
