import type { Command } from 'commander';
import type { PostroadClient } from '../client.ts';
import type { Output } from './output.ts';

type Ports = {
  readonly output: () => Output;
  readonly clientFor: (role: string | undefined) => Promise<PostroadClient>;
  readonly limit: (text: string) => number;
};

/** `postroad cod ...`: goods that counters were paid for, on their way to who sent them. */
export function addCodCommands(program: Command, { output, clientFor, limit }: Ports): void {
  const cod = program.command('cod').description('goods that counters were paid for, owed on to you');
  cod
    .command('list')
    .description('weekly statements, newest first')
    .option('--state <state>', 'carried_over, payout_instructed, paid')
    .option('--limit <n>', 'at most so many', limit, 20)
    .action(async (given: { state?: string; limit: number }) => {
      const { listCodStatements } = await import('./cod-statement.ts');
      const { state, limit: most } = given;
      await listCodStatements(await clientFor('marketplace_staff'), output(), { state, limit: most });
    });
  cod
    .command('open')
    .description('what waits for the next statement, parcel by parcel')
    .option('--limit <n>', 'at most so many', limit, 50)
    .action(async (given: { limit: number }) => {
      const { listOpenCodLines } = await import('./cod-statement.ts');
      await listOpenCodLines(await clientFor('marketplace_staff'), output(), given.limit);
    });
  cod
    .command('show')
    .description('the parcels of a week; --verify works it out again, exit 1 if it does not add up')
    .argument('<id>', 'cst_...')
    .option('--verify', 'recompute every fee and sum from the published rules', false)
    .action(async (id: string, given: { verify: boolean }) => {
      const { showCodStatement } = await import('./cod-statement.ts');
      const client = await clientFor('marketplace_staff');
      process.exitCode = await showCodStatement(client, output(), id, given.verify);
    });
}
