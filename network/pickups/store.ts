import { type Queryable, type SqlQuery, sql } from '../../platform/db/index.ts';
import type { Instant, OrganisationId, PickupId, ShipmentId } from '../kernel/index.ts';
import type { AreaId, Canceller, CourierId, Pickup, PickupItem, PickupPlace, PickupState } from './model.ts';

type PickupRow = {
  organisation_id: OrganisationId;
  pickup_id: PickupId;
  client_platform_id: OrganisationId | null;
  carrier_id: OrganisationId;
  area_id: AreaId;
  version: number;
  state: PickupState;
  courier_id: CourierId | null;
  sender_ref: Pickup['senderRef'];
  place: PickupPlace;
  window_starts_at: Instant;
  window_ends_at: Instant;
  held_hour: Instant | null;
  attempts: number;
  code: Uint8Array;
  wrong_tries: number;
  reason: string | null;
  cancelled_by: Canceller | null;
  booked_at: Instant;
  changed_at: Instant;
  shipment_ids: ShipmentId[] | null;
  items: ItemRow[] | null;
};
type ItemRow = {
  parcel_id: PickupItem['parcelId'];
  shipment_id: ShipmentId;
  number: string;
  outcome: NonNullable<PickupItem['outcome']> | null;
  reason: string | null;
  weight_grams: number | null;
  evidence: string[];
};

const PICKUP: SqlQuery = sql`
  select p.*,
    (select array_agg(s.shipment_id order by s.shipment_id) from pickups.pickup_shipment s
      where s.organisation_id = p.organisation_id and s.pickup_id = p.pickup_id) as shipment_ids,
    (select jsonb_agg(jsonb_build_object('parcel_id', i.parcel_id, 'shipment_id', i.shipment_id, 'number', i.number, 'outcome', i.outcome,
        'reason', i.reason, 'weight_grams', i.weight_grams, 'evidence', i.evidence) order by i.parcel_id)
      from pickups.item i where i.organisation_id = p.organisation_id and i.pickup_id = p.pickup_id) as items
  from pickups.pickup p`;

function pickupOf(row: PickupRow): Pickup {
  return {
    id: row.pickup_id,
    organisationId: row.organisation_id,
    clientPlatformId: row.client_platform_id ?? undefined,
    carrierId: row.carrier_id,
    areaId: row.area_id,
    version: row.version,
    state: row.state,
    courierId: row.courier_id ?? undefined,
    senderRef: row.sender_ref,
    place: row.place,
    window: { startsAt: row.window_starts_at, endsAt: row.window_ends_at },
    heldHour: row.held_hour ?? undefined,
    attempts: row.attempts,
    code: row.code,
    wrongTries: row.wrong_tries,
    reason: row.reason ?? undefined,
    cancelledBy: row.cancelled_by ?? undefined,
    shipmentIds: row.shipment_ids ?? [],
    items: (row.items ?? []).map((item) => ({
      parcelId: item.parcel_id,
      shipmentId: item.shipment_id,
      number: item.number,
      outcome: item.outcome ?? undefined,
      reason: item.reason ?? undefined,
      weightGrams: item.weight_grams ?? undefined,
      evidence: item.evidence,
    })),
    bookedAt: row.booked_at,
    changedAt: row.changed_at,
  };
}

/** Writes a new visit with its shipments and parcels. False when one of the shipments waits for another visit. */
export async function insertPickup(db: Queryable, pickup: Pickup): Promise<boolean> {
  await db.run(sql`
    insert into pickups.pickup (organisation_id, pickup_id, client_platform_id, carrier_id, area_id, version, state, courier_id,
      sender_ref, place, window_starts_at, window_ends_at, held_hour, attempts, code, wrong_tries, booked_at, changed_at)
    values (${pickup.organisationId}, ${pickup.id}, ${pickup.clientPlatformId}, ${pickup.carrierId}, ${pickup.areaId},
      ${pickup.version}, ${pickup.state}, ${pickup.courierId}, ${pickup.senderRef}, ${pickup.place}::jsonb,
      ${pickup.window.startsAt}, ${pickup.window.endsAt}, ${pickup.heldHour}, ${pickup.attempts}, ${pickup.code},
      ${pickup.wrongTries}, ${pickup.bookedAt}, ${pickup.changedAt})`);
  const opened = await db.run(sql`
    insert into pickups.pickup_shipment (organisation_id, pickup_id, shipment_id, is_open)
    select ${pickup.organisationId}, ${pickup.id}, shipment_id, true from unnest(${pickup.shipmentIds}::text[]) as s(shipment_id)
    on conflict (organisation_id, shipment_id) where is_open do nothing`);
  if (opened < pickup.shipmentIds.length) return false;
  const items = pickup.items.map((item) => ({
    parcel_id: item.parcelId,
    shipment_id: item.shipmentId,
    number: item.number,
  }));
  await db.run(sql`
    insert into pickups.item (organisation_id, pickup_id, parcel_id, shipment_id, number)
    select ${pickup.organisationId}, ${pickup.id}, parcel_id, shipment_id, number
    from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) as i(parcel_id text, shipment_id text, number text)`);
  return true;
}

export async function findPickup(db: Queryable, id: string): Promise<Pickup | undefined> {
  const row = await db.maybeRow<PickupRow>(sql`${PICKUP} where p.pickup_id = ${id}`);
  return row === undefined ? undefined : pickupOf(row);
}

export async function lockPickup(
  db: Queryable,
  organisationId: string,
  id: string,
): Promise<Pickup | undefined> {
  const row = await db.maybeRow<PickupRow>(
    sql`${PICKUP} where p.organisation_id = ${organisationId} and p.pickup_id = ${id} for update of p`,
  );
  return row === undefined ? undefined : pickupOf(row);
}

/** Who has a part in a visit, without the rest of it. */
export async function findPickupParts(db: Queryable, id: string) {
  const row = await db.maybeRow<{
    organisation_id: string;
    client_platform_id: string | null;
    carrier_id: string;
    courier_id: string | null;
  }>(sql`
    select organisation_id, client_platform_id, carrier_id, courier_id from pickups.pickup where pickup_id = ${id}`);
  return row === undefined
    ? undefined
    : {
        organisationId: row.organisation_id,
        clientPlatformId: row.client_platform_id ?? undefined,
        carrierId: row.carrier_id,
        courierId: row.courier_id ?? undefined,
      };
}

export type FactRecord = {
  readonly version: number;
  readonly fact: string;
  readonly state: PickupState;
  readonly reason: string | undefined;
  readonly byCaller: string;
  readonly evidence: readonly string[];
  readonly recordedAt: Instant;
};

/** Saves what changed, what became of the parcels, and the facts. `isOpen` false frees the shipments for another visit. */
export async function savePickup(
  db: Queryable,
  pickup: Pickup,
  facts: readonly FactRecord[],
  isOpen: boolean,
): Promise<void> {
  await db.run(sql`
    update pickups.pickup set version = ${pickup.version}, state = ${pickup.state}, courier_id = ${pickup.courierId},
      carrier_id = ${pickup.carrierId}, area_id = ${pickup.areaId},
      window_starts_at = ${pickup.window.startsAt}, window_ends_at = ${pickup.window.endsAt}, held_hour = ${pickup.heldHour},
      attempts = ${pickup.attempts}, code = ${pickup.code}, wrong_tries = ${pickup.wrongTries}, reason = ${pickup.reason},
      cancelled_by = ${pickup.cancelledBy}, changed_at = ${pickup.changedAt}
    where organisation_id = ${pickup.organisationId} and pickup_id = ${pickup.id}`);
  const rows = facts.map((fact) => ({
    version: fact.version,
    fact: fact.fact,
    state: fact.state,
    reason: fact.reason ?? null,
    by_caller: fact.byCaller,
    evidence: fact.evidence,
    recorded_at: fact.recordedAt,
  }));
  await db.run(sql`
    insert into pickups.fact (organisation_id, pickup_id, version, fact, state, reason, by_caller, evidence, recorded_at)
    select ${pickup.organisationId}, ${pickup.id}, version, fact, state, reason, by_caller, evidence, recorded_at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as f(version bigint, fact text, state text, reason text, by_caller text, evidence text[], recorded_at timestamptz)`);
  if (!isOpen) {
    await db.run(sql`
      update pickups.pickup_shipment set is_open = false
      where organisation_id = ${pickup.organisationId} and pickup_id = ${pickup.id} and is_open`);
  }
}

export async function saveOutcomes(db: Queryable, pickup: Pickup): Promise<void> {
  const rows = pickup.items.map((item) => ({
    parcel_id: item.parcelId,
    outcome: item.outcome ?? null,
    reason: item.reason ?? null,
    weight_grams: item.weightGrams ?? null,
    evidence: item.evidence,
  }));
  await db.run(sql`
    update pickups.item i set outcome = r.outcome, reason = r.reason, weight_grams = r.weight_grams, evidence = r.evidence
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r(parcel_id text, outcome text, reason text, weight_grams integer, evidence text[])
    where i.organisation_id = ${pickup.organisationId} and i.pickup_id = ${pickup.id} and i.parcel_id = r.parcel_id`);
}

/** Takes a shipment out of a visit: it was cancelled, or came to the warehouse in another way. */
export async function dropShipment(db: Queryable, pickup: Pickup, shipmentId: string): Promise<void> {
  await db.run(sql`
    delete from pickups.item
    where organisation_id = ${pickup.organisationId} and pickup_id = ${pickup.id} and shipment_id = ${shipmentId}`);
  await db.run(sql`
    delete from pickups.pickup_shipment
    where organisation_id = ${pickup.organisationId} and pickup_id = ${pickup.id} and shipment_id = ${shipmentId}`);
}

/** The visit that a shipment waits for, or else the last that collected it. */
export async function findPickupOfShipment(
  db: Queryable,
  organisationId: string,
  shipmentId: string,
): Promise<PickupId | undefined> {
  const row = await db.maybeRow<{ pickup_id: PickupId }>(sql`
    select s.pickup_id from pickups.pickup_shipment s join pickups.pickup p using (organisation_id, pickup_id)
    where s.organisation_id = ${organisationId} and s.shipment_id = ${shipmentId} and (s.is_open or p.state = 'collected')
    order by s.is_open desc, s.pickup_id desc limit 1`);
  return row?.pickup_id;
}

export async function listFacts(db: Queryable, pickupId: string): Promise<FactRecord[]> {
  const rows = await db.rows<{
    version: number;
    fact: string;
    state: PickupState;
    reason: string | null;
    by_caller: string;
    evidence: string[];
    recorded_at: Instant;
  }>(sql`
    select version, fact, state, reason, by_caller, evidence, recorded_at from pickups.fact
    where pickup_id = ${pickupId} order by version`);
  return rows.map((row) => ({
    version: row.version,
    fact: row.fact,
    state: row.state,
    reason: row.reason ?? undefined,
    byCaller: row.by_caller,
    evidence: row.evidence,
    recordedAt: row.recorded_at,
  }));
}

/** Whose list: an organisation's, one courier's, or the whole network's. */
export type PickupViewer =
  | { readonly kind: 'organisation'; readonly id: string }
  | { readonly kind: 'courier'; readonly carrierId: string; readonly courierId: string }
  | { readonly kind: 'network' };

/** Visits after an id; a courier's are the open ones. */
export async function listPickups(
  db: Queryable,
  viewer: PickupViewer,
  states: readonly PickupState[] | undefined,
  after: string,
  limit: number,
): Promise<Pickup[]> {
  const who =
    viewer.kind === 'network'
      ? sql`true`
      : viewer.kind === 'courier'
        ? sql`p.carrier_id = ${viewer.carrierId} and p.courier_id = ${viewer.courierId}`
        : sql`(p.organisation_id = ${viewer.id} or p.carrier_id = ${viewer.id} or p.client_platform_id = ${viewer.id})`;
  const inState = states === undefined ? sql`` : sql` and p.state = any(${states})`;
  const rows = await db.rows<PickupRow>(sql`
    ${PICKUP} where ${who}${inState} and p.pickup_id > ${after} order by p.pickup_id limit ${limit}`);
  return rows.map(pickupOf);
}

/** Open visits of couriers that begin within a span, by courier: how busy each is. */
export async function countOpenVisits(
  db: Queryable,
  carrierId: string,
  from: Instant,
  to: Instant,
): Promise<Map<string, number>> {
  const rows = await db.rows<{ courier_id: string; count: number }>(sql`
    select courier_id, count(*) as count from pickups.pickup
    where carrier_id = ${carrierId} and courier_id is not null and window_starts_at >= ${from} and window_starts_at < ${to}
      and state in ('assigned', 'accepted', 'on_the_way', 'code_verified')
    group by courier_id`);
  return new Map(rows.map((row) => [row.courier_id, row.count]));
}

export type Declaration = {
  readonly organisationId: OrganisationId;
  readonly shipmentId: ShipmentId;
  readonly kind: 'self_post' | 'drop_off';
  readonly warehouseId: OrganisationId;
  readonly carrierName: string | undefined;
  readonly number: string | undefined;
  readonly declaredAt: Instant;
};

export async function saveDeclaration(
  db: Queryable,
  declaration: Declaration,
  byCaller: string,
): Promise<void> {
  const { organisationId, shipmentId, kind, warehouseId, carrierName, number, declaredAt } = declaration;
  await db.run(sql`
    insert into pickups.declaration (organisation_id, shipment_id, kind, warehouse_id, carrier_name, number, by_caller, declared_at)
    values (${organisationId}, ${shipmentId}, ${kind}, ${warehouseId}, ${carrierName}, ${number}, ${byCaller}, ${declaredAt})
    on conflict (organisation_id, shipment_id) do update set kind = excluded.kind, carrier_name = excluded.carrier_name,
      number = excluded.number, by_caller = excluded.by_caller, declared_at = excluded.declared_at`);
}

export async function findDeclaration(db: Queryable, shipmentId: string): Promise<Declaration | undefined> {
  const row = await db.maybeRow<{
    organisation_id: OrganisationId;
    shipment_id: ShipmentId;
    kind: 'self_post' | 'drop_off';
    warehouse_id: OrganisationId;
    carrier_name: string | null;
    number: string | null;
    declared_at: Instant;
  }>(sql`
    select organisation_id, shipment_id, kind, warehouse_id, carrier_name, number, declared_at
    from pickups.declaration where shipment_id = ${shipmentId}`);
  return row === undefined
    ? undefined
    : {
        organisationId: row.organisation_id,
        shipmentId: row.shipment_id,
        kind: row.kind,
        warehouseId: row.warehouse_id,
        carrierName: row.carrier_name ?? undefined,
        number: row.number ?? undefined,
        declaredAt: row.declared_at,
      };
}
