import { joinSql, type Queryable, type SqlQuery, sql } from '../../platform/db/index.ts';
import type { Currency, Id, Instant, OrganisationId } from '../kernel/index.ts';
import type { MailingId, PayMethod } from './model.ts';

export type DoorFreightId = Id<'dfl'>;

/** Freight that a courier took at a door, or gave back: then below 0. */
export type DoorFreight = {
  readonly id: DoorFreightId;
  /** The carrier. */
  readonly organisationId: OrganisationId;
  readonly mailingId: MailingId;
  readonly kind: 'taken' | 'given_back';
  readonly courierId: string | undefined;
  readonly number: string | undefined;
  /** `YYYY-MM-DD` */
  readonly day: string;
  readonly occurredAt: Instant;
  readonly paidBy: PayMethod | undefined;
  readonly currency: Currency;
  readonly amountMinor: number;
};

type Row = {
  line_id: DoorFreightId;
  organisation_id: OrganisationId;
  mailing_id: MailingId;
  kind: DoorFreight['kind'];
  courier_id: string | null;
  number: string | null;
  day: string;
  occurred_at: Instant;
  paid_by: PayMethod | null;
  currency: Currency;
  amount_minor: number;
};

/** Once for a mailing and kind. */
export async function insertDoorFreight(db: Queryable, one: DoorFreight): Promise<void> {
  await db.run(sql`
    insert into mailings.door_freight (organisation_id, line_id, mailing_id, kind, courier_id, number, day, occurred_at, paid_by,
      currency, amount_minor)
    values (${one.organisationId}, ${one.id}, ${one.mailingId}, ${one.kind}, ${one.courierId}, ${one.number}, ${one.day},
      ${one.occurredAt}, ${one.paidBy}, ${one.currency}, ${one.amountMinor})
    on conflict (organisation_id, mailing_id, kind) do nothing`);
}

export type DoorFreightFilter = {
  readonly organisationId: string;
  readonly courierId?: string | undefined;
  readonly day?: string | undefined;
};

function where({ organisationId, courierId, day }: DoorFreightFilter): SqlQuery[] {
  const conditions = [sql`organisation_id = ${organisationId}`];
  if (courierId !== undefined) conditions.push(sql`courier_id = ${courierId}`);
  if (day !== undefined) conditions.push(sql`day = ${day}`);
  return conditions;
}

/** Newest first, before an id. */
export async function pageDoorFreight(
  db: Queryable,
  filter: DoorFreightFilter,
  before: string,
  limit: number,
): Promise<DoorFreight[]> {
  const conditions = where(filter);
  if (before !== '') conditions.push(sql`line_id < ${before}`);
  const rows = await db.rows<Row>(sql`
    select line_id, organisation_id, mailing_id, kind, courier_id, number, day::text as day, occurred_at, paid_by, currency,
      amount_minor
    from mailings.door_freight where ${joinSql(conditions, sql` and `)} order by line_id desc limit ${limit}`);
  return rows.map((row) => ({
    id: row.line_id,
    organisationId: row.organisation_id,
    mailingId: row.mailing_id,
    kind: row.kind,
    courierId: row.courier_id ?? undefined,
    number: row.number ?? undefined,
    day: row.day,
    occurredAt: row.occurred_at,
    paidBy: row.paid_by ?? undefined,
    currency: row.currency,
    amountMinor: row.amount_minor,
  }));
}

/** A courier's day in one currency; without `courierId` what staff of the carrier took. */
export type DoorFreightDay = {
  readonly day: string;
  readonly courierId: string | undefined;
  readonly currency: Currency;
  readonly taken: number;
  readonly cashMinor: number;
  readonly cardMinor: number;
  readonly givenBackMinor: number;
};

/** Days, the newest first, behind a place. */
export async function pageDoorFreightDays(
  db: Queryable,
  filter: DoorFreightFilter,
  after: { readonly day: string; readonly courierId: string; readonly currency: string } | undefined,
  limit: number,
): Promise<DoorFreightDay[]> {
  const conditions = where(filter);
  if (after !== undefined)
    conditions.push(
      sql`(day, coalesce(courier_id, ''), currency) < (${after.day}::date, ${after.courierId}, ${after.currency})`,
    );
  const rows = await db.rows<{
    day: string;
    courier_id: string | null;
    currency: Currency;
    taken: number;
    cash: number;
    card: number;
    back: number;
  }>(sql`
    select day::text as day, courier_id, currency, (count(*) filter (where kind = 'taken'))::integer as taken,
      coalesce(sum(amount_minor) filter (where kind = 'taken' and paid_by is distinct from 'card'), 0)::bigint as cash,
      coalesce(sum(amount_minor) filter (where kind = 'taken' and paid_by = 'card'), 0)::bigint as card,
      coalesce(-sum(amount_minor) filter (where kind = 'given_back'), 0)::bigint as back
    from mailings.door_freight where ${joinSql(conditions, sql` and `)}
    group by door_freight.day, courier_id, currency
    order by door_freight.day desc, coalesce(courier_id, '') desc, currency desc limit ${limit}`);
  return rows.map((row) => ({
    day: row.day,
    courierId: row.courier_id ?? undefined,
    currency: row.currency,
    taken: row.taken,
    cashMinor: row.cash,
    cardMinor: row.card,
    givenBackMinor: row.back,
  }));
}

/** What is owed of all of it, by currency. */
export async function sumDoorFreight(
  db: Queryable,
  filter: DoorFreightFilter,
): Promise<{ readonly currency: Currency; readonly amountMinor: number }[]> {
  const rows = await db.rows<{ currency: Currency; amount: number }>(sql`
    select currency, sum(amount_minor)::bigint as amount from mailings.door_freight
    where ${joinSql(where(filter), sql` and `)} group by currency order by currency`);
  return rows.map((row) => ({ currency: row.currency, amountMinor: row.amount }));
}
