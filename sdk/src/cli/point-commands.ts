import type { Command } from 'commander';
import type { PostroadClient } from '../client.ts';
import type { Output } from './output.ts';
import type { DevicesOptions } from './point-devices.ts';
import type { NearOptions } from './point-near.ts';

type Ports = {
  readonly output: () => Output;
  readonly clientFor: (role: string | undefined) => Promise<PostroadClient>;
  readonly limit: (text: string) => number;
};

/** `postroad point ...`: counters of a point network. */
export function addPointCommands(program: Command, { output, clientFor, limit }: Ports): void {
  const point = program.command('point').description('counters where people bring and fetch parcels');
  point
    .command('list')
    .description('your points')
    .option('--state <state>', 'e.g. applied, trial, active, paused')
    .option('--outlet <code>', 'your own number of it')
    .option('--limit <n>', 'at most so many', limit, 20)
    .action(async (given: { state?: string; outlet?: string; limit: number }) => {
      const { listPoints } = await import('./point.ts');
      const { state, outlet: code, limit: most } = given;
      await listPoints(await clientFor('point_staff'), output(), { state, code, limit: most });
    });
  point
    .command('show')
    .description('one counter: where it is, what it takes, when it is open')
    .argument('<id>', 'pnt_...')
    .action(async (id: string) => {
      const { showPoint } = await import('./point.ts');
      await showPoint(await clientFor('point_staff'), output(), id);
    });
  point
    .command('near')
    .description('points near LAT,LON, a postcode or a place, or that bear these words; -- before a minus')
    .argument('<where>', 'e.g. 30.27,120.15 or 10001 or a name')
    .option('--country <code>', 'ISO 3166-1; where a postcode lies')
    .option('--service <service>', 'collect, return or mail')
    .option('--open-now', 'only those that are open', false)
    .option('--best', 'by distance and quality instead of distance alone', false)
    .option('--limit <n>', 'at most so many, up to 50', limit, 10)
    .action(async (where: string, given: NearOptions) => {
      const { listPointsNear } = await import('./point-near.ts');
      await listPointsNear(await clientFor('merchant_app'), output(), where, given);
    });
  point
    .command('feed')
    .description('send a CSV file of outlets and wait until it is read; exit 1 when a line was refused')
    .argument('<file>', 'columns as in the contract of sendOutletFeed')
    .option('--mode <mode>', 'delta, or full: outlets that are not named are gone', 'delta')
    .action(async (file: string, given: { mode: string }) => {
      const { feedOutlets } = await import('./point.ts');
      process.exitCode = await feedOutlets(await clientFor('point_staff'), output(), file, given.mode);
    });
  addDevicesCommand(point, { output, clientFor, limit });
  addStatementCommand(point, output, clientFor);
}

function addDevicesCommand(point: Command, { output, clientFor, limit }: Ports): void {
  point
    .command('devices')
    .description('devices that your people log in with; --block one that was lost')
    .option('--point <id>', 'those whose last person works there (pnt_...)')
    .option('--block <id>', 'ends its log-ins at once (dev_...); needs --reason')
    .option('--reason <text>', 'why it is blocked')
    .option('--unblock <id>', 'lets people log in with it again (dev_...)')
    .option('--limit <n>', 'at most so many', limit, 50)
    .action(async (given: DevicesOptions) => {
      const { showDevices } = await import('./point-devices.ts');
      await showDevices(await clientFor('point_staff'), output(), given);
    });
}

function addStatementCommand(point: Command, output: Ports['output'], clientFor: Ports['clientFor']): void {
  point
    .command('tariff')
    .description('what a point network is paid by, tier by tier: in force, and what comes next')
    .option('--network <id>', 'org_..., for the network staff; yours without')
    .action(async (given: { network?: string }) => {
      const { showPointTariff } = await import('./point-tariff.ts');
      await showPointTariff(await clientFor('point_staff'), output(), given.network);
    });
  point
    .command('statement')
    .description(
      'a weekly statement of a point network; --verify works it out again, exit 1 if it does not add up',
    )
    .argument('<source>', 'pst_..., or a file that --save wrote (needs no server)')
    .option('--verify', 'recompute every line and sum from the published rules', false)
    .option('--save <file>', 'write all that the check needs')
    .option(
      '--events <file>',
      'with --verify: events of GET /v1/events, one a line, to compare the lines with',
    )
    .action(async (source: string, given: { verify: boolean; save?: string; events?: string }) => {
      const { showPointStatement } = await import('./point-statement.ts');
      const { verify, save, events } = given;
      const connected = () => clientFor('point_staff');
      process.exitCode = await showPointStatement(connected, output(), source, { verify, save, events });
    });
}

/** `postroad shelf ...`: what waits at points. */
export function addShelfCommands(program: Command, { output, clientFor, limit }: Ports): void {
  const shelf = program.command('shelf').description('parcels that wait at points');

  shelf
    .command('list')
    .description('parcels of your points, or announced by you, newest first')
    .option('--point <id>', 'of one point (pnt_...)')
    .option('--state <state>', 'e.g. announced, stored, returning')
    .option('--overdue', 'those alone whose free time is over', false)
    .option('--limit <n>', 'at most so many', limit, 50)
    .action(async (given: { point?: string; state?: string; overdue: boolean; limit: number }) => {
      const { listShelf } = await import('./shelf.ts');
      const { point, state, overdue, limit: most } = given;
      await listShelf(await clientFor('point_staff'), output(), { point, state, overdue, limit: most });
    });

  shelf
    .command('store')
    .description('puts a parcel on the shelf')
    .argument('<point>', 'pnt_...')
    .argument('<number>', 'as it was announced')
    .argument('<place>', 'shelf and row like 15-1, or a compartment')
    .action(async (point: string, number: string, place: string) => {
      const { storeOnShelf } = await import('./shelf.ts');
      await storeOnShelf(await clientFor('point_staff'), output(), { point, number, place });
    });

  shelf
    .command('hand-out')
    .description('hands a parcel to its recipient by his code')
    .argument('<id>', 'spc_...')
    .argument('<code>', 'what the recipient says')
    .option('--fee <what>', 'collected or waived, where storage is due')
    .action(async (id: string, code: string, given: { fee?: string }) => {
      const { handOutFromShelf } = await import('./shelf.ts');
      await handOutFromShelf(await clientFor('point_staff'), output(), { id, code, fee: given.fee });
    });

  shelf
    .command('open-cash')
    .description('goods that were handed out while nothing was said of their money')
    .option('--point <id>', 'of one point (pnt_...)')
    .option('--limit <n>', 'at most so many', limit, 50)
    .action(async (given: { point?: string; limit: number }) => {
      const { listOpenCash } = await import('./shelf.ts');
      const { point, limit: most } = given;
      await listOpenCash(await clientFor('point_staff'), output(), { point, limit: most });
    });

  shelf
    .command('record-cash')
    .description('record afterwards that the goods of a parcel were paid for')
    .argument('<id>', 'spc_...')
    .option('--paid-by <method>', 'cash or card', 'cash')
    .action(async (id: string, given: { paidBy: string }) => {
      const { recordCash } = await import('./shelf.ts');
      await recordCash(await clientFor('point_staff'), output(), id, given.paidBy);
    });
}
