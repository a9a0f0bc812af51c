import { type Caller, eachOf } from '../caller.ts';
import type { World } from '../world.ts';
import type { ReadHandover, Readings } from './answers.ts';

const AT_ONCE = 6;

/** Interceptions and bags as merchants see them, programmes as their marketplaces do. */
export async function readMovements(
  world: World,
): Promise<Pick<Readings, 'interceptions' | 'handovers' | 'programmes'>> {
  const interceptions: Readings['interceptions'] = new Map();
  const handovers: Readings['handovers'] = new Map();
  const programmes: Readings['programmes'] = new Map();
  await eachOf(world.parties.merchants, AT_ONCE, async ({ app }) => {
    for await (const one of app.listAll('/v1/interceptions'))
      interceptions.set(one.id, {
        shipmentId: one.shipment_id,
        wish: one.kind,
        state: one.state,
        feeMinor: one.fee.amount_minor,
      });
    for await (const one of app.listAll('/v1/handovers'))
      handovers.set(one.id, await readHandover(app, one.id, one.state));
  });
  for (const { staff } of world.parties.marketplaces)
    for await (const { id, name, spent } of staff.listAll('/v1/programmes'))
      programmes.set(name, { spentMinor: spent?.amount_minor ?? 0, uses: await readUses(staff, id) });
  return { interceptions, handovers, programmes };
}

async function readHandover(app: Caller, id: string, state: string): Promise<ReadHandover> {
  const params = { path: { handover_id: id } };
  const list = await app.get('/v1/handovers/{handover_id}/list', { params });
  const { data } = await app.get('/v1/handovers/{handover_id}/differences', { params });
  return {
    state,
    bags: list.bags.map((bag) => ({
      id: bag.id,
      numbers: (bag.parcels ?? []).map((parcel) => parcel.number),
    })),
    differences: data.map(({ number, code }) => ({ number, code })),
  };
}

async function readUses(staff: Caller, id: string) {
  const uses = new Map<string, { state: string; usedMinor: number }>();
  const params = { path: { programme_id: id } };
  for await (const one of staff.listAll('/v1/programmes/{programme_id}/uses', { params } as never))
    uses.set(one.shipment_id, { state: one.state, usedMinor: one.used.amount_minor });
  return uses;
}
