import { Command, InvalidArgumentError } from 'commander';
import { operate, print } from './operate.js';

export const rebuild = new Command('rebuild')
  .description(
    'fills a new generation of a view while the old one serves, compares both, and switches if they are equal',
  )
  .argument('<view>', 'name of the view, such as records')
  .action(async (view: string) => {
    const result = await operate('rebuild', { view });
    print(result);
    if (result.flipped !== true) process.exitCode = 1;
  });

export const rollback = new Command('rollback')
  .description('lets readers see another generation of a view that is level')
  .argument('<view>', 'name of the view')
  .argument('<generation>', 'number of the generation', numberOf)
  .action(async (view: string, generation: string) => print(await operate('rollback', { view, generation })));

export const drop = new Command('drop')
  .description(
    'removes a generation that does not serve; a rebuild keeps the former one until then, for a rollback',
  )
  .argument('<view>', 'name of the view')
  .argument('<generation>', 'number of the generation', numberOf)
  .action(async (view: string, generation: string) => print(await operate('drop', { view, generation })));

export const retry = new Command('retry')
  .description('folds the parked events of a view again')
  .argument('<view>', 'name of the view')
  .action(async (view: string) => print(await operate('retry', { view })));

export const retire = new Command('retire')
  .description(
    'drops a view that this program no longer has, which would otherwise hold up every destruction',
  )
  .argument('<view>', 'name of the view')
  .action(async (view: string) => print(await operate('retire', { view })));

function numberOf(text: string): string {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Give the number of a generation.');
  return text;
}
