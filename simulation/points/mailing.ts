import { HOUR, instantOf } from '../calendar.ts';
import { type Caller, refusalOf } from '../caller.ts';
import type { Party } from '../people.ts';
import { counterOf } from './afterwards.ts';
import { nextLocal } from './announce.ts';
import { OURS } from './opening.ts';
import type { PlannedMailing } from './plan.ts';
import type { TruthMailing } from './truth.ts';
import {
  countOf,
  known,
  type MailingStep,
  mailingOf,
  marketOf,
  type OpenPoint,
  type PointWorld,
  pointOf,
  schedule,
  sentBy,
} from './world.ts';

const after = (world: PointWorld, index: number, step: MailingStep, hours: number) =>
  schedule(world, { kind: 'mailing', step, index, at: world.now + hours * HOUR });
const pathOf = (truth: TruthMailing) => ({
  path: { mailing_id: known(truth.id, `mailing ${truth.index}`) },
});
const placeOf = ({ address: { country, division, city, postcode } }: Party) => ({
  ...{ country, city, postcode },
  ...(division === undefined ? {} : { division }),
});
const GOODS = { description: 'A present' };

type Offers = readonly {
  readonly line_code: string;
  readonly carrier_code: string;
  readonly total: { readonly amount_minor: number; readonly currency: string };
}[];
/** Our own carrier, whose numbers every counter has. */
const chosenOf = (offers: Offers, { country }: PlannedMailing) =>
  offers.find((offer) => offer.carrier_code === OURS[country]);

const handleOf = ({ plan: { seed } }: PointWorld, index: number) =>
  `a-parcel-of-${seed}-${String(index).padStart(6, '0')}`;

/** Each sender asks from an address of his own, as a proxy tells it; the portal counts what comes from one. */
const householdOf = (index: number) => ({
  'x-forwarded-for': `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`,
});

/** At home, without an account: what does it cost, then an order; any counter will do. */
export async function order(world: PointWorld, index: number): Promise<void> {
  const plan = mailingOf(world, index);
  const { sender, recipient, weightGrams, sending } = plan;
  const quote = { from: placeOf(sender), to: placeOf(recipient), weight_grams: weightGrams };
  const headers = householdOf(index);
  const { offers } = await world.buyer.post('/v1/mailing-portal/quotes', {
    ...{ headers, body: { world: 'test', quote } },
  });
  const offer = chosenOf(offers, plan);
  if (offer === undefined) return countOf(world, 'mailings that no line takes');
  const agreedMinor = offer.total.amount_minor;
  const truth: TruthMailing = { index, sending, agreedMinor, line: offer.line_code };
  world.truth.mailings.set(index, truth);
  if (sending === 'walk_in') return after(world, index, 'bring', 20);
  const place = () =>
    world.buyer.post('/v1/mailing-portal/mailings', {
      headers,
      body: {
        world: 'test',
        order: {
          ...{ object_id: handleOf(world, index), sender, recipient, goods: GOODS },
          ...{ parcel: { weight_grams: weightGrams }, line_code: offer.line_code },
          ...{ agreed_total: offer.total as never, handover: { method: 'any_point' } },
        },
      },
    });
  const { mailing } = await place();
  if (sending === 'ordered_twice' && (await place()).mailing.id !== mailing.id)
    throw new Error(`mailing ${index} is two`);
  truth.id = mailing.id;
  truth.state = 'placed';
  truth.code = known(mailing.code?.code, `code of mailing ${index}`);
  countOf(world, 'mailings ordered');
  // Silence of seven days closes it.
  if (sending === 'never_brought') truth.state = 'closed';
  else after(world, index, 'bring', 20);
}

/** A counter of his town, or of his country. */
function counterNear(world: PointWorld, { index, country, city }: PlannedMailing): OpenPoint | undefined {
  const open = world.points.filter(
    ({ plan }) => plan.kind !== 'locker' && plan.city.country === country && !world.cut.has(plan.index),
  );
  const near = open.filter(({ plan }) => plan.city === city);
  const some = near.length > 0 ? near : open;
  return some[index % some.length];
}

type Duties = {
  readonly needs_identity: boolean;
  readonly document_kinds: readonly string[];
  readonly needs_inspection: boolean;
  readonly checklist: readonly string[];
  readonly needs_price_list: boolean;
};
const seenOf = (index: number, duties: Duties) => ({
  checks: Object.fromEntries(duties.needs_inspection ? duties.checklist.map((check) => [check, true]) : []),
  price_list_shown: duties.needs_price_list,
  ...(duties.needs_inspection ? { inspection_mark: `YJ-${index}` } : {}),
  ...(duties.needs_identity ? { document_kind: duties.document_kinds[0] ?? '' } : {}),
});
const FACTOR: Readonly<Record<string, number>> = { lighter: 0.4, heavier: 1.7, too_dear: 2.2 };

/** Person and contents are seen, the scale speaks, and money goes into the drawer. */
export async function bring(world: PointWorld, index: number): Promise<void> {
  const plan = mailingOf(world, index);
  const truth = sentBy(world, index);
  const point = counterNear(world, plan);
  // Prices and numbers need a network.
  if (point === undefined) return after(world, index, 'bring', 6);
  truth.point = point.plan.index;
  if (truth.sending === 'walk_in') return walkIn(world, plan, truth, point);
  const counter = counterOf(world, point.plan.index);
  const body = { point_id: point.id, code: truth.code ?? '' };
  const { duties } = await counter.post('/v1/mailing-codes/lookup', { body });
  const measured = { weight_grams: Math.round(plan.weightGrams * (FACTOR[truth.sending] ?? 1)) };
  const found = { goods_class: 'normal' as const, measured };
  const params = pathOf(truth);
  const asked = counter.post('/v1/mailings/{mailing_id}/counter-price', { params, body: found });
  if ((await refusalOf(asked)) === 'mailing_line_unfit') {
    await takenHome(truth, counter, 'too_heavy');
    return countOf(world, 'mailings too heavy');
  }
  const price = await asked;
  if (price.needs_consent && truth.sending === 'too_dear') {
    await takenHome(truth, counter, 'freight_not_paid');
    return countOf(world, 'mailings too dear');
  }
  const taken = await counter.post('/v1/mailings/{mailing_id}/intake', {
    params,
    body: {
      ...{ ...found, ...seenOf(index, duties) },
      payment: { method: index % 2 === 0 ? 'cash' : 'card', amount: price.to_collect as never },
      ...(price.needs_consent ? { agreed_total: price.total as never } : {}),
    },
  });
  // His word at the counter is for exactly that total.
  if (price.needs_consent) truth.agreedMinor = price.total.amount_minor;
  await took(world, plan, truth, taken.number, price.to_collect.amount_minor);
}

/** The counter turns it away, he takes it home again, and silence closes it. */
async function takenHome(
  truth: TruthMailing,
  counter: Caller,
  reason: 'too_heavy' | 'freight_not_paid',
): Promise<void> {
  await counter.post('/v1/mailings/{mailing_id}/counter-refusal', {
    params: pathOf(truth),
    body: { reason },
  });
  delete truth.point;
  truth.state = 'closed';
}

async function walkIn(
  world: PointWorld,
  plan: PlannedMailing,
  truth: TruthMailing,
  point: OpenPoint,
): Promise<void> {
  const { index, sender, recipient, weightGrams } = plan;
  const counter = counterOf(world, point.plan.index);
  const params = { path: { point_id: point.id } };
  const { offers, duties } = await counter.post('/v1/points/{point_id}/mailing-quotes', {
    params,
    body: { to: placeOf(recipient), weight_grams: weightGrams },
  });
  const offer = chosenOf(offers, plan);
  if (offer === undefined) {
    world.truth.mailings.delete(index);
    return countOf(world, 'mailings that no line takes');
  }
  const taken = await counter.post('/v1/points/{point_id}/mailings', {
    params,
    body: {
      ...{ object_id: `walk-in-${index}`, sender, recipient, goods: GOODS, line_code: offer.line_code },
      ...{ agreed_total: offer.total as never, goods_class: 'normal' },
      measured: { weight_grams: weightGrams },
      ...seenOf(index, duties),
      payment: { method: 'cash', amount: offer.total as never },
    },
  });
  truth.id = taken.id;
  truth.agreedMinor = offer.total.amount_minor;
  countOf(world, 'walk-ins');
  await took(world, plan, truth, taken.number, offer.total.amount_minor);
}

async function took(
  world: PointWorld,
  { index, country }: PlannedMailing,
  truth: TruthMailing,
  number: string | undefined,
  collectedMinor: number,
): Promise<void> {
  truth.state = 'accepted';
  truth.number = known(number, `number of mailing ${index}`);
  // Nobody but the sender pays for these.
  truth.freightMinor = collectedMinor;
  truth.collectedMinor = collectedMinor;
  countOf(world, 'mailings taken in');
  if (truth.sending === 'given_back') {
    await counterOf(world, truth.point ?? 0).post('/v1/mailings/{mailing_id}/counter-undo', {
      params: pathOf(truth),
      body: { reason: 'changed_mind' },
    });
    truth.isGivenBack = true;
    truth.state = 'closed';
    return;
  }
  const evening = Math.min(nextLocal(world.now + HOUR, country, 20), world.now + 23 * HOUR);
  schedule(world, { kind: 'mailing', step: 'hand_over', index, at: evening });
}

export async function handOver(world: PointWorld, index: number): Promise<void> {
  const truth = sentBy(world, index);
  const point = pointOf(world, truth.point ?? 0);
  const { results } = await counterOf(world, point.plan.index).post(
    '/v1/points/{point_id}/mailing-handovers',
    { params: { path: { point_id: point.id } }, body: { mailing_ids: [pathOf(truth).path.mailing_id] } },
  );
  if (results[0]?.outcome !== 'handed_over')
    throw new Error(`mailing ${index} was not handed over: ${results[0]?.code}`);
  truth.state = 'in_transit';
  after(world, index, 'arrive', 30);
}

/** Our own carrier brings it and says so. */
export async function arrive(world: PointWorld, index: number): Promise<void> {
  const truth = sentBy(world, index);
  const { country, city } = mailingOf(world, index);
  const number = known(truth.number, `number of mailing ${index}`);
  const place = { country, city: city.name };
  const at = (hours: number) => instantOf(world.now - hours * HOUR);
  const scans = [
    { number, milestone: 'picked_up', occurred_at: at(20), place },
    { number, milestone: 'delivered', occurred_at: at(1), place },
  ];
  await marketOf(world, country).carrierOffice.post('/v1/scans', { body: { scans } as never });
  truth.state = 'delivered';
}
