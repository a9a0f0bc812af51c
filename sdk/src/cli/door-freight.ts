import type { PostroadClient } from '../client.ts';
import { moneyText, type Output, printPages } from './output.ts';

export type DoorFreightOptions = {
  readonly courier?: string;
  readonly day?: string;
  readonly lines: boolean;
  readonly limit: number;
};

/** Prints what couriers took at doors, by courier and day or parcel by parcel. */
export async function listDoorFreight(
  client: PostroadClient,
  output: Output,
  { courier, day, lines, limit }: DoorFreightOptions,
): Promise<void> {
  const asked = {
    ...(courier === undefined ? {} : { courier_id: courier }),
    ...(day === undefined ? {} : { day }),
  };
  if (lines) {
    await printPages(
      output,
      limit,
      (part) => client.get('/v1/door-freight', { params: { query: { ...part, ...asked } } }),
      (one) => ({
        when: one.occurred_at,
        mailing: one.mailing_id,
        number: one.number ?? '-',
        courier: one.courier_id ?? '-',
        kind: one.kind,
        amount: moneyText(one.amount),
      }),
    );
    return;
  }
  let owed: readonly { readonly amount_minor: number; readonly currency: string }[] = [];
  await printPages(
    output,
    limit,
    async (part) => {
      const page = await client.get('/v1/door-freight-days', { params: { query: { ...part, ...asked } } });
      owed = page.owed;
      return page;
    },
    (one) => ({
      day: one.day,
      courier: one.courier_id ?? '-',
      parcels: one.taken,
      cash: moneyText(one.cash),
      card: moneyText(one.card),
      given_back: moneyText(one.given_back),
      owed: moneyText(one.owed),
    }),
  );
  output.note(`owed: ${owed.map(moneyText).join(', ') || 'nothing'}\n`);
}
