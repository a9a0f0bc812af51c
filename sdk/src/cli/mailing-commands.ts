import type { Command } from 'commander';
import type { PostroadClient } from '../client.ts';
import type { DoorFreightOptions } from './door-freight.ts';
import type { IntakeOptions, QuoteOptions } from './mailing.ts';
import type { Output } from './output.ts';

type Ports = {
  readonly output: () => Output;
  readonly clientFor: (role: string | undefined) => Promise<PostroadClient>;
  readonly limit: (text: string) => number;
};

/** `postroad mailing ...`: parcels that persons send. */
export function addMailingCommands(program: Command, { output, clientFor, limit }: Ports): void {
  const mailing = program.command('mailing').description('parcels that persons send');
  mailing
    .command('quote')
    .description('what takes a person’s parcel, at what price and by when; --why for the lines that do not')
    .requiredOption('--from <place>', 'country and postcode, e.g. CN,322000')
    .requiredOption('--to <place>', 'country and postcode')
    .requiredOption('--weight <grams>', 'in grams', limit)
    .option('--goods-class <class>', 'normal, battery_contained, liquid, ...', 'normal')
    .option('--why', 'the lines that do not take it, with their reasons', false)
    .action(async (given: QuoteOptions) => {
      const { quoteMailing } = await import('./mailing.ts');
      await quoteMailing(await clientFor('merchant_app'), output(), given);
    });
  mailing
    .command('order')
    .description('order a mailing; prints its id and the code for the counter')
    .argument('<file>', 'the body of POST /v1/mailings as JSON; - reads standard input')
    .action(async (file: string) => {
      const { orderMailing } = await import('./mailing.ts');
      await orderMailing(await clientFor('merchant_app'), output(), file);
    });
  mailing
    .command('list')
    .description('mailings, newest first')
    .option('--state <state>', 'placed, accepted, in_transit, delivered, returned, lost, closed')
    .option('--limit <n>', 'at most so many', limit, 20)
    .action(async (given: { state?: string; limit: number }) => {
      const { listMailings } = await import('./mailing.ts');
      await listMailings(await clientFor('merchant_app'), output(), {
        state: given.state,
        limit: given.limit,
      });
    });
  for (const [name, description] of [
    ['show', 'one mailing: where it stands, its code or receipt, and how it went'],
    ['cancel', 'cancel a mailing that no counter has yet; what was held is released'],
  ] as const) {
    mailing
      .command(name)
      .description(description)
      .argument('<id>', 'mlg_...')
      .action(async (id: string) => {
        const { cancelMailing, showMailing } = await import('./mailing.ts');
        const act = name === 'show' ? showMailing : cancelMailing;
        await act(await clientFor('merchant_app'), output(), id);
      });
  }
  mailing
    .command('door-freight')
    .description('what your couriers took at doors by day, and what you owe of it; --lines for each parcel')
    .option('--courier <id>', 'of one courier (cou_...)')
    .option('--day <date>', 'YYYY-MM-DD')
    .option('--lines', 'each parcel', false)
    .option('--limit <n>', 'at most so many', limit, 50)
    .action(async (given: DoorFreightOptions) => {
      const { listDoorFreight } = await import('./door-freight.ts');
      await listDoorFreight(await clientFor('carrier'), output(), given);
    });
  addIntakeCommand(mailing, output, clientFor, limit);
}

function addIntakeCommand(
  mailing: Command,
  output: Ports['output'],
  clientFor: Ports['clientFor'],
  limit: Ports['limit'],
): void {
  mailing
    .command('intake')
    .description(
      'take a parcel in at a counter by its code; without --yes only what it costs and what is to be done',
    )
    .argument('<code>', 'as typed, or all that the QR holds')
    .requiredOption('--point <id>', 'where you stand (pnt_...)')
    .requiredOption('--weight <grams>', 'as the scale says', limit)
    .option('--goods-class <class>', 'as you found it', 'normal')
    .option('--document <kind>', 'the kind of the document that you saw, never its number')
    .option('--mark <mark>', 'the mark on the parcel that says that it was looked into')
    .option('--paid-by <method>', 'cash or card', 'cash')
    .option(
      '--agreed <minor>',
      'what the sender agreed to, where it is more than he was told before: 1166 is 11.66',
      limit,
    )
    .option('--yes', 'all checks hold, the price list was shown, the money is in the drawer', false)
    .action(async (code: string, given: IntakeOptions) => {
      const { takeMailingIn } = await import('./mailing.ts');
      await takeMailingIn(await clientFor('point_staff'), output(), code, given);
    });
}
