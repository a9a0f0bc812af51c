import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Id, Instant, Money, OrganisationId, PartyRef, ShipmentId } from '../kernel/index.ts';
import type { InterceptionKind, InterceptionState } from './interception.policy.ts';
import type { CoarsePlace } from './model.ts';

export type InterceptionId = Id<'icp'>;
export type Interception = {
  readonly id: InterceptionId;
  readonly organisationId: OrganisationId;
  readonly shipmentId: ShipmentId;
  /** Numbers of the shipment's parcels: by them those who hold one know it. */
  readonly numbers: readonly string[];
  readonly carrierId: OrganisationId;
  readonly kind: InterceptionKind;
  readonly state: InterceptionState;
  readonly reason: string | undefined;
  /** Where it is to go instead. */
  readonly recipientRef: PartyRef | undefined;
  readonly to: CoarsePlace | undefined;
  readonly fee: Money;
  readonly chargeId: string | undefined;
  readonly version: number;
  readonly requestedAt: Instant;
  readonly changedAt: Instant;
};

type Row = {
  interception_id: InterceptionId;
  organisation_id: OrganisationId;
  shipment_id: ShipmentId;
  numbers: string[];
  carrier_id: OrganisationId;
  kind: InterceptionKind;
  state: InterceptionState;
  reason: string | null;
  recipient_ref: PartyRef | null;
  to_place: CoarsePlace | null;
  fee: Money;
  charge_id: string | null;
  version: number;
  requested_at: Instant;
  changed_at: Instant;
};

const INTERCEPTION = sql`select interception_id, organisation_id, shipment_id, carrier_id, kind, state, reason, recipient_ref, to_place, fee, charge_id,
  version, requested_at, changed_at, array(select p.number from shipments.parcel p
    where p.organisation_id = i.organisation_id and p.shipment_id = i.shipment_id order by p.parcel_id) as numbers
  from shipments.interception i`;

function interceptionOf(row: Row): Interception {
  return {
    id: row.interception_id,
    organisationId: row.organisation_id,
    shipmentId: row.shipment_id,
    numbers: row.numbers,
    carrierId: row.carrier_id,
    kind: row.kind,
    state: row.state,
    reason: row.reason ?? undefined,
    recipientRef: row.recipient_ref ?? undefined,
    to: row.to_place ?? undefined,
    fee: row.fee,
    chargeId: row.charge_id ?? undefined,
    version: row.version,
    requestedAt: row.requested_at,
    changedAt: row.changed_at,
  };
}

/** False when another one is open for this shipment. */
export async function insertInterception(
  db: Queryable,
  one: Interception,
  byCaller: string,
): Promise<boolean> {
  const written = await db.run(sql`
    insert into shipments.interception (organisation_id, interception_id, shipment_id, carrier_id, kind, state, reason, recipient_ref, to_place, fee,
      version, requested_by, requested_at, changed_at)
    values (${one.organisationId}, ${one.id}, ${one.shipmentId}, ${one.carrierId}, ${one.kind}, ${one.state}, ${one.reason}, ${one.recipientRef},
      ${one.to}::jsonb, ${one.fee}::jsonb, ${one.version}, ${byCaller}, ${one.requestedAt}, ${one.changedAt})
    on conflict (organisation_id, shipment_id) where state in ('requested', 'accepted') do nothing`);
  return written === 1;
}

export async function findInterception(db: Queryable, id: string): Promise<Interception | undefined> {
  const row = await db.maybeRow<Row>(sql`${INTERCEPTION} where interception_id = ${id}`);
  return row === undefined ? undefined : interceptionOf(row);
}

export async function lockInterception(
  db: Queryable,
  organisationId: string,
  id: string,
): Promise<Interception | undefined> {
  const row = await db.maybeRow<Row>(
    sql`${INTERCEPTION} where organisation_id = ${organisationId} and interception_id = ${id} for update of i`,
  );
  return row === undefined ? undefined : interceptionOf(row);
}

export async function saveInterception(db: Queryable, one: Interception): Promise<void> {
  await db.run(sql`
    update shipments.interception set state = ${one.state}, reason = ${one.reason}, charge_id = ${one.chargeId}, version = ${one.version},
      changed_at = ${one.changedAt}
    where organisation_id = ${one.organisationId} and interception_id = ${one.id}`);
}

export type InterceptionFilter = {
  readonly state: InterceptionState | undefined;
  readonly shipmentId: string | undefined;
  readonly after: string;
};

/** Who looks: `hands` hold the parcel and do not answer; `network` sees all. */
export type InterceptionViewer =
  | 'network'
  | { readonly as: 'party' | 'hands'; readonly organisationId: string };

/** As merchant or carrier, or as the warehouse that has the parcel. In the order in which they were asked for. */
export async function listInterceptions(
  db: Queryable,
  viewer: InterceptionViewer,
  filter: InterceptionFilter,
  limit: number,
): Promise<Interception[]> {
  const whose = viewer === 'network' ? sql`true` : seenBy(viewer);
  const state = filter.state === undefined ? sql`` : sql` and state = ${filter.state}`;
  const shipment = filter.shipmentId === undefined ? sql`` : sql` and shipment_id = ${filter.shipmentId}`;
  const rows = await db.rows<Row>(sql`
    ${INTERCEPTION} where ${whose} and interception_id > ${filter.after}${state}${shipment} order by interception_id limit ${limit}`);
  return rows.map(interceptionOf);
}

function seenBy({ as, organisationId }: Exclude<InterceptionViewer, 'network'>) {
  return as === 'party'
    ? sql`(organisation_id = ${organisationId} or carrier_id = ${organisationId})`
    : sql`exists (select from shipments.part p
        where p.organisation_id = ${organisationId} and p.shipment_id = i.shipment_id and p.part = 'warehouse')`;
}

/** Shipments that are to be stopped, or were: meanwhile they neither leave the warehouse nor go out for delivery. */
export async function listIntercepted(db: Queryable, shipmentIds: readonly string[]): Promise<Set<string>> {
  const rows = await db.rows<{ shipment_id: string }>(sql`
    select shipment_id from shipments.interception where shipment_id = any(${shipmentIds})
      and (state in ('requested', 'accepted') or (state = 'done' and kind = 'return'))`);
  return new Set(rows.map((row) => row.shipment_id));
}
