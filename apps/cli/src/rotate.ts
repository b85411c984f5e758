import { Command } from 'commander';
import { operate, print } from './operate.js';

export const rotateMasterKey = new Command('rotate-master-key')
  .description('makes a new master key and wraps every data key with it; sealed data stays as it is')
  .action(async () => print(await operate('rotate-master-key')));

export const dropMasterKey = new Command('drop-master-key')
  .description(
    'takes a former master key out of the key file; backups of the vault that it wraps become unreadable',
  )
  .argument('<key>', 'id of the key, as in the key file')
  .action(async (key: string) => print(await operate('drop-master-key', { key })));

export const rotateSigningKey = new Command('rotate-signing-key')
  .description('signs tokens with a new key from now on; tokens issued before stay good until they expire')
  .action(async () => print(await operate('rotate-signing-key')));
