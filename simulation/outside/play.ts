import { instantOf } from '../calendar.ts';
import { type Caller, refusalOf } from '../caller.ts';
import { carrierOf } from '../carriers.ts';
import { partyOf, writeDown } from '../merchants.ts';
import type { Order } from '../plan.ts';
import type { TruthClaim, TruthRefusal } from '../truth.ts';
import { count, type World } from '../world.ts';
import type { OutsideAct } from './acts.ts';
import { untilQuiet } from './quiet.ts';
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
      return correct(world, story, claimAt(story, act.claim));
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
  await untilJudged(world, claim);
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
            ...(claim.statedGrams === undefined ? {} : { weight_grams: claim.statedGrams }),
          },
        },
      ],
    } as never,
  });
  const [result] = answer.results;
  if (result?.error?.code === SUSPENDED) return lapse(world, story, claim, 'declaration');
  if (result?.external_shipment_id === undefined)
    throw new Error(`claim ${claim.key} was not taken: ${JSON.stringify(result)}`);
  const { order, statedGrams } = claim;
  const truth: TruthClaim = {
    ...{ key: claim.key, story: story.index, way: story.way, merchant: order.merchant.index },
    ...{ ref: order.ref, isGenuine: claim.isGenuine, externalShipmentId: result.external_shipment_id },
    ...{ takenAt: world.now(), number, orderedAt: order.at, buyer: order.buyer.phone },
    orderGrams: order.parcels.reduce((sum, { declaredGrams }) => sum + declaredGrams, 0),
    ...(statedGrams === undefined ? {} : { statedGrams }),
    isPart: claim.sendType === 'part',
    ...endOf(story, claim),
  };
  world.truth.claims.set(claim.key, truth);
  world.claimKeys.set(result.external_shipment_id, claim.key);
  count(world, 'declared outside');
}

const SUSPENDED = 'declarations_suspended';
/** The fewest convictions that suspend a merchant: 48 points, 12 for each that is serious. */
const FEWEST = 4;

/**
 * Whoever may be suspended by now waits until what was decided before has come into force: the virtual clock runs faster
 * than news, and the same seed has to be refused the same.
 */
async function untilJudged(world: World, { order }: Claim): Promise<void> {
  const lies = world.truth.claims
    .values()
    .filter((claim) => claim.merchant === order.merchant.index && !claim.isGenuine);
  if ([...lies].length >= FEWEST) await untilQuiet(world);
}

/** A merchant that may declare nothing gives it up; what it did send is on its way all the same. */
function lapse(world: World, story: Story, claim: Claim, what: TruthRefusal['what']): void {
  const { key, isGenuine, order } = claim;
  const { way } = story;
  const isSlip = what === 'correction' && isSlipPutRight(story);
  world.truth.refusals.push({
    ...{ key, way, merchant: order.merchant.index, isGenuine, what, at: world.now(), isSlip },
  });
  const truth = world.truth.claims.get(key);
  if (truth !== undefined) {
    truth.isUnfinished = true;
    delete truth.ends;
  }
  count(world, `lapsed: ${what}`);
}

const isSlipPutRight = ({ way }: Story) => way === 'typing_error';

const hasLapsed = (world: World, claim: Claim) =>
  world.truth.refusals.some(({ key, what }) => key === claim.key && what === 'declaration');

/** The end as a recognised carrier told it; of another merchant's parcel nothing is shown to whoever names its number. */
function endOf({ way }: Story, { isGenuine }: Claim): Pick<TruthClaim, 'ends'> {
  if (way === 'right_postcode' || way === 'swap_after_scan') return { ends: 'hidden' };
  if (way === 'unrecognised_carrier' || way === 'aggregator_only') return { ends: 'not_delivered' };
  return isGenuine ? { ends: 'delivered' } : {};
}

async function correct(world: World, story: Story, claim: Claim): Promise<void> {
  if (hasLapsed(world, claim)) return;
  const truth = world.truth.claims.get(claim.key);
  const { correction } = claim;
  if (truth === undefined || correction === undefined)
    throw new Error(`claim ${claim.key} cannot be corrected`);
  await untilJudged(world, claim);
  const { carrier, number, reason } = correction;
  const refused = await refusalOf(
    appOf(world, claim.order).patch('/v1/external-shipments/{external_shipment_id}', {
      params: { path: { external_shipment_id: truth.externalShipmentId } },
      body: { carrier_code: carrier, number, reason } as never,
    }),
  );
  if (refused === SUSPENDED) return lapse(world, story, claim, 'correction');
  if (refused !== undefined) throw new Error(`the correction of ${claim.key} was refused: ${refused}`);
  truth.number = number;
  truth.correction = { at: world.now(), isSlip: isSlipPutRight(story) };
  count(world, 'declarations corrected');
}

/** The buyer knows the number and his own phone. */
async function deny(world: World, { index, claims, denial }: Story): Promise<void> {
  const [claim] = claims;
  if (claim?.number === undefined || denial === undefined) throw new Error(`story ${index} denies nothing`);
  // He was never told of a number.
  if (hasLapsed(world, claim)) return;
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
  for (const { number, occurredAt, grams } of scans)
    if (grams !== undefined) world.truth.weighings.push({ number, reporter, occurredAt, grams });
  count(world, 'scans outside', scans.length);
}

const wireOf = ({ number, milestone, time, place, grams }: OutsideScan) =>
  ({ number, milestone, ...time, place, ...(grams === undefined ? {} : { weight_grams: grams }) }) as never;
