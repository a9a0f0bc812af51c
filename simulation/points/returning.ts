import { HOUR, instantOf } from '../calendar.ts';
import { type Caller, refusalOf } from '../caller.ts';
import { randomOf } from '../random.ts';
import { counterOf } from './afterwards.ts';
import { nextLocal } from './announce.ts';
import { CURRENCIES, type PlannedReturn } from './plan.ts';
import type { TruthReturn } from './truth.ts';
import {
  countOf,
  goneBack,
  known,
  marketOf,
  type OpenPoint,
  type PointWorld,
  pointOf,
  type ReturnStep,
  returnOf,
  schedule,
} from './world.ts';

const after = (world: PointWorld, index: number, step: ReturnStep, hours: number) =>
  schedule(world, { kind: 'return', step, index, at: world.now + hours * HOUR });
const pathOf = (truth: TruthReturn) => ({ path: { return_id: known(truth.id, truth.reference) } });
/** A right form, and nobody's code. */
const WRONG_CODE = '2222-2222';

/** The buyer comes with what he knows: his order number and his address. */
async function tokenOf(world: PointWorld, plan: PlannedReturn): Promise<string> {
  const body = { order_number: plan.reference, email: plan.email, world: 'test' as const };
  return (await world.buyer.post('/v1/return-portal', { body })).token;
}

export async function apply(world: PointWorld, index: number): Promise<void> {
  const plan = returnOf(world, index);
  const { errand, reference, paidMinor } = plan;
  const truth: TruthReturn = { index, errand, reference, paidMinor };
  const token = await tokenOf(world, plan);
  const kind =
    errand === 'exchange' ? 'exchange' : errand === 'refund_only' ? 'refund_only' : ('return' as const);
  const reason =
    errand === 'refund_only' ? 'not_received' : index % 2 === 0 ? 'does_not_fit' : 'changed_mind';
  const applied = await world.buyer.post('/v1/return-portal/returns', {
    body: {
      token,
      application: {
        ...{ object_id: `a-${index}`, kind, items: [{ line: 1, quantity: 1, reason }], picture_ids: [] },
        ...(kind === 'exchange' ? { wanted: 'One size larger' } : {}),
      },
    },
  });
  truth.id = applied.id;
  truth.state = applied.state;
  world.truth.returns.set(index, truth);
  countOf(world, `returns: ${kind}`);
  after(world, index, 'answer', 2 + (index % 9));
}

/** The seller agrees, or refuses and the buyer calls the platform; or the buyer thinks better of it. */
export async function answer(world: PointWorld, index: number): Promise<void> {
  const truth = goneBack(world, index);
  const plan = returnOf(world, index);
  const { merchant } = marketOf(world, plan.country);
  if (truth.errand === 'withdrawn') {
    await buyerActs(world, plan, truth, { action: 'withdraw' });
    truth.state = 'closed';
    return;
  }
  if (truth.errand === 'platform') {
    await merchant.post('/v1/returns/{return_id}/refusal', {
      params: pathOf(truth),
      body: { reason: 'It was worn outside.', picture_ids: [] },
    });
    truth.state = 'refused';
    return after(world, index, 'escalate', 5);
  }
  await merchant.post('/v1/returns/{return_id}/agreement', { params: pathOf(truth) });
  if (truth.errand === 'refund_only') {
    truth.state = 'refunded';
    truth.refundMinor = truth.paidMinor;
    return;
  }
  truth.state = 'agreed';
  after(world, index, 'route', 1);
}

async function buyerActs(world: PointWorld, plan: PlannedReturn, truth: TruthReturn, act: object) {
  const token = await tokenOf(world, plan);
  const body = { token, return_id: known(truth.id, truth.reference), act: act as never };
  await world.buyer.post('/v1/return-portal/actions', { body });
}

export async function escalate(world: PointWorld, index: number): Promise<void> {
  const truth = goneBack(world, index);
  const reason = 'I tried it on at home only.';
  await buyerActs(world, returnOf(world, index), truth, { action: 'escalate', reason });
  truth.state = 'platform_intervention';
  after(world, index, 'decide', 8);
}

export async function decide(world: PointWorld, index: number): Promise<void> {
  const truth = goneBack(world, index);
  await world.service.post('/v1/returns/{return_id}/decision', {
    params: pathOf(truth),
    body: { outcome: 'agree' },
  });
  truth.state = 'agreed';
  after(world, index, 'route', 2);
}

/** The buyer looks at the map and chooses; who has no point in reach lets it be. */
export async function route(world: PointWorld, index: number): Promise<void> {
  const truth = goneBack(world, index);
  const plan = returnOf(world, index);
  const token = await tokenOf(world, plan);
  const asked = { token, return_id: known(truth.id, truth.reference) };
  const { points } = await world.buyer.post('/v1/return-portal/options', {
    body: { ...asked, where: { position: plan.home } },
  });
  const random = randomOf(world.plan.seed, `points/choice/${index}/${world.now}`);
  const chosen = points[random.whole(0, Math.min(2, points.length - 1))];
  const hour = chosen?.hours[random.whole(0, Math.min(12, chosen.hours.length - 1))];
  if (chosen === undefined || hour === undefined) {
    countOf(world, 'returns without a point in reach');
    truth.state = 'closed';
    return;
  }
  const call = world.buyer.post('/v1/return-portal/route', {
    body: {
      ...asked,
      route: { method: 'point', point_id: chosen.point.id, starts_at: hour, position: plan.home },
    },
  });
  const refusal = await refusalOf(call);
  if (refusal === 'point_full' || refusal === 'point_closed') {
    countOf(world, 'places gone while a buyer chose');
    return after(world, index, 'route', 1);
  }
  const routed = await call;
  truth.state = 'code_issued';
  truth.code = known(routed.code?.code, `code of ${truth.reference}`);
  const point = world.points.find(({ id }) => id === chosen.point.id);
  if (point !== undefined) truth.point = point.plan.index;
  // Silence of seven days closes it.
  if (truth.errand === 'never_brought') truth.state = 'closed';
  else
    schedule(world, {
      kind: 'return',
      step: 'bring',
      index,
      at: Math.max(world.now + HOUR, Date.parse(hour), toCounterBeforeOutage(world, plan, truth)),
    });
}

/** One in four goes to a counter that is about to lose its network, wherever he was sent. Answers when. */
function toCounterBeforeOutage(
  world: PointWorld,
  { index, country }: PlannedReturn,
  truth: TruthReturn,
): number {
  const soon = world.plan.points.filter(
    ({ city, outage }) => city.country === country && (outage?.from ?? 0) > world.now,
  );
  // What needs a clerk who reads codes happens elsewhere.
  const isRead = truth.errand === 'wrong_code' || truth.errand === 'turned_away';
  const chosen = index % 4 === 1 && !isRead ? soon[index % soon.length] : undefined;
  if (chosen?.outage === undefined) return 0;
  truth.broughtTo = chosen.index;
  return chosen.outage.from + 2 * HOUR;
}

/** At the counter: the code is read, the goods are looked at, weighed and numbered. */
export async function bring(world: PointWorld, index: number): Promise<void> {
  const truth = goneBack(world, index);
  const plan = returnOf(world, index);
  const point = whereTo(world, plan, truth);
  // The counter's device has no network: a code cannot be read. The goods are taken all the same, or the buyer comes again.
  if (world.cut.has(point.plan.index))
    return index % 3 === 0 ? after(world, index, 'bring', 6) : takeUnread(world, truth, point);
  const counter = counterOf(world, point.plan.index);
  const look = (code: string) => lookUp(counter, { point_id: point.id, code });
  if (truth.errand === 'wrong_code') {
    const refusal = await refusalOf(look(WRONG_CODE));
    if (refusal !== 'return_code_wrong') throw new Error(`a wrong code was answered by ${refusal}`);
    countOf(world, 'wrong return codes');
  }
  const seen = await look(truth.code ?? '');
  if (truth.errand === 'turned_away' && !truth.isTurnedAway) {
    await counter.post('/v1/returns/{return_id}/counter-refusal', {
      params: pathOf(truth),
      body: { reason: 'not_packable' },
    });
    truth.isTurnedAway = true;
    countOf(world, 'turned away');
    return after(world, index, 'bring', 24);
  }
  await takeIn(world, index, point, seen);
}

/** Goods are taken that nobody can look up; some clerks mistype what they cannot check. */
function takeUnread(world: PointWorld, truth: TruthReturn, point: OpenPoint): void {
  const { plan } = point;
  const device = known(world.cut.get(plan.index), `device of ${plan.name}`);
  const isMistyped = truth.index % 6 === 4;
  const at = world.now + 1_000;
  truth.unread = {
    ...{ point: plan.index, deviceName: device.name, clientId: `goods-${truth.index}`.padEnd(12, '-') },
    ...{ at, said: at + device.clockOff, code: isMistyped ? WRONG_CODE : (truth.code ?? ''), isMistyped },
  };
  countOf(world, 'returns taken without reading their code');
  const backAt = plan.outage?.until ?? world.now;
  schedule(world, { kind: 'return', step: 'finish', index: truth.index, at: backAt + HOUR });
}

/** The device is back: what it took is told, twice because the answer was lost, and finished when its code is known. */
export async function finish(world: PointWorld, index: number): Promise<void> {
  const truth = goneBack(world, index);
  const unread = known(truth.unread, `goods of ${truth.reference}`);
  const point = pointOf(world, unread.point);
  const { counter } = point;
  const tell = () =>
    counter.post('/v1/points/{point_id}/unread-returns', {
      params: { path: { point_id: point.id } },
      body: {
        ...{ device_id: unread.deviceName, client_id: unread.clientId, code: unread.code },
        ...{ weight_grams: 700, occurred_at: instantOf(unread.said) },
        device_time: instantOf(world.now + unread.said - unread.at),
      },
    });
  const [first, again] = [await tell(), await tell()];
  if (first.id !== again.id) throw new Error(`${truth.reference} was taken twice`);
  if (first.state !== (unread.isMistyped ? 'open' : 'matched'))
    throw new Error(`the code of ${truth.reference} was ${first.state}`);
  unread.id = first.id;
  const seen = await lookUp(counter, { point_id: point.id, code: truth.code ?? '' });
  await takeIn(world, index, point, seen);
}

const lookUp = (counter: Caller, body: { readonly point_id: string; readonly code: string }) =>
  counter.post('/v1/return-codes/lookup', { body });
type Seen = Awaited<ReturnType<typeof lookUp>>;

async function takeIn(world: PointWorld, index: number, point: OpenPoint, seen: Seen): Promise<void> {
  const truth = goneBack(world, index);
  const plan = returnOf(world, index);
  const counter = counterOf(world, point.plan.index);
  const checks = Object.fromEntries(seen.checklist.map((name) => [name, true]));
  const isCollected = seen.payment === 'collected';
  const taken = await counter.post('/v1/returns/{return_id}/intake', {
    params: pathOf(truth),
    body: {
      items: seen.items.map(({ line }) => ({ line, finding: 'as_described' as const, checks })),
      ...{ weight_grams: 700 + (index % 200), payment: seen.payment, picture_ids: [] },
      ...(truth.unread?.id === undefined ? {} : { unread_return_id: truth.unread.id }),
      ...(seen.needs_identity ? { identity: { document_kind: 'identity_card' } } : {}),
      freight: { amount_minor: isCollected ? 900 : 0, currency: CURRENCIES[plan.country] ?? 'EUR' },
    },
  });
  truth.number = known(taken.number, `number of ${truth.reference}`);
  truth.point = point.plan.index;
  truth.state = 'accepted_at_point';
  truth.takenAt = world.now;
  countOf(world, 'returns taken in');
  // The courier comes in the evening, and never after a whole day.
  const evening = Math.min(nextLocal(world.now + HOUR, plan.country, 20), world.now + 23 * HOUR);
  const at = truth.errand === 'late_handover' ? world.now + 26 * HOUR : evening;
  schedule(world, { kind: 'return', step: 'hand_over', index, at });
}

function whereTo(world: PointWorld, plan: PlannedReturn, truth: TruthReturn): OpenPoint {
  const sent = pointOf(world, truth.broughtTo ?? truth.point ?? 0);
  if (truth.errand !== 'elsewhere') return sent;
  const other = world.points.find(
    (one) => one !== sent && one.plan.city.country === plan.country && one.plan.kind !== 'locker',
  );
  return other ?? sent;
}

export async function handOver(world: PointWorld, index: number): Promise<void> {
  const truth = goneBack(world, index);
  const point = pointOf(world, truth.point ?? 0);
  const { results } = await counterOf(world, point.plan.index).post('/v1/return-handovers', {
    body: { point_id: point.id, return_ids: [known(truth.id, truth.reference)] },
  });
  if (results[0]?.outcome !== 'handed_over')
    throw new Error(`${truth.reference} was not handed over: ${results[0]?.code}`);
  truth.state = 'in_transit';
  truth.handedOverAt = world.now;
  after(world, index, 'arrive', 30);
}

/** Our own carrier brings it back and says so. */
export async function arrive(world: PointWorld, index: number): Promise<void> {
  const truth = goneBack(world, index);
  const plan = returnOf(world, index);
  const { carrierOffice } = marketOf(world, plan.country);
  await carrierOffice.post('/v1/scans', {
    body: { scans: scansOf(world, plan, truth.number ?? '') as never },
  });
  if (truth.errand !== 'silent_seller') return after(world, index, 'receive', 5);
  // Three days after the delivery the seller's silence pays.
  truth.state = 'refunded';
  truth.refundMinor = truth.paidMinor;
}

function scansOf(world: PointWorld, { country, city }: PlannedReturn, number: string) {
  const place = { country, city: city.name };
  return [
    { number, milestone: 'picked_up', occurred_at: instantOf(world.now - 20 * HOUR), place },
    { number, milestone: 'delivered', occurred_at: instantOf(world.now - HOUR), place },
  ];
}

export async function receive(world: PointWorld, index: number): Promise<void> {
  const truth = goneBack(world, index);
  const { merchant } = marketOf(world, returnOf(world, index).country);
  await merchant.post('/v1/returns/{return_id}/receipt', { params: pathOf(truth) });
  truth.state = 'received';
  after(world, index, 'screen', 6);
}

export async function screen(world: PointWorld, index: number): Promise<void> {
  const truth = goneBack(world, index);
  const { merchant } = marketOf(world, returnOf(world, index).country);
  const isPart = truth.errand === 'partial' || truth.errand === 'partial_silence';
  const refundMinor = isPart ? Math.floor(truth.paidMinor / 2) : truth.paidMinor;
  const item = isPart
    ? { line: 1, grade: 'no_ok', quality: 2, reason: 'give_up_unsealed', refund_minor: refundMinor }
    : { line: 1, grade: 'ok', quality: 1 };
  await merchant.post('/v1/returns/{return_id}/screening', {
    params: pathOf(truth),
    body: { items: [item as never] },
  });
  if (truth.errand === 'exchange') {
    truth.state = 'replacement_pending';
    return after(world, index, 'replace', 12);
  }
  // Who says nothing to a part of his money has it a week later.
  truth.state = 'refunded';
  truth.refundMinor = refundMinor;
  if (truth.errand === 'partial') after(world, index, 'accept', 6);
}

export async function accept(world: PointWorld, index: number): Promise<void> {
  const truth = goneBack(world, index);
  await buyerActs(world, returnOf(world, index), truth, { action: 'accept_screening' });
}

const replacementOf = (world: PointWorld, index: number) =>
  `SF3${String(world.plan.seed % 1_000).padStart(3, '0')}${String(index).padStart(9, '0')}`;

export async function replace(world: PointWorld, index: number): Promise<void> {
  const truth = goneBack(world, index);
  const { merchant } = marketOf(world, returnOf(world, index).country);
  await merchant.post('/v1/returns/{return_id}/replacement', {
    params: pathOf(truth),
    body: { action: 'send', number: replacementOf(world, index), carrier_code: 'sf_express' },
  });
  truth.state = 'replacement_sent';
  after(world, index, 'replaced', 40);
}

export async function replaced(world: PointWorld, index: number): Promise<void> {
  const truth = goneBack(world, index);
  const scans = scansOf(world, returnOf(world, index), replacementOf(world, index));
  await world.bringer.post('/v1/scans', { body: { scans: scans as never } });
  truth.state = 'success';
}
