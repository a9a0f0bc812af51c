import { dateOf } from '../calendar.ts';
import { countOf, type PointWorld } from './world.ts';

/** The network's finance pays what the closed weeks have left for the point networks. */
export async function payNetworks(world: PointWorld): Promise<void> {
  for await (const { id, state } of world.finance.listAll('/v1/point-statements')) {
    if (state !== 'payout_instructed') continue;
    await world.finance.post('/v1/point-statements/{statement_id}/payment', {
      params: { path: { statement_id: id } },
      body: { bank_reference: `bank ${id}`, value_date: dateOf(world.now) },
    });
    countOf(world, 'statements paid');
  }
}
