import type { PostroadClient } from '../client.ts';
import type { components } from '../openapi.gen.ts';
import { moneyText, type Output, printRows } from './output.ts';

type Schemas = components['schemas'];
type Done = Schemas['PointNetworkTariff']['done'];

/** Prints what a network is paid by, tier by tier: what is in force, and what comes. */
export async function showPointTariff(
  client: PostroadClient,
  output: Output,
  network: string | undefined,
): Promise<void> {
  const organisation_id = network ?? (await client.get('/v1/me')).organisation.id;
  const tariff = await client.get('/v1/point-networks/{organisation_id}/tariff', {
    params: { path: { organisation_id } },
  });
  if (output.json) {
    output.write(`${JSON.stringify(tariff)}\n`);
    return;
  }
  const { in_force, next, done, month } = tariff;
  printRows(output, [...rowsOf(in_force, done), ...next.flatMap((span) => rowsOf(span, []))]);
  output.note(`done: in ${month}\n`);
}

function rowsOf({ from, tariffs }: Schemas['PointTariffSpan'], done: Done) {
  return tariffs.flatMap(({ country, tariff }) =>
    Object.entries(tariff.work).flatMap(([work, tiers]) =>
      tiers.map((tier) => ({
        since: from ?? 'ever',
        country: country ?? 'others',
        work,
        from_number: tier.from,
        pays:
          tier.amount_minor === undefined
            ? `${(tier.share_basis_points ?? 0) / 100} % of the freight`
            : moneyText({ amount_minor: tier.amount_minor, currency: tariff.currency }),
        done: done.find((one) => one.work === work)?.count,
      })),
    ),
  );
}
