import { Command } from 'commander';
import { operate, print } from './operate.js';

export const rotateMasterKey = new Command('rotate-master-key')
  .description('makes a new master key and wraps every data key with it; sealed data stays as it is')
  .action(async () => print(await operate('rotate-master-key')));

export const rotateSigningKey = new Command('rotate-signing-key')
  .description('signs tokens with a new key from now on; tokens issued before stay good until they expire')
  .action(async () => print(await operate('rotate-signing-key')));
