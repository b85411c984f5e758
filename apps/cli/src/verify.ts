import { Command } from 'commander';
import { operate, print } from './operate.js';

export const verify = new Command('verify')
  .description('reads the whole log and checks the hash chain of every stream')
  .action(async () => print(await operate('verify')));
