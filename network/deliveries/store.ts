import { type Queryable, type SqlQuery, sql } from '../../platform/db/index.ts';
import type { Instant, Money, OrganisationId, ParcelId, ShipmentId } from '../kernel/index.ts';
import type { CourierId, Delivery, DeliveryFlag, DeliveryId, ProofId, RunId, SignKind } from './model.ts';

type DeliveryRow = {
  organisation_id: OrganisationId;
  delivery_id: DeliveryId;
  parcel_id: ParcelId;
  shipment_id: ShipmentId;
  number: string;
  merchant_id: OrganisationId;
  client_platform_id: OrganisationId | null;
  to_place: Delivery['to'];
  undeliverable: Delivery['undeliverable'];
  cash_on_delivery: Money | null;
  state: Delivery['state'];
  version: number;
  run_id: RunId | null;
  courier_id: CourierId | null;
  stop: number | null;
  attempts: number;
  last_attempt_at: Instant | null;
  out_at: Instant | null;
  hold_until: Instant | null;
  reason: string | null;
  sign_kind: SignKind | null;
  flags: DeliveryFlag[];
  proof_ids: ProofId[];
  created_at: Instant;
  changed_at: Instant;
};

const DELIVERY: SqlQuery = sql`select organisation_id, delivery_id, parcel_id, shipment_id, number, merchant_id, client_platform_id, to_place,
  undeliverable, cash_on_delivery, state, version, run_id, courier_id, stop, attempts, last_attempt_at, out_at, hold_until, reason, sign_kind,
  flags, proof_ids, created_at, changed_at from deliveries.delivery`;

function deliveryOf(row: DeliveryRow): Delivery {
  return {
    id: row.delivery_id,
    organisationId: row.organisation_id,
    parcelId: row.parcel_id,
    shipmentId: row.shipment_id,
    number: row.number,
    merchantId: row.merchant_id,
    clientPlatformId: row.client_platform_id ?? undefined,
    to: row.to_place,
    undeliverable: row.undeliverable,
    cashOnDelivery: row.cash_on_delivery ?? undefined,
    state: row.state,
    version: row.version,
    runId: row.run_id ?? undefined,
    courierId: row.courier_id ?? undefined,
    stop: row.stop ?? undefined,
    attempts: row.attempts,
    lastAttemptAt: row.last_attempt_at ?? undefined,
    outAt: row.out_at ?? undefined,
    holdUntil: row.hold_until ?? undefined,
    reason: row.reason ?? undefined,
    signKind: row.sign_kind ?? undefined,
    flags: row.flags,
    proofIds: row.proof_ids,
    createdAt: row.created_at,
    changedAt: row.changed_at,
  };
}

/** `rest`: what follows `from deliveries.delivery`. */
async function readDeliveries(db: Queryable, rest: SqlQuery): Promise<Delivery[]> {
  return (await db.rows<DeliveryRow>(sql`${DELIVERY} ${rest}`)).map(deliveryOf);
}

export async function findDelivery(db: Queryable, id: string): Promise<Delivery | undefined> {
  return (await readDeliveries(db, sql`where delivery_id = ${id}`))[0];
}

/** In the order of their ids, so that two writers never wait for each other in a circle. */
export async function lockDeliveries(
  db: Queryable,
  organisationId: string,
  ids: readonly string[],
): Promise<Delivery[]> {
  return readDeliveries(
    db,
    sql`where organisation_id = ${organisationId} and delivery_id = any(${ids}) order by delivery_id for update`,
  );
}

export async function lockDeliveriesOfParcels(
  db: Queryable,
  organisationId: string,
  parcelIds: readonly string[],
): Promise<Delivery[]> {
  return readDeliveries(
    db,
    sql`where organisation_id = ${organisationId} and parcel_id = any(${parcelIds}) order by delivery_id for update`,
  );
}

/** The stops of a run in their order; locked in the order of ids when they are to be changed. */
export async function listDeliveriesOfRun(
  db: Queryable,
  organisationId: string,
  runId: string,
): Promise<Delivery[]> {
  return readDeliveries(
    db,
    sql`where organisation_id = ${organisationId} and run_id = ${runId} order by stop, delivery_id`,
  );
}

export async function listDeliveriesOfShipment(db: Queryable, shipmentId: string): Promise<Delivery[]> {
  return readDeliveries(db, sql`where shipment_id = ${shipmentId} order by delivery_id`);
}

export type DeliveryFilter = { readonly state: string | undefined; readonly after: string };

export async function listDeliveries(
  db: Queryable,
  organisationId: string,
  filter: DeliveryFilter,
  limit: number,
): Promise<Delivery[]> {
  const state = filter.state === undefined ? sql`` : sql` and state = ${filter.state}`;
  return readDeliveries(
    db,
    sql`where organisation_id = ${organisationId} and delivery_id > ${filter.after}${state} order by delivery_id limit ${limit}`,
  );
}

/** What a courier has on his runs of a day that are not closed, in the order of the stops. */
export async function listDeliveriesOfCourier(
  db: Queryable,
  of: { organisationId: string; courierId: string; day: string },
): Promise<Delivery[]> {
  return readDeliveries(
    db,
    sql`d
    where d.organisation_id = ${of.organisationId} and d.courier_id = ${of.courierId} and exists (
      select from deliveries.run r where r.organisation_id = d.organisation_id and r.run_id = d.run_id and r.day = ${of.day}::date)
    order by d.run_id, d.stop, d.delivery_id`,
  );
}

/** Is one of these shipments on the open list of a courier? */
export async function hasOpenDelivery(
  db: Queryable,
  of: {
    organisationId: string;
    courierId: string;
    shipmentIds: readonly string[];
    states: readonly string[];
  },
): Promise<boolean> {
  const row = await db.maybeRow(sql`
    select 1 from deliveries.delivery where organisation_id = ${of.organisationId} and courier_id = ${of.courierId}
      and shipment_id = any(${of.shipmentIds}) and state = any(${of.states}) limit 1`);
  return row !== undefined;
}

export type StepRecord = {
  readonly deliveryId: DeliveryId;
  readonly version: number;
  readonly fact: string;
  readonly state: string;
  readonly reason: string | undefined;
  readonly evidence: object | undefined;
  readonly clientId: string | undefined;
  readonly digest: Uint8Array | undefined;
  readonly byCaller: string;
  readonly occurredAt: Instant;
};

/** Writes deliveries, new or changed, and what happened to them: two statements for any number. */
export async function saveDeliveries(
  db: Queryable,
  organisationId: string,
  deliveries: readonly Delivery[],
  steps: readonly StepRecord[],
  now: Instant,
): Promise<void> {
  const rows = deliveries.map((one) => ({
    delivery_id: one.id,
    parcel_id: one.parcelId,
    shipment_id: one.shipmentId,
    number: one.number,
    merchant_id: one.merchantId,
    client_platform_id: one.clientPlatformId ?? null,
    to_place: one.to,
    undeliverable: one.undeliverable,
    cash_on_delivery: one.cashOnDelivery ?? null,
    state: one.state,
    version: one.version,
    run_id: one.runId ?? null,
    courier_id: one.courierId ?? null,
    stop: one.stop ?? null,
    attempts: one.attempts,
    last_attempt_at: one.lastAttemptAt ?? null,
    out_at: one.outAt ?? null,
    hold_until: one.holdUntil ?? null,
    reason: one.reason ?? null,
    sign_kind: one.signKind ?? null,
    flags: one.flags,
    proof_ids: one.proofIds,
  }));
  await db.run(sql`
    insert into deliveries.delivery (organisation_id, delivery_id, parcel_id, shipment_id, number, merchant_id, client_platform_id, to_place,
      undeliverable, cash_on_delivery, state, version, run_id, courier_id, stop, attempts, last_attempt_at, out_at, hold_until, reason, sign_kind,
      flags, proof_ids, created_at, changed_at)
    select ${organisationId}, delivery_id, parcel_id, shipment_id, number, merchant_id, client_platform_id, to_place, undeliverable,
      cash_on_delivery, state, version, run_id, courier_id, stop, attempts, last_attempt_at, out_at, hold_until, reason, sign_kind,
      array(select jsonb_array_elements_text(flags)), array(select jsonb_array_elements_text(proof_ids)), ${now}, ${now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(delivery_id text, parcel_id text, shipment_id text, number text,
      merchant_id text, client_platform_id text, to_place jsonb, undeliverable text, cash_on_delivery jsonb, state text, version bigint,
      run_id text, courier_id text, stop smallint, attempts smallint, last_attempt_at timestamptz, out_at timestamptz, hold_until timestamptz,
      reason text, sign_kind text, flags jsonb, proof_ids jsonb)
    on conflict (organisation_id, delivery_id) do update set to_place = excluded.to_place, undeliverable = excluded.undeliverable,
      cash_on_delivery = excluded.cash_on_delivery, state = excluded.state, version = excluded.version, run_id = excluded.run_id,
      courier_id = excluded.courier_id, stop = excluded.stop, attempts = excluded.attempts, last_attempt_at = excluded.last_attempt_at,
      out_at = excluded.out_at, hold_until = excluded.hold_until, reason = excluded.reason, sign_kind = excluded.sign_kind,
      flags = excluded.flags, proof_ids = excluded.proof_ids, changed_at = excluded.changed_at`);
  await insertSteps(db, organisationId, steps, now);
}

async function insertSteps(
  db: Queryable,
  organisationId: string,
  steps: readonly StepRecord[],
  now: Instant,
): Promise<void> {
  const rows = steps.map((one) => ({
    delivery_id: one.deliveryId,
    version: one.version,
    fact: one.fact,
    state: one.state,
    reason: one.reason ?? null,
    evidence: one.evidence ?? null,
    client_id: one.clientId ?? null,
    digest: one.digest === undefined ? null : Buffer.from(one.digest).toString('hex'),
    by_caller: one.byCaller,
    occurred_at: one.occurredAt,
  }));
  await db.run(sql`
    insert into deliveries.step (organisation_id, delivery_id, version, fact, state, reason, evidence, client_id, digest, by_caller, occurred_at, recorded_at)
    select ${organisationId}, delivery_id, version, fact, state, reason, evidence, client_id, decode(digest, 'hex'), by_caller, occurred_at, ${now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(delivery_id text, version bigint, fact text, state text, reason text,
      evidence jsonb, client_id text, digest text, by_caller text, occurred_at timestamptz)`);
}

/** What an earlier report with this client id was about: its digest. */
export async function findReport(
  db: Queryable,
  of: { organisationId: string; deliveryId: string; clientId: string },
): Promise<Uint8Array | undefined> {
  const row = await db.maybeRow<{ digest: Uint8Array }>(sql`
    select digest from deliveries.step
    where organisation_id = ${of.organisationId} and delivery_id = ${of.deliveryId} and client_id = ${of.clientId}`);
  return row?.digest;
}

export async function listSteps(db: Queryable, organisationId: string, deliveryId: string) {
  const rows = await db.rows<{
    version: number;
    fact: string;
    state: string;
    reason: string | null;
    occurred_at: Instant;
    recorded_at: Instant;
  }>(sql`
    select version, fact, state, reason, occurred_at, recorded_at from deliveries.step
    where organisation_id = ${organisationId} and delivery_id = ${deliveryId} order by version`);
  return rows.map((row) => ({
    version: row.version,
    fact: row.fact,
    state: row.state,
    reason: row.reason ?? undefined,
    occurredAt: row.occurred_at,
    recordedAt: row.recorded_at,
  }));
}
