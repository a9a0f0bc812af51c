import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Currency, Instant, Money, OrganisationId } from '../kernel/index.ts';
import type { CourierId, Delivery, DeliveryRun, RunId } from './model.ts';

type RunRow = {
  organisation_id: OrganisationId;
  run_id: RunId;
  courier_id: CourierId;
  day: string;
  state: DeliveryRun['state'];
  version: number;
  departed_at: Instant | null;
  closed_at: Instant | null;
  created_at: Instant;
};

const RUN = sql`select organisation_id, run_id, courier_id, to_char(day, 'YYYY-MM-DD') as day, state, version, departed_at, closed_at, created_at
  from deliveries.run`;

function runOf(row: RunRow): DeliveryRun {
  return {
    id: row.run_id,
    organisationId: row.organisation_id,
    courierId: row.courier_id,
    day: row.day,
    state: row.state,
    version: row.version,
    departedAt: row.departed_at ?? undefined,
    closedAt: row.closed_at ?? undefined,
    createdAt: row.created_at,
  };
}

export async function insertRun(db: Queryable, run: DeliveryRun, byCaller: string): Promise<void> {
  await db.run(sql`
    insert into deliveries.run (organisation_id, run_id, courier_id, day, state, version, created_by, created_at)
    values (${run.organisationId}, ${run.id}, ${run.courierId}, ${run.day}::date, ${run.state}, ${run.version}, ${byCaller}, ${run.createdAt})`);
}

export async function findRun(db: Queryable, id: string): Promise<DeliveryRun | undefined> {
  const row = await db.maybeRow<RunRow>(sql`${RUN} where run_id = ${id}`);
  return row === undefined ? undefined : runOf(row);
}

export async function lockRun(
  db: Queryable,
  organisationId: string,
  id: string,
): Promise<DeliveryRun | undefined> {
  const row = await db.maybeRow<RunRow>(
    sql`${RUN} where organisation_id = ${organisationId} and run_id = ${id} for update`,
  );
  return row === undefined ? undefined : runOf(row);
}

/** The run of a courier and day that still takes parcels. */
export async function lockOpenRun(
  db: Queryable,
  of: { organisationId: string; courierId: string; day: string },
): Promise<DeliveryRun | undefined> {
  const row = await db.maybeRow<RunRow>(sql`
    ${RUN} where organisation_id = ${of.organisationId} and courier_id = ${of.courierId} and day = ${of.day}::date and state = 'planned'
    order by run_id limit 1 for update`);
  return row === undefined ? undefined : runOf(row);
}

export async function saveRun(db: Queryable, run: DeliveryRun): Promise<void> {
  await db.run(sql`
    update deliveries.run set state = ${run.state}, version = ${run.version}, departed_at = ${run.departedAt}, closed_at = ${run.closedAt}
    where organisation_id = ${run.organisationId} and run_id = ${run.id}`);
}

/** False when cash was taken for this shipment before. */
export async function insertCash(
  db: Queryable,
  delivery: Delivery,
  amount: Money,
  at: Instant,
): Promise<boolean> {
  const written = await db.run(sql`
    insert into deliveries.cash (organisation_id, shipment_id, delivery_id, run_id, courier_id, currency, amount_minor, collected_at)
    values (${delivery.organisationId}, ${delivery.shipmentId}, ${delivery.id}, ${delivery.runId}, ${delivery.courierId}, ${amount.currency},
      ${amount.amountMinor}, ${at})
    on conflict (organisation_id, shipment_id) do nothing`);
  return written === 1;
}

export async function hasCash(db: Queryable, organisationId: string, shipmentId: string): Promise<boolean> {
  const row = await db.maybeRow(
    sql`select 1 from deliveries.cash where organisation_id = ${organisationId} and shipment_id = ${shipmentId}`,
  );
  return row !== undefined;
}

/** Those of some shipments for which cash was taken already. */
export async function listPaid(
  db: Queryable,
  organisationId: string,
  shipmentIds: readonly string[],
): Promise<Set<string>> {
  const rows = await db.rows<{ shipment_id: string }>(sql`
    select shipment_id from deliveries.cash where organisation_id = ${organisationId} and shipment_id = any(${shipmentIds})`);
  return new Set(rows.map((row) => row.shipment_id));
}

/** Cash of one run in one currency, in minor units. `owedMinor`: what the courier still has in his pocket. */
export type RunCash = {
  readonly currency: Currency;
  readonly collectedMinor: number;
  readonly handedInMinor: number;
  readonly owedMinor: number;
};

export async function listRunCash(db: Queryable, organisationId: string, runId: string): Promise<RunCash[]> {
  const rows = await db.rows<{ currency: Currency; collected: number; handed_in: number }>(sql`
    select currency, sum(collected)::bigint as collected, sum(handed_in)::bigint as handed_in from (
      select currency, amount_minor as collected, 0 as handed_in from deliveries.cash where organisation_id = ${organisationId} and run_id = ${runId}
      union all
      select currency, 0, amount_minor from deliveries.cash_hand_in where organisation_id = ${organisationId} and run_id = ${runId}
    ) both_ways group by currency order by currency`);
  return rows.map((row) => ({
    currency: row.currency,
    collectedMinor: row.collected,
    handedInMinor: row.handed_in,
    owedMinor: row.collected - row.handed_in,
  }));
}

export async function insertHandIn(
  db: Queryable,
  handIn: {
    readonly id: string;
    readonly organisationId: string;
    readonly runId: string;
    readonly amount: Money;
    readonly byCaller: string;
  },
  now: Instant,
): Promise<void> {
  const { amount } = handIn;
  await db.run(sql`
    insert into deliveries.cash_hand_in (organisation_id, hand_in_id, run_id, currency, amount_minor, by_caller, received_at)
    values (${handIn.organisationId}, ${handIn.id}, ${handIn.runId}, ${amount.currency}, ${amount.amountMinor}, ${handIn.byCaller}, ${now})`);
}
