import { instantOf } from '../calendar.ts';
import type { Caller } from '../caller.ts';
import { carrierOf } from '../carriers.ts';
import { partyOf, writeDown } from '../merchants.ts';
import type { Order } from '../plan.ts';
import type { TruthClaim } from '../truth.ts';
import { count, type World } from '../world.ts';
import type { OutsideAct } from './acts.ts';
import type { Claim, OutsideScan, Story } from './story.ts';

const BATCH = 500;

function storyOf(world: World, index: number): Story {
  const story = world.stories.get(index);
  if (story === undefined) throw new Error(`the world has no story ${index}`);
  return story;
}

/** What merchants do about a shipment outside, each with his own key. */
export async function playOutside(world: World, act: OutsideAct): Promise<void> {
  const story = storyOf(world, act.story);
  switch (act.kind) {
    case 'record_order':
      return recordOrder(world, claimAt(story, act.claim).order);
    case 'claim':
      return declare(world, story, claimAt(story, act.claim));
    case 'correct':
      return correct(world, claimAt(story, act.claim));
    case 'take_label':
      return takeLabel(world, story);
    case 'give_label_back':
      return giveLabelBack(world, story);
    case 'deny':
      return deny(world, story);
    case 'see':
      throw new Error('carriers tell their scans together');
  }
}

function claimAt(story: Story, place: number): Claim {
  const claim = story.claims[place];
  if (claim === undefined) throw new Error(`story ${story.index} has no claim ${place}`);
  return claim;
}

const appOf = (world: World, order: Order): Caller => partyOf(world, order).app;

async function recordOrder(world: World, order: Order): Promise<void> {
  await writeDown(order, partyOf(world, order));
  count(world, 'orders shipped outside');
}

async function declare(world: World, story: Story, claim: Claim): Promise<void> {
  const label = world.labels.get(story.index);
  const number = claim.number ?? label?.number;
  const carrier = claim.carrier === 'network' ? label?.carrier : claim.carrier;
  if (number === undefined || carrier === undefined) throw new Error(`claim ${claim.key} has no number`);
  const answer = await appOf(world, claim.order).post('/v1/external-shipments', {
    headers: { 'idempotency-key': `world-${world.seed}-outside-${claim.key}` },
    body: {
      shipments: [
        {
          object_id: claim.key.replace('/', '-'),
          shipment: {
            order_reference: claim.order.ref,
            carrier_code: carrier,
            number,
            send_type: claim.sendType,
            shipped_at: instantOf(claim.shippedAt),
            ship_from_country: claim.shipFrom,
            ...(claim.service === undefined ? {} : { service_name: claim.service }),
          },
        },
      ],
    } as never,
  });
  const [result] = answer.results;
  if (result?.external_shipment_id === undefined)
    throw new Error(`claim ${claim.key} was not taken: ${JSON.stringify(result)}`);
  const truth: TruthClaim = {
    ...{ key: claim.key, story: story.index, way: story.way, merchant: claim.order.merchant.index },
    ...{ ref: claim.order.ref, isGenuine: claim.isGenuine, externalShipmentId: result.external_shipment_id },
    ...endOf(story, claim),
  };
  world.truth.claims.set(claim.key, truth);
  world.claimKeys.set(result.external_shipment_id, claim.key);
  count(world, 'declared outside');
}

/** The end as a recognised carrier told it; of another merchant's parcel nothing is shown to whoever names its number. */
function endOf({ way }: Story, { isGenuine }: Claim): Pick<TruthClaim, 'ends'> {
  if (way === 'right_postcode' || way === 'swap_after_scan') return { ends: 'hidden' };
  if (way === 'unrecognised_carrier' || way === 'aggregator_only') return { ends: 'not_delivered' };
  return isGenuine ? { ends: 'delivered' } : {};
}

async function correct(world: World, claim: Claim): Promise<void> {
  const id = world.truth.claims.get(claim.key)?.externalShipmentId;
  const { correction } = claim;
  if (id === undefined || correction === undefined) throw new Error(`claim ${claim.key} cannot be corrected`);
  const { carrier, number, reason } = correction;
  await appOf(world, claim.order).patch('/v1/external-shipments/{external_shipment_id}', {
    params: { path: { external_shipment_id: id } },
    body: { carrier_code: carrier, number, reason } as never,
  });
  count(world, 'declarations corrected');
}

/** The buyer knows the number and his own phone. */
async function deny(world: World, { index, claims, denial }: Story): Promise<void> {
  const [claim] = claims;
  if (claim?.number === undefined || denial === undefined) throw new Error(`story ${index} denies nothing`);
  await world.parties.buyer.post('/v1/track/reports', {
    body: {
      ...{ number: claim.number, phone_last4: claim.order.buyer.phone.slice(-4), world: 'test' },
      kind: denial.kind,
    } as never,
  });
  count(world, 'deliveries denied');
}

/** Carriers that take orders here, by where the merchant is. */
const NATIVE_AT: Readonly<Record<string, string>> = {
  CN: 'postroad_express_cn',
  DE: 'postroad_express_eu',
  NL: 'postroad_express_eu',
  BR: 'postroad_express_br',
};

async function takeLabel(world: World, { index, label }: Story): Promise<void> {
  if (label === undefined) return;
  const { order } = label;
  const carrier = NATIVE_AT[order.origin.country] ?? 'postroad_express_cn';
  const answer = await appOf(world, order).post('/v1/waybills', {
    body: {
      requests: [
        {
          object_id: `outside-${index}`,
          carrier_code: carrier,
          sender: order.sender,
          recipient: order.buyer,
        },
      ],
    } as never,
  });
  const waybill = answer.results[0]?.waybill;
  if (waybill === undefined) throw new Error(`story ${index} got no label`);
  world.labels.set(index, { id: waybill.id, number: waybill.number, carrier });
}

async function giveLabelBack(world: World, { index, label }: Story): Promise<void> {
  const taken = world.labels.get(index);
  if (label === undefined || taken === undefined) throw new Error(`story ${index} has no label`);
  await appOf(world, label.order).post('/v1/waybills/{waybill_id}/cancellation', {
    params: { path: { waybill_id: taken.id } },
  });
}

/** All that one carrier has to tell now of parcels outside our lines. */
export async function tellOutside(
  world: World,
  reporter: string,
  acts: readonly OutsideAct[],
): Promise<void> {
  const scans = acts.flatMap((act) =>
    act.kind === 'see' ? (storyOf(world, act.story).scans[act.scan] ?? []) : [],
  );
  const { office } = carrierOf(world, reporter);
  for (let start = 0; start < scans.length; start += BATCH) {
    const part = scans.slice(start, start + BATCH);
    const receipts = await office.post('/v1/scans', { body: { scans: part.map(wireOf) } });
    const refused = receipts.data.find((receipt) => receipt.result === 'refused');
    if (refused !== undefined)
      throw new Error(
        `a scan outside was refused: ${refused.code} ${refused.message} ${JSON.stringify(part[refused.index])}`,
      );
  }
  count(world, 'scans outside', scans.length);
}

const wireOf = ({ number, milestone, time, place, grams }: OutsideScan) =>
  ({ number, milestone, ...time, place, ...(grams === undefined ? {} : { weight_grams: grams }) }) as never;
