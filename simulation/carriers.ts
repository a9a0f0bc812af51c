import type { Act, ScanFact } from './acts.ts';
import { HOUR, instantOf } from './calendar.ts';
import { type Caller, refusalOf } from './caller.ts';
import { claimDelivery } from './merchants.ts';
import { type CarrierParty, NATIVE_CARRIERS } from './opening.ts';
import { reach, type TruthOrder } from './truth.ts';
import { count, orderOf, shipmentPath, truthOf, type World } from './world.ts';

type Of<Kind extends Act['kind']> = Extract<Act, { kind: Kind }>;

/** Most scans of one request. */
const BATCH = 500;

export const carrierOf = (world: World, code: string): CarrierParty => {
  const party = world.parties.carriers.get(code);
  if (party === undefined) throw new Error(`the world has no carrier ${code}`);
  return party;
};

export async function acknowledge(world: World, act: Of<'acknowledge'>): Promise<void> {
  const truth = truthOf(world, act.order);
  await carrierOf(world, truth.carrierCode ?? '').office.post('/v1/shipments/{shipment_id}/acknowledgement', {
    params: shipmentPath(truth),
    body: { accepted: true },
  });
}

export const scansOf = (truth: TruthOrder, fact: ScanFact, occurredAt = fact.occurredAt) =>
  truth.parcels.map((parcel) => ({
    number: parcel.number,
    code: fact.code,
    occurred_at: instantOf(occurredAt),
    place: fact.place,
  }));

/** All scans that one carrier has to tell now, in as few requests as may be. Their order is the carrier's. */
export async function sendScans(world: World, carrier: string, acts: readonly Of<'scan'>[]): Promise<void> {
  const { office } = carrierOf(world, carrier);
  const lines = acts.flatMap((act) =>
    scansOf(truthOf(world, act.order), act.fact).map((scan, parcel) => ({ act, scan, parcel })),
  );
  for (let start = 0; start < lines.length; start += BATCH) {
    const part = lines.slice(start, start + BATCH);
    const receipts = await office.post('/v1/scans', { body: { scans: part.map((line) => line.scan) } });
    for (const receipt of receipts.data) {
      const line = part[receipt.index];
      if (line === undefined) continue;
      if (receipt.result === 'refused')
        throw new Error(`a scan of order ${line.act.order} was refused: ${receipt.code} ${receipt.message}`);
      const expected = line.act.isRepeat ? 'duplicate' : 'accepted';
      if (receipt.result !== expected) count(world, `scans ${receipt.result} instead of ${expected}`);
    }
    count(world, 'scans', part.length);
  }
  for (const act of acts) noteScan(world, act);
}

function noteScan(world: World, act: Of<'scan'>): void {
  if (act.isRepeat) return;
  const truth = truthOf(world, act.order);
  if (!act.isBelieved) {
    for (const parcel of truth.parcels) parcel.unverified += 1;
    return;
  }
  reach(truth, act.fact.milestone, act.fact.occurredAt);
  endByScan(truth, act.fact.milestone);
  if (act.fact.milestone === 'delivered') count(world, 'delivered');
}

const RANK = ['sent', 'in_transit', 'delivered', 'returned', 'destroyed', 'lost'];
const STATE_AFTER: Readonly<Record<string, string>> = {
  delivered: 'delivered',
  returned: 'returned',
  disposed: 'destroyed',
  lost: 'lost',
};

/** The order is under way with its first scan and ends with a last one; late news of the way there move nothing back. */
export function endByScan(truth: TruthOrder, milestone: string): void {
  const next = STATE_AFTER[milestone] ?? 'in_transit';
  if (RANK.indexOf(next) > RANK.indexOf(truth.state ?? '')) truth.state = next;
}

/** Somebody says what is not so. What has to be turned away at the door is counted; what is let in must have no effect. */
export async function forge(world: World, act: Of<'forge'>): Promise<void> {
  const truth = truthOf(world, act.order);
  const send = (caller: Caller, occurredAt?: number) =>
    caller.post('/v1/scans', { body: { scans: scansOf(truth, act.fact, occurredAt) } });
  count(world, `forged: ${act.way}`);
  switch (act.way) {
    case 'wrong_key': {
      world.truth.turnedAway.tried += 1;
      if ((await refusalOf(send(world.parties.stranger))) !== undefined) world.truth.turnedAway.refused += 1;
      return;
    }
    case 'in_the_future': {
      world.truth.turnedAway.tried += 1;
      const receipts = await send(carrierOf(world, truth.carrierCode ?? '').office, world.now() + 2 * HOUR);
      if (receipts.accepted === 0) world.truth.turnedAway.refused += 1;
      return;
    }
    case 'merchant_says_so':
      await claimDelivery(world, act);
      break;
    case 'another_carrier': {
      // Its key is good, the number is not one of its own.
      const others = Object.keys(NATIVE_CARRIERS).filter((code) => code !== truth.carrierCode);
      await send(carrierOf(world, others[act.order % others.length] ?? '').office);
      break;
    }
    case 'unrecognised_source':
      await send(carrierOf(world, orderOf(world, act.order).index % 2 === 0 ? '4px' : 'jd').office);
      break;
  }
  for (const parcel of truth.parcels) parcel.unverified += 1;
}
