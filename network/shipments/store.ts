import { type Queryable, type SqlQuery, sql } from '../../platform/db/index.ts';
import type { Instant, Money, OrganisationId, ParcelId, WaybillId } from '../kernel/index.ts';
import type { Shipment, ShipmentParcel } from './model.ts';

type ShipmentRow = {
  organisation_id: Shipment['organisationId'];
  shipment_id: Shipment['id'];
  client_platform_id: OrganisationId | null;
  version: number;
  state: Shipment['state'];
  order_ref: string;
  offer_id: Shipment['offerId'];
  line_code: string;
  carrier_code: string;
  carrier_id: OrganisationId;
  warehouse_id: OrganisationId;
  handover: Shipment['handover'];
  undeliverable: Shipment['undeliverable'];
  sender_ref: Shipment['senderRef'];
  recipient_ref: Shipment['recipientRef'];
  from_place: Shipment['from'];
  to_place: Shipment['to'];
  goods: Shipment['goods'];
  incoterm: Shipment['incoterm'] | null;
  order_amount: Money | null;
  cash_on_delivery: Money | null;
  insured_amount: Money | null;
  quoted: Shipment['quoted'];
  charged: Shipment['quoted'] | null;
  freight: Shipment['freight'];
  hold_set_id: NonNullable<Shipment['holdSetId']> | null;
  promise_kind: Shipment['promise']['kind'];
  promise_earliest: Instant;
  promise_latest: Instant;
  acknowledgement: Shipment['acknowledgement'];
  reason: string | null;
  synthetic: boolean;
  purchased_at: Instant;
  changed_at: Instant;
  parcels: ParcelRow[];
};

type ParcelRow = {
  parcel_id: ParcelId;
  index: number;
  waybill_id: WaybillId;
  number: string;
  weight_grams: number;
  size: ShipmentParcel['size'] | null;
  measured: NonNullable<ShipmentParcel['measured']> | null;
};

const SHIPMENT_WITH_PARCELS: SqlQuery = sql`
  select s.*, (
    select jsonb_agg(jsonb_build_object('parcel_id', p.parcel_id, 'index', p.index, 'waybill_id', p.waybill_id, 'number', p.number,
      'weight_grams', p.weight_grams, 'size', p.size, 'measured', p.measured) order by p.index)
    from shipments.parcel p where p.organisation_id = s.organisation_id and p.shipment_id = s.shipment_id) as parcels
  from shipments.shipment s`;

function shipmentOf(row: ShipmentRow): Shipment {
  return {
    id: row.shipment_id,
    organisationId: row.organisation_id,
    clientPlatformId: row.client_platform_id ?? undefined,
    version: row.version,
    state: row.state,
    orderRef: row.order_ref,
    offerId: row.offer_id,
    lineCode: row.line_code,
    carrierCode: row.carrier_code,
    carrierId: row.carrier_id,
    warehouseId: row.warehouse_id,
    handover: row.handover,
    undeliverable: row.undeliverable,
    senderRef: row.sender_ref,
    recipientRef: row.recipient_ref,
    from: row.from_place,
    to: row.to_place,
    goods: row.goods,
    parcels: (row.parcels ?? []).map((parcel) => ({
      id: parcel.parcel_id,
      index: parcel.index,
      waybillId: parcel.waybill_id,
      number: parcel.number,
      weightGrams: parcel.weight_grams,
      size: parcel.size ?? undefined,
      measured: parcel.measured ?? undefined,
    })),
    incoterm: row.incoterm ?? undefined,
    orderAmount: row.order_amount ?? undefined,
    cashOnDelivery: row.cash_on_delivery ?? undefined,
    insuredAmount: row.insured_amount ?? undefined,
    quoted: row.quoted,
    charged: row.charged ?? undefined,
    freight: row.freight,
    holdSetId: row.hold_set_id ?? undefined,
    promise: { kind: row.promise_kind, earliest: row.promise_earliest, latest: row.promise_latest },
    acknowledgement: row.acknowledgement,
    reason: row.reason ?? undefined,
    synthetic: row.synthetic,
    purchasedAt: row.purchased_at,
    changedAt: row.changed_at,
  };
}

/** Writes a new shipment with its parcels, parts and first step: one statement. */
export function insertShipment(
  db: Queryable,
  shipment: Shipment,
  buyingTotal: Money | undefined,
  byCaller: string,
): void {
  const parcels = shipment.parcels.map((parcel) => ({
    parcel_id: parcel.id,
    index: parcel.index,
    waybill_id: parcel.waybillId,
    number: parcel.number,
    weight_grams: parcel.weightGrams,
    size: parcel.size ?? null,
  }));
  const parts = [
    { organisation_id: shipment.organisationId, part: 'own' },
    ...(shipment.clientPlatformId === undefined
      ? []
      : [{ organisation_id: shipment.clientPlatformId, part: 'client' }]),
    { organisation_id: shipment.carrierId, part: 'carrier' },
    { organisation_id: shipment.warehouseId, part: 'warehouse' },
  ];
  db.later(sql`
    with shipment as (
      insert into shipments.shipment (organisation_id, shipment_id, client_platform_id, version, state, order_ref, offer_id, line_code,
        carrier_code, carrier_id, warehouse_id, handover, undeliverable, sender_ref, recipient_ref, from_place, to_place, goods, incoterm,
        order_amount, cash_on_delivery, insured_amount, quoted, buying_total, freight, hold_set_id, promise_kind, promise_earliest, promise_latest, acknowledgement, synthetic,
        purchased_at, changed_at)
      values (${shipment.organisationId}, ${shipment.id}, ${shipment.clientPlatformId}, ${shipment.version}, ${shipment.state},
        ${shipment.orderRef}, ${shipment.offerId}, ${shipment.lineCode}, ${shipment.carrierCode}, ${shipment.carrierId},
        ${shipment.warehouseId}, ${shipment.handover}, ${shipment.undeliverable}, ${shipment.senderRef}, ${shipment.recipientRef},
        ${shipment.from}::jsonb, ${shipment.to}::jsonb, ${JSON.stringify(shipment.goods)}::jsonb, ${shipment.incoterm},
        ${shipment.orderAmount}::jsonb, ${shipment.cashOnDelivery}::jsonb, ${shipment.insuredAmount}::jsonb, ${shipment.quoted}::jsonb, ${buyingTotal}::jsonb, ${shipment.freight}, ${shipment.holdSetId},
        ${shipment.promise.kind}, ${shipment.promise.earliest}, ${shipment.promise.latest}, ${shipment.acknowledgement},
        ${shipment.synthetic}, ${shipment.purchasedAt}, ${shipment.changedAt})
      returning organisation_id, shipment_id
    ), parcels as (
      insert into shipments.parcel (organisation_id, shipment_id, parcel_id, index, waybill_id, number, weight_grams, size)
      select s.organisation_id, s.shipment_id, parcel_id, index, waybill_id, number, weight_grams, size
      from shipment s, jsonb_to_recordset(${JSON.stringify(parcels)}::jsonb)
        as p(parcel_id text, index smallint, waybill_id text, number text, weight_grams integer, size jsonb)
    ), parts as (
      insert into shipments.part (organisation_id, shipment_id, part, owner_id, state)
      select p.organisation_id, s.shipment_id, p.part, s.organisation_id, ${shipment.state}
      from shipment s, jsonb_to_recordset(${JSON.stringify(parts)}::jsonb) as p(organisation_id text, part text)
    )
    insert into shipments.step (organisation_id, shipment_id, version, state, step, by_caller, synthetic, occurred_at, recorded_at)
    values (${shipment.organisationId}, ${shipment.id}, ${shipment.version}, ${shipment.state}, 'purchase', ${byCaller},
      ${shipment.synthetic}, ${shipment.purchasedAt}, ${shipment.changedAt})`);
}

/** What the carrier will charge us for a shipment, without tax: for the network's staff only. */
export async function findBuyingTotal(db: Queryable, id: string): Promise<Money | undefined> {
  const row = await db.maybeRow<{ buying_total: Money | null }>(sql`
    select buying_total from shipments.shipment where shipment_id = ${id}`);
  return row?.buying_total ?? undefined;
}

export async function findShipment(db: Queryable, id: string): Promise<Shipment | undefined> {
  const row = await db.maybeRow<ShipmentRow>(sql`${SHIPMENT_WITH_PARCELS} where s.shipment_id = ${id}`);
  return row === undefined ? undefined : shipmentOf(row);
}

export async function listShipmentsByIds(db: Queryable, ids: readonly string[]): Promise<Shipment[]> {
  // Most labels are printed one by one, and of `any` PostgreSQL makes a new plan at every call: twice the work.
  if (ids.length === 1 && ids[0] !== undefined) {
    const shipment = await findShipment(db, ids[0]);
    return shipment === undefined ? [] : [shipment];
  }
  const rows = await db.rows<ShipmentRow>(sql`${SHIPMENT_WITH_PARCELS} where s.shipment_id = any(${ids})`);
  return rows.map(shipmentOf);
}

export async function lockShipment(
  db: Queryable,
  organisationId: string,
  id: string,
): Promise<Shipment | undefined> {
  const row = await db.maybeRow<ShipmentRow>(sql`
    ${SHIPMENT_WITH_PARCELS} where s.organisation_id = ${organisationId} and s.shipment_id = ${id} for update of s`);
  return row === undefined ? undefined : shipmentOf(row);
}

export type ShipmentChange = {
  readonly step: string;
  readonly reason: string | undefined;
  readonly evidence: object | undefined;
  readonly byCaller: string;
  readonly occurredAt: Instant;
};

/** Saves what a step changed and writes its history: one statement. */
export async function saveShipment(db: Queryable, shipment: Shipment, change: ShipmentChange): Promise<void> {
  const measured = shipment.parcels
    .filter((parcel) => parcel.measured !== undefined)
    .map((parcel) => ({ parcel_id: parcel.id, measured: parcel.measured }));
  await db.run(sql`
    with saved as (
      update shipments.shipment set version = ${shipment.version}, state = ${shipment.state}, charged = ${shipment.charged}::jsonb,
        freight = ${shipment.freight}, acknowledgement = ${shipment.acknowledgement}, reason = ${shipment.reason},
        recipient_ref = ${shipment.recipientRef}, to_place = ${shipment.to}::jsonb, changed_at = ${shipment.changedAt}
      where organisation_id = ${shipment.organisationId} and shipment_id = ${shipment.id}
    ), parts as (
      update shipments.part set state = ${shipment.state} where shipment_id = ${shipment.id} and state <> ${shipment.state}
    ), parcels as (
      update shipments.parcel p set measured = m.measured
      from jsonb_to_recordset(${JSON.stringify(measured)}::jsonb) as m(parcel_id text, measured jsonb)
      where p.organisation_id = ${shipment.organisationId} and p.parcel_id = m.parcel_id
    )
    insert into shipments.step (organisation_id, shipment_id, version, state, step, reason, evidence, by_caller, synthetic, occurred_at, recorded_at)
    values (${shipment.organisationId}, ${shipment.id}, ${shipment.version}, ${shipment.state}, ${change.step}, ${change.reason},
      ${change.evidence}::jsonb, ${change.byCaller}, ${shipment.synthetic}, ${change.occurredAt}, ${shipment.changedAt})`);
}

export type PartRow = { readonly ownerId: OrganisationId; readonly part: string };

/** The parts that an organisation has in a shipment, and its owner; empty when there is no such shipment. */
export async function listParts(
  db: Queryable,
  shipmentId: string,
): Promise<(PartRow & { organisationId: string })[]> {
  const rows = await db.rows<{ organisation_id: string; owner_id: OrganisationId; part: string }>(sql`
    select organisation_id, owner_id, part from shipments.part where shipment_id = ${shipmentId}`);
  return rows.map((row) => ({ organisationId: row.organisation_id, ownerId: row.owner_id, part: row.part }));
}

export type ShipmentFilter = {
  readonly part: string | undefined;
  readonly states: readonly string[] | undefined;
  readonly orderRef: string | undefined;
  readonly acknowledgement: string | undefined;
};

/**
 * Shipments that an organisation has a part in, newest first, before an id; `network` lists all. The page is cut in
 * the parts table before any shipment is read.
 */
export async function listShipments(
  db: Queryable,
  viewer: string | 'network',
  filter: ShipmentFilter,
  before: string | undefined,
  limit: number,
): Promise<Shipment[]> {
  const who = viewer === 'network' ? sql`p.part = 'own'` : sql`p.organisation_id = ${viewer}`;
  const part = filter.part === undefined ? sql`` : sql` and p.part = ${filter.part}`;
  const states = filter.states === undefined ? sql`` : sql` and p.state = any(${filter.states})`;
  const below = before === undefined ? sql`` : sql` and p.shipment_id < ${before}`;
  const order = filter.orderRef === undefined ? sql`` : sql` and s.order_ref = ${filter.orderRef}`;
  const acknowledged =
    filter.acknowledgement === undefined ? sql`` : sql` and s.acknowledgement = ${filter.acknowledgement}`;
  const filtersShipment = filter.orderRef !== undefined || filter.acknowledgement !== undefined;
  const cut = filtersShipment ? sql`` : sql` order by p.shipment_id desc limit ${limit}`;
  const rows = await db.rows<ShipmentRow>(sql`
    ${SHIPMENT_WITH_PARCELS}
    join (select p.shipment_id, p.owner_id from shipments.part p where ${who}${part}${states}${below}
      group by p.shipment_id, p.owner_id${cut}) mine
      on mine.owner_id = s.organisation_id and mine.shipment_id = s.shipment_id
    where true${order}${acknowledged}
    order by s.shipment_id desc limit ${limit}`);
  return rows.map(shipmentOf);
}

export type StepRecord = {
  readonly version: number;
  readonly state: string;
  readonly step: string;
  readonly reason: string | undefined;
  readonly evidence: unknown;
  readonly synthetic: boolean;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
};

export async function listSteps(db: Queryable, shipmentId: string): Promise<StepRecord[]> {
  const rows = await db.rows<{
    version: number;
    state: string;
    step: string;
    reason: string | null;
    evidence: unknown;
    synthetic: boolean;
    occurred_at: Instant;
    recorded_at: Instant;
  }>(sql`
    select version, state, step, reason, evidence, synthetic, occurred_at, recorded_at
    from shipments.step where shipment_id = ${shipmentId} order by version`);
  return rows.map((row) => ({
    version: row.version,
    state: row.state,
    step: row.step,
    reason: row.reason ?? undefined,
    evidence: row.evidence ?? undefined,
    synthetic: row.synthetic,
    occurredAt: row.occurred_at,
    recordedAt: row.recorded_at,
  }));
}

/** Shipment of a parcel. */
export async function findShipmentOfParcel(
  db: Queryable,
  parcelId: string,
): Promise<{ organisationId: string; shipmentId: string; waybillId: string } | undefined> {
  const row = await db.maybeRow<{ organisation_id: string; shipment_id: string; waybill_id: string }>(sql`
    select organisation_id, shipment_id, waybill_id from shipments.parcel where parcel_id = ${parcelId}`);
  return row === undefined
    ? undefined
    : { organisationId: row.organisation_id, shipmentId: row.shipment_id, waybillId: row.waybill_id };
}

/** Whose a parcel is, and in which shipment. `statuses`: of the timelines of all pieces of that, as far as known. */
export type NotedParcel = {
  readonly parcelId: string;
  readonly organisationId: OrganisationId;
  readonly shipmentId: string;
  readonly waybillId: string;
  readonly statuses: readonly (string | undefined)[];
};

/**
 * Notes the statuses of timelines of different parcels; those without a shipment are passed over. In the network's
 * scope: whose they are is not known before.
 */
export async function noteParcelStatuses(
  db: Queryable,
  news: readonly { readonly parcelId: string; readonly status: string }[],
): Promise<NotedParcel[]> {
  const [only] = news;
  // One is planned once; a list anew at each call (see isOneOf).
  const written =
    only !== undefined && news.length === 1
      ? sql`update shipments.parcel p set status = ${only.status} where p.parcel_id = ${only.parcelId}`
      : sql`update shipments.parcel p set status = n.status
          from unnest(${news.map((one) => one.parcelId)}::text[], ${news.map((one) => one.status)}::text[]) as n(parcel_id, status)
          where p.parcel_id = n.parcel_id`;
  const rows = await db.rows<{
    organisation_id: OrganisationId;
    shipment_id: string;
    waybill_id: string;
    parcel_id: string;
    others: (string | null)[] | null;
    status: string;
  }>(sql`
    with noted as (
      ${written} returning p.organisation_id, p.shipment_id, p.waybill_id, p.parcel_id, p.status
    )
    select organisation_id, shipment_id, waybill_id, parcel_id, status, (
      select array_agg(coalesce((select m.status from noted m where m.parcel_id = o.parcel_id), o.status))
      from shipments.parcel o
      where o.organisation_id = noted.organisation_id and o.shipment_id = noted.shipment_id
        and o.parcel_id <> noted.parcel_id) as others
    from noted`);
  return rows.map((row) => ({
    parcelId: row.parcel_id,
    organisationId: row.organisation_id,
    shipmentId: row.shipment_id,
    waybillId: row.waybill_id,
    statuses: [row.status, ...(row.others ?? []).map((status) => status ?? undefined)],
  }));
}

/** Statuses of the timelines of a shipment's parcels, as far as they are known. */
export async function listParcelStatuses(
  db: Queryable,
  organisationId: string,
  shipmentId: string,
): Promise<(string | undefined)[]> {
  const rows = await db.rows<{ status: string | null }>(sql`
    select status from shipments.parcel where organisation_id = ${organisationId} and shipment_id = ${shipmentId}`);
  return rows.map((row) => row.status ?? undefined);
}
