import { isOneOf, type Queryable, type SqlQuery, sql } from '../../platform/db/index.ts';
import type { Id, Instant, Money, OrganisationId, ShipmentId } from '../kernel/index.ts';
import type { Order, OrderId, OrderShipment } from './model.ts';

type OrderRow = {
  organisation_id: OrganisationId;
  order_id: OrderId;
  client_platform_id: OrganisationId | null;
  version: number;
  state: Order['state'];
  reference: string;
  channel: string;
  placed_at: Instant;
  paid_at: Instant | null;
  ship_by: Instant | null;
  sender_ref: NonNullable<Order['senderRef']> | null;
  from_place: NonNullable<Order['from']> | null;
  recipient_ref: Order['recipientRef'];
  to_place: Order['to'];
  tax_id_kinds: string[];
  goods: Order['goods'];
  parcels: NonNullable<Order['parcels']> | null;
  order_amount: Money | null;
  incoterm: NonNullable<Order['incoterm']> | null;
  cash_on_delivery: Money | null;
  insured_amount: Money | null;
  programme_id: Id<'prg'> | null;
  handover: NonNullable<Order['handover']> | null;
  undeliverable: Order['undeliverable'];
  sealed_note: Uint8Array | null;
  recorded_at: Instant;
  changed_at: Instant;
};

const COLUMNS = sql`organisation_id, order_id, client_platform_id, version, state, reference, channel, placed_at, paid_at,
  ship_by, sender_ref, from_place, recipient_ref, to_place, tax_id_kinds, goods, parcels, order_amount, incoterm,
  cash_on_delivery, insured_amount, programme_id, handover, undeliverable, sealed_note, recorded_at, changed_at`;

function orderOf(row: OrderRow): Order {
  return {
    id: row.order_id,
    organisationId: row.organisation_id,
    clientPlatformId: row.client_platform_id ?? undefined,
    version: row.version,
    state: row.state,
    reference: row.reference,
    channel: row.channel,
    placedAt: row.placed_at,
    paidAt: row.paid_at ?? undefined,
    shipBy: row.ship_by ?? undefined,
    senderRef: row.sender_ref ?? undefined,
    from: row.from_place ?? undefined,
    recipientRef: row.recipient_ref,
    to: row.to_place,
    taxIdKinds: row.tax_id_kinds,
    goods: row.goods,
    parcels: row.parcels ?? undefined,
    orderAmount: row.order_amount ?? undefined,
    incoterm: row.incoterm ?? undefined,
    cashOnDelivery: row.cash_on_delivery ?? undefined,
    insuredAmount: row.insured_amount ?? undefined,
    programmeId: row.programme_id ?? undefined,
    handover: row.handover ?? undefined,
    undeliverable: row.undeliverable,
    sealedNote: row.sealed_note ?? undefined,
    recordedAt: row.recorded_at,
    changedAt: row.changed_at,
  };
}

/** Rows travel as one JSON parameter; bytes as hex text. */
function recordOf(order: Order) {
  return {
    order_id: order.id,
    version: order.version,
    state: order.state,
    reference: order.reference,
    channel: order.channel,
    placed_at: order.placedAt,
    paid_at: order.paidAt ?? null,
    ship_by: order.shipBy ?? null,
    sender_ref: order.senderRef ?? null,
    from_place: order.from ?? null,
    recipient_ref: order.recipientRef,
    to_place: order.to,
    tax_id_kinds: order.taxIdKinds,
    goods: order.goods,
    parcels: order.parcels ?? null,
    order_amount: order.orderAmount ?? null,
    incoterm: order.incoterm ?? null,
    cash_on_delivery: order.cashOnDelivery ?? null,
    insured_amount: order.insuredAmount ?? null,
    programme_id: order.programmeId ?? null,
    handover: order.handover ?? null,
    undeliverable: order.undeliverable,
    sealed_note: order.sealedNote === undefined ? null : Buffer.from(order.sealedNote).toString('hex'),
  };
}

const RECORD: SqlQuery = sql`r(order_id text, version bigint, state text, reference text, channel text,
  placed_at timestamptz, paid_at timestamptz, ship_by timestamptz, sender_ref text, from_place jsonb, recipient_ref text,
  to_place jsonb, tax_id_kinds text[], goods jsonb, parcels jsonb, order_amount jsonb, incoterm text, cash_on_delivery jsonb,
  insured_amount jsonb, programme_id text, handover text, undeliverable text, sealed_note text)`;

/** Stores new orders of one organisation in one statement; answers the ids of those whose reference was free. */
export async function insertOrders(
  db: Queryable,
  owner: { readonly organisationId: string; readonly clientPlatformId: string | undefined },
  orders: readonly Order[],
  now: Instant,
): Promise<Set<OrderId>> {
  if (orders.length === 0) return new Set();
  const rows = await db.rows<{ order_id: OrderId }>(sql`
    insert into orders.customer_order (${COLUMNS})
    select ${owner.organisationId}, order_id, ${owner.clientPlatformId}, version, state, reference, channel, placed_at, paid_at,
      ship_by, sender_ref, from_place, recipient_ref, to_place, tax_id_kinds, goods, parcels, order_amount, incoterm,
      cash_on_delivery, insured_amount, programme_id, handover, undeliverable, decode(sealed_note, 'hex'), ${now}, ${now}
    from jsonb_to_recordset(${JSON.stringify(orders.map(recordOf))}::jsonb) as ${RECORD}
    on conflict (organisation_id, reference) do nothing returning order_id`);
  return new Set(rows.map((row) => row.order_id));
}

/** Saves an edit: contents and version. */
export async function saveOrder(db: Queryable, order: Order): Promise<void> {
  await db.run(sql`
    update orders.customer_order o set version = r.version, paid_at = r.paid_at, ship_by = r.ship_by, sender_ref = r.sender_ref,
      from_place = r.from_place, recipient_ref = r.recipient_ref, to_place = r.to_place, tax_id_kinds = r.tax_id_kinds,
      goods = r.goods, parcels = r.parcels, order_amount = r.order_amount, incoterm = r.incoterm,
      cash_on_delivery = r.cash_on_delivery, insured_amount = r.insured_amount, programme_id = r.programme_id,
      handover = r.handover, undeliverable = r.undeliverable, sealed_note = decode(r.sealed_note, 'hex'),
      changed_at = ${order.changedAt}
    from jsonb_to_recordset(${JSON.stringify([recordOf(order)])}::jsonb) as ${RECORD}
    where o.organisation_id = ${order.organisationId} and o.order_id = r.order_id`);
}

export async function saveOrderState(db: Queryable, order: Order): Promise<void> {
  await db.run(sql`
    update orders.customer_order set state = ${order.state}, version = ${order.version}, changed_at = ${order.changedAt}
    where organisation_id = ${order.organisationId} and order_id = ${order.id}`);
}

/** Ids by reference, of those that are stored. */
export async function findOrderIds(
  db: Queryable,
  organisationId: string,
  references: readonly string[],
): Promise<Map<string, OrderId>> {
  const rows = await db.rows<{ reference: string; order_id: OrderId }>(sql`
    select reference, order_id from orders.customer_order
    where organisation_id = ${organisationId} and reference = any(${references})`);
  return new Map(rows.map((row) => [row.reference, row.order_id]));
}

export async function findOrder(db: Queryable, id: string): Promise<Order | undefined> {
  const row = await db.maybeRow<OrderRow>(
    sql`select ${COLUMNS} from orders.customer_order where order_id = ${id}`,
  );
  return row === undefined ? undefined : orderOf(row);
}

/** Orders of one organisation by id; others are left out. */
export async function listOrdersByIds(
  db: Queryable,
  organisationId: string,
  ids: readonly string[],
): Promise<Order[]> {
  const rows = await db.rows<OrderRow>(sql`
    select ${COLUMNS} from orders.customer_order where organisation_id = ${organisationId} and order_id = any(${ids})`);
  return rows.map(orderOf);
}

/** To whom some orders go, by order. */
export async function listRecipients(
  db: Queryable,
  ids: readonly string[],
): Promise<Map<string, Order['recipientRef']>> {
  const rows = await db.rows<{ order_id: OrderId; recipient_ref: Order['recipientRef'] }>(
    sql`select order_id, recipient_ref from orders.customer_order where order_id = any(${ids})`,
  );
  return new Map(rows.map((row) => [row.order_id, row.recipient_ref]));
}

export async function lockOrder(
  db: Queryable,
  organisationId: string,
  id: string,
): Promise<Order | undefined> {
  const row = await db.maybeRow<OrderRow>(sql`
    select ${COLUMNS} from orders.customer_order
    where organisation_id = ${organisationId} and order_id = ${id} for update`);
  return row === undefined ? undefined : orderOf(row);
}

export async function lockOrderByReference(
  db: Queryable,
  organisationId: string,
  reference: string,
): Promise<Order | undefined> {
  const row = await db.maybeRow<OrderRow>(sql`
    select ${COLUMNS} from orders.customer_order
    where organisation_id = ${organisationId} and reference = ${reference} for update`);
  return row === undefined ? undefined : orderOf(row);
}

/** Whose orders: all, a merchant's, or those of a marketplace's merchants. */
export type OrderViewer = 'network' | { readonly merchant: string } | { readonly marketplace: string };
export type OrderFilter = {
  readonly state: string | undefined;
  readonly channel: string | undefined;
  readonly referencePrefix: string | undefined;
  readonly since: Instant | undefined;
};

/** Newest first, before an id. */
export async function listOrders(
  db: Queryable,
  viewer: OrderViewer,
  filter: OrderFilter,
  before: string | undefined,
  limit: number,
): Promise<Order[]> {
  const whose =
    viewer === 'network'
      ? sql`true`
      : 'merchant' in viewer
        ? sql`organisation_id = ${viewer.merchant}`
        : sql`client_platform_id = ${viewer.marketplace}`;
  const state = filter.state === undefined ? sql`` : sql` and state = ${filter.state}`;
  const channel = filter.channel === undefined ? sql`` : sql` and channel = ${filter.channel}`;
  const since = filter.since === undefined ? sql`` : sql` and placed_at >= ${filter.since}`;
  const below = before === undefined ? sql`` : sql` and order_id < ${before}`;
  // The reference's alphabet has the underscore, a wildcard of `like`.
  const prefix =
    filter.referencePrefix === undefined
      ? sql``
      : sql` and reference like ${`${filter.referencePrefix.replaceAll('_', '\\_')}%`}`;
  const rows = await db.rows<OrderRow>(sql`
    select ${COLUMNS} from orders.customer_order where ${whose}${state}${channel}${since}${prefix}${below}
    order by order_id desc limit ${limit}`);
  return rows.map(orderOf);
}

export async function listOrderShipments(
  db: Queryable,
  orderIds: readonly string[],
): Promise<OrderShipment[]> {
  const rows = await db.rows<{ order_id: OrderId; shipment_id: ShipmentId; state: string }>(sql`
    select order_id, shipment_id, state from orders.order_shipment where order_id = any(${orderIds}) order by shipment_id`);
  return rows.map((row) => ({ orderId: row.order_id, shipmentId: row.shipment_id, state: row.state }));
}

/** Shipments of orders that were made outside the network's lines. */
export async function listExternalLinks(
  db: Queryable,
  orderIds: readonly string[],
): Promise<{ readonly orderId: OrderId; readonly externalShipmentId: Id<'ext'>; readonly state: string }[]> {
  const rows = await db.rows<{ order_id: OrderId; external_shipment_id: Id<'ext'>; state: string }>(sql`
    select order_id, external_shipment_id, state from orders.order_external_shipment
    where order_id = any(${orderIds}) order by external_shipment_id`);
  return rows.map((row) => ({
    orderId: row.order_id,
    externalShipmentId: row.external_shipment_id,
    state: row.state,
  }));
}

export async function saveExternalLinks(
  db: Queryable,
  order: Pick<Order, 'organisationId' | 'id'>,
  links: readonly { readonly externalShipmentId: string; readonly state: string }[],
): Promise<void> {
  await db.run(sql`
    insert into orders.order_external_shipment (organisation_id, order_id, external_shipment_id, state)
    select ${order.organisationId}, ${order.id}, id, state
    from unnest(${links.map((link) => link.externalShipmentId)}::text[], ${links.map((link) => link.state)}::text[])
      as l(id, state)
    on conflict (organisation_id, external_shipment_id) do update set state = excluded.state
    where order_external_shipment.state <> excluded.state`);
}

/** Notes that a shipment brings an order; false when that is known. */
export async function insertOrderShipment(
  db: Queryable,
  organisationId: string,
  link: OrderShipment,
): Promise<boolean> {
  const stored = await db.run(sql`
    insert into orders.order_shipment (organisation_id, order_id, shipment_id, state)
    values (${organisationId}, ${link.orderId}, ${link.shipmentId}, ${link.state}) on conflict do nothing`);
  return stored > 0;
}

/** Which of some references are those of orders, as `organisation reference`. */
export async function listKnownReferences(
  db: Queryable,
  wanted: readonly { readonly organisationId: string; readonly orderRef: string }[],
): Promise<ReadonlySet<string>> {
  if (wanted.length === 0) return new Set();
  const rows = await db.rows<{ organisation_id: string; reference: string }>(sql`
    select organisation_id, reference from orders.customer_order
    where ${isOneOf(sql`organisation_id`, [...new Set(wanted.map((one) => one.organisationId))])}
      and ${isOneOf(sql`reference`, [...new Set(wanted.map((one) => one.orderRef))])}`);
  return new Set(rows.map((row) => referenceKey(row.organisation_id, row.reference)));
}

export function referenceKey(organisationId: string, reference: string): string {
  return `${organisationId} ${reference}`;
}

/** Which of some shipments belong to orders. */
export async function listLinkedShipments(
  db: Queryable,
  wanted: readonly { readonly organisationId: string; readonly shipmentId: string }[],
): Promise<ReadonlySet<string>> {
  if (wanted.length === 0) return new Set();
  const rows = await db.rows<{ shipment_id: string }>(sql`
    select shipment_id from orders.order_shipment
    where ${isOneOf(sql`organisation_id`, [...new Set(wanted.map((one) => one.organisationId))])}
      and ${isOneOf(sql`shipment_id`, [...new Set(wanted.map((one) => one.shipmentId))])}`);
  return new Set(rows.map((row) => row.shipment_id));
}

/** Notes the state of a shipment; answers its order, undefined for a shipment without a stored order. */
export async function noteShipmentState(
  db: Queryable,
  organisationId: string,
  shipmentId: string,
  state: string,
): Promise<OrderId | undefined> {
  const row = await db.maybeRow<{ order_id: OrderId }>(sql`
    update orders.order_shipment set state = ${state}
    where organisation_id = ${organisationId} and shipment_id = ${shipmentId} returning order_id`);
  return row?.order_id;
}

/**
 * Orders by reference, or that go to one of these parties, newest first: all that the scope shows, or those of one
 * client platform's merchants.
 */
export async function searchOrders(
  db: Queryable,
  by: { readonly reference: string } | { readonly recipients: readonly string[] },
  limit: number,
  clientPlatformId?: string,
): Promise<Order[]> {
  const whose = clientPlatformId === undefined ? sql`` : sql` and client_platform_id = ${clientPlatformId}`;
  const condition =
    'reference' in by ? sql`reference = ${by.reference}` : sql`recipient_ref = any(${by.recipients})`;
  const rows = await db.rows<OrderRow>(sql`
    select ${COLUMNS} from orders.customer_order where ${condition}${whose} order by order_id desc limit ${limit}`);
  return rows.map(orderOf);
}

/** Orders that were placed in a period, newest first: the cases of a market policy's dry run. */
export async function listPlacedOrders(
  db: Queryable,
  period: {
    readonly clientPlatformId: string | undefined;
    readonly from: Instant;
    readonly to: Instant;
    readonly limit: number;
  },
): Promise<Order[]> {
  const whose =
    period.clientPlatformId === undefined ? sql`` : sql` and client_platform_id = ${period.clientPlatformId}`;
  const rows = await db.rows<OrderRow>(sql`
    select ${COLUMNS} from orders.customer_order
    where placed_at >= ${period.from} and placed_at < ${period.to}${whose}
    order by placed_at desc, order_id limit ${period.limit}`);
  return rows.map(orderOf);
}
