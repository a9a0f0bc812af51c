import { type Address, allOf, type Caller, createCaller, inParallel, newTraffic } from './caller.ts';
import { CONTRADICTION_FLAGS, type Expectation, expectationOf } from './expectation.ts';
import type { Entry, Journal } from './journal.ts';
import { checkMoney } from './money-checker.ts';
import { merchantName } from './stage.ts';
import type { Judge, ShipmentSeen, Verdict } from './verdict.ts';

type Timeline = {
  readonly status: string;
  readonly milestones: readonly {
    readonly name: string;
    readonly occurred_at: string;
    readonly scan_id: string;
  }[];
  readonly entries: readonly {
    readonly scan_id: string;
    readonly source: string;
    readonly milestone: string;
    readonly zone_confidence: string;
    readonly synthetic: boolean;
  }[];
  readonly flags: readonly string[];
  readonly unverified: readonly unknown[];
};
type Tracking = {
  readonly parcels: readonly { readonly parcel: { readonly id: string }; readonly timeline: Timeline }[];
};

const READERS = 8;
/** The product's own readings follow by events; so long a shipment may need until it shows what was told. */
const SETTLE_MS = 120_000;
const LOOK_AGAIN_MS = 500;

/**
 * Judges a replay from the rows, from what the client remembers and from what the API answers. Imports nothing of
 * the product: a mistake there is not repeated here.
 */
export async function judge(address: Address, journal: Journal): Promise<Verdict> {
  const checked = new Map<string, number>();
  const breaks: string[] = [];
  const judge: Judge = {
    check: (rule, holds, what) => {
      checked.set(rule, (checked.get(rule) ?? 0) + 1);
      if (!holds) breaks.push(`${rule}: ${what()}`);
    },
  };
  const as = (key: string) => createCaller(address, key, newTraffic());
  const operator = as(journal.operatorKey);
  await settle(operator, journal);
  for (const entry of journal.entries) checkOutcome(judge, entry, journal);
  const listed = await allOf<ShipmentSeen>(operator, '/v1/shipments');
  await checkLists(judge, operator, journal, listed);
  const callers = new Map([...journal.merchants.values()].map((one) => [one.id, as(one.key)]));
  const seen = new Map(listed.map((one) => [one.id, one]));
  const bought = journal.entries.filter((entry) => entry.outcome === 'bought');
  await inParallel(bought, READERS, async (entry) => {
    const merchant = callers.get(entry.merchantId);
    if (merchant === undefined) return;
    await checkEntry(judge, merchant, entry, seen.get(entry.shipmentId), journal).catch((error: Error) =>
      judge.check('what was acknowledged can be read', false, () => `${entry.order.id}: ${error.message}`),
    );
  });
  await checkMoney(judge, operator, journal, listed);
  return { checked, breaks };
}

type Expected = Extract<Expectation, { kind: 'bought' }>;

/** Waits until every shipment and its freight are in the state that the row leads to, or nothing has moved for a long while. */
async function settle(operator: Caller, journal: Journal): Promise<void> {
  const wanted = new Map<string, Pick<Expected, 'state' | 'freight'>>();
  for (const entry of journal.entries) {
    const expected = expectationOf(entry.order, journal.endedAtMs);
    if (entry.outcome === 'bought' && expected.kind === 'bought') wanted.set(entry.shipmentId, expected);
  }
  let left = Number.POSITIVE_INFINITY;
  for (let deadline = performance.now() + SETTLE_MS; performance.now() < deadline; ) {
    const listed = await allOf<ShipmentSeen>(operator, '/v1/shipments');
    const open = listed.filter((one) => {
      const end = wanted.get(one.id);
      return end !== undefined && (one.state !== end.state || one.freight !== end.freight);
    }).length;
    if (open === 0) break;
    if (open < left) deadline = performance.now() + SETTLE_MS / 8;
    left = open;
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
}

function checkOutcome(judge: Judge, entry: Entry, journal: Journal): void {
  const expected = expectationOf(entry.order, journal.endedAtMs);
  const { id } = entry.order;
  judge.check('every row was played to its end', entry.failure === '', () => `${id}: ${entry.failure}`);
  judge.check(
    'bought or refused as the row says',
    entry.outcome === expected.kind,
    () => `${id} was ${entry.outcome}`,
  );
  if (expected.kind === 'refused' && entry.outcome === 'refused')
    judge.check(
      'refused for the reasons of the row',
      entry.refusalCodes.join() === expected.codes.join(),
      () => `${id}: ${entry.refusalCodes.join()} instead of ${expected.codes.join()}`,
    );
}

/** Nothing acknowledged is missing, nothing is there twice, and nothing is there that nobody acknowledged. */
async function checkLists(judge: Judge, operator: Caller, journal: Journal, listed: readonly ShipmentSeen[]) {
  const bought = journal.entries.filter((entry) => entry.outcome === 'bought');
  sameSet(
    judge,
    'shipments',
    bought.map((entry) => entry.shipmentId),
    listed.map((one) => one.id),
  );
  once(
    judge,
    'no order bought twice',
    listed.map((one) => one.order_ref),
  );
  once(
    judge,
    'no waybill number twice',
    listed.flatMap((one) => one.parcels.map((parcel) => parcel.number)),
  );
  const waybills = await allOf<{ id: string; number: string; print_count: number }>(operator, '/v1/waybills');
  sameSet(
    judge,
    'waybills',
    bought.map((entry) => entry.waybillId),
    waybills.map((one) => one.id),
  );
  once(
    judge,
    'no waybill number twice',
    waybills.map((one) => one.number),
  );
  const printed = new Map(waybills.map((one) => [one.id, one.print_count]));
  for (const entry of bought)
    judge.check(
      'a label is printed once',
      printed.get(entry.waybillId) === 1,
      () => `${entry.order.id}: ${printed.get(entry.waybillId)} times`,
    );
  const parcels = await allOf<{ id: string; shipment_id?: string }>(operator, '/v1/parcels');
  sameSet(
    judge,
    'tracked parcels',
    bought.map((entry) => entry.parcelId),
    parcels.map((one) => one.id),
  );
  const names = [...journal.merchants.keys()].map(merchantName);
  const organisations = await allOf<{ id: string; name: string; client_platform_id?: string }>(
    operator,
    '/v1/organisations',
  );
  const ours = organisations.filter((one) => one.client_platform_id === journal.marketplace.id);
  sameSet(
    judge,
    'merchants',
    [...journal.merchants.values()].map((one) => one.id),
    ours.map((one) => one.id),
  );
  sameSet(
    judge,
    'names of merchants',
    names,
    ours.map((one) => one.name),
  );
}

function sameSet(
  judge: Judge,
  what: string,
  acknowledged: readonly string[],
  found: readonly string[],
): void {
  const rule = 'nothing acknowledged is missing or doubled';
  const there = new Set(found);
  const known = new Set(acknowledged);
  for (const id of acknowledged) judge.check(rule, there.has(id), () => `${what}: ${id} is missing`);
  for (const id of there) judge.check(rule, known.has(id), () => `${what}: ${id} was never acknowledged`);
  judge.check(rule, there.size === found.length, () => `${what}: ${found.length - there.size} listed twice`);
}

function once(judge: Judge, rule: string, values: readonly string[]): void {
  const seen = new Set<string>();
  for (const value of values) {
    judge.check(rule, !seen.has(value), () => value);
    seen.add(value);
  }
}

async function checkEntry(
  judge: Judge,
  merchant: Caller,
  entry: Entry,
  listed: ShipmentSeen | undefined,
  journal: Journal,
): Promise<void> {
  const expected = expectationOf(entry.order, journal.endedAtMs);
  if (expected.kind !== 'bought' || listed === undefined) return;
  const { id } = entry.order;
  const shipment = await merchant.get<ShipmentSeen>(`/v1/shipments/${entry.shipmentId}`);
  const { state, freight } = expected;
  judge.check(
    'the shipment ends as the row says',
    shipment.state === state,
    () => `${id} is ${shipment.state}, not ${state}`,
  );
  judge.check(
    'the freight ends as the row says',
    shipment.freight === freight,
    () => `${id} is ${shipment.freight}, not ${freight}`,
  );
  judge.check(
    'the carrier took it',
    shipment.acknowledgement === 'accepted',
    () => `${id}: ${shipment.acknowledgement}`,
  );
  judge.check(
    'the shipment has the number of its acknowledgement',
    shipment.parcels[0]?.number === entry.number,
    () => id,
  );
  if (freight === 'charged')
    judge.check(
      'measured as declared, charged as quoted',
      shipment.charged?.total.amount_minor === entry.quotedMinor,
      () => `${id}: ${shipment.charged?.total.amount_minor} instead of ${entry.quotedMinor}`,
    );
  checkHistory(judge, entry, shipment);
  const tracking = await merchant.get<Tracking>(`/v1/tracking/${entry.number}`);
  const parcel = tracking.parcels[0];
  judge.check(
    'a number leads to one parcel',
    tracking.parcels.length === 1 && parcel?.parcel.id === entry.parcelId,
    () => `${id}: ${tracking.parcels.length}`,
  );
  if (parcel !== undefined) checkTimeline(judge, entry, expected, parcel.timeline, journal.carrierCode);
  const label = await merchant.bytes(`/v1/labels/${entry.labelId}`);
  judge.check('the label is a PDF', label.subarray(0, 5).toString('latin1') === '%PDF-', () => id);
}

const STEP_NAMES: Readonly<Record<string, string>> = {
  inbound: 'accept_inbound',
  outbound: 'complete_outbound',
  dispatch: 'send',
  cancelled: 'cancel',
};

function checkHistory(judge: Judge, entry: Entry, shipment: ShipmentSeen): void {
  const history = shipment.history ?? [];
  for (const [step, name] of Object.entries(STEP_NAMES)) {
    const wanted = entry.steps.filter((one) => one === step).length;
    const found = history.filter((one) => one.step === name);
    judge.check(
      'nothing acknowledged is missing or doubled',
      found.length === wanted,
      () => `${entry.order.id}: ${name} acknowledged ${wanted} times, recorded ${found.length} times`,
    );
    if (step !== 'cancelled')
      judge.check(
        'made-up warehouse events are marked synthetic',
        found.every((one) => one.synthetic),
        () => entry.order.id,
      );
  }
}

const WAREHOUSE = new Set(['warehouse_received', 'warehouse_outbound', 'linehaul']);

function checkTimeline(
  judge: Judge,
  entry: Entry,
  expected: Extract<Expectation, { kind: 'bought' }>,
  timeline: Timeline,
  carrierCode: string,
): void {
  const { id } = entry.order;
  const reached = new Map(timeline.milestones.map((one) => [one.name, one.occurred_at]));
  for (const [name, at] of Object.entries(expected.milestones))
    judge.check(
      'milestones that the data bears equal its instants',
      Date.parse(reached.get(name) ?? '') === Date.parse(at),
      () => `${id}: ${name} at ${reached.get(name)}, the data says ${at}`,
    );
  for (const name of ['picked_up', 'delivered'])
    judge.check(
      'no milestone that the data lacks',
      name in expected.milestones || !reached.has(name),
      () => `${id}: ${name}`,
    );
  const reported = timeline.entries.filter((one) => one.source === carrierCode);
  const rule = 'nothing acknowledged is missing or doubled';
  judge.check(
    rule,
    [...entry.scans.values()].sort().join() ===
      reported
        .map((one) => one.scan_id)
        .sort()
        .join(),
    () => `${id}: ${entry.scans.size} scans acknowledged, ${reported.length} in the timeline`,
  );
  judge.check(
    rule,
    new Set(timeline.entries.map((one) => one.scan_id)).size === timeline.entries.length,
    () => `${id}: a scan stands twice`,
  );
  judge.check(
    'the assumed zone is marked',
    reported.every((one) => one.zone_confidence === 'assumed'),
    () => id,
  );
  judge.check(
    'made-up warehouse events are marked synthetic',
    timeline.entries.every((one) => one.synthetic === WAREHOUSE.has(one.milestone)),
    () => `${id}: ${timeline.entries.map((one) => `${one.milestone}${one.synthetic ? '*' : ''}`).join(' ')}`,
  );
  const flags = CONTRADICTION_FLAGS.filter((flag) => timeline.flags.includes(flag));
  judge.check(
    'contradictory rows are flagged, others are not',
    flags.toSorted().join() === expected.flags.toSorted().join(),
    () => `${id}: ${flags.join()} instead of ${expected.flags.join()}`,
  );
  judge.check('the carrier is believed', timeline.unverified.length === 0, () => id);
}
