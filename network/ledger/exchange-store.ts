import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Currency, Id, Instant, OrganisationId } from '../kernel/index.ts';
import type { Reference } from './model.ts';

export type ExchangeRate = {
  readonly id: Id<'fxr'>;
  readonly from: Currency;
  readonly to: Currency;
  /** Major units of `to` for 10^8 major units of `from`: what customers get. */
  readonly rateE8: number;
  /** The same at the market; the difference is the operator's gain. */
  readonly marketRateE8: number;
  readonly validFrom: Instant;
  readonly validUntil: Instant;
  readonly source: string;
  readonly enteredBy: string;
  readonly enteredAt: Instant;
};

type RateRow = {
  rate_id: Id<'fxr'>;
  from_currency: Currency;
  to_currency: Currency;
  rate_e8: number;
  market_rate_e8: number;
  valid_from: Instant;
  valid_until: Instant;
  source: string;
  entered_by: string;
  entered_at: Instant;
};

const COLUMNS = sql`rate_id, from_currency, to_currency, rate_e8, market_rate_e8, valid_from, valid_until, source, entered_by, entered_at`;

function rateOf(row: RateRow): ExchangeRate {
  return {
    id: row.rate_id,
    from: row.from_currency,
    to: row.to_currency,
    rateE8: row.rate_e8,
    marketRateE8: row.market_rate_e8,
    validFrom: row.valid_from,
    validUntil: row.valid_until,
    source: row.source,
    enteredBy: row.entered_by,
    enteredAt: row.entered_at,
  };
}

export async function insertRate(db: Queryable, rate: ExchangeRate): Promise<void> {
  await db.run(sql`
    insert into ledger.exchange_rate (rate_id, from_currency, to_currency, rate_e8, market_rate_e8, valid_from, valid_until, source, entered_by, entered_at)
    values (${rate.id}, ${rate.from}, ${rate.to}, ${rate.rateE8}, ${rate.marketRateE8}, ${rate.validFrom}, ${rate.validUntil},
      ${rate.source}, ${rate.enteredBy}, ${rate.enteredAt})`);
}

/** The rate in force: the one that began last, of those the one entered last (a correction). */
export async function findRate(
  db: Queryable,
  from: Currency,
  to: Currency,
  at: Instant,
): Promise<ExchangeRate | undefined> {
  const row = await db.maybeRow<RateRow>(sql`
    select ${COLUMNS} from ledger.exchange_rate
    where from_currency = ${from} and to_currency = ${to} and valid_from <= ${at} and valid_until > ${at}
    order by valid_from desc, rate_id desc limit 1`);
  return row === undefined ? undefined : rateOf(row);
}

/** For every pair of currencies the rate in force. */
export async function listRatesInForce(db: Queryable, at: Instant): Promise<ExchangeRate[]> {
  const rows = await db.rows<RateRow>(sql`
    select distinct on (from_currency, to_currency) ${COLUMNS} from ledger.exchange_rate
    where valid_from <= ${at} and valid_until > ${at}
    order by from_currency, to_currency, valid_from desc, rate_id desc`);
  return rows.map(rateOf);
}

/** In the order of their entry, or the newest first; `after` is the last id of the page before, empty at the first. */
export async function listRates(
  db: Queryable,
  filter: {
    readonly from?: string | undefined;
    readonly to?: string | undefined;
    readonly order: 'entered' | 'newest';
  },
  after: string,
  limit: number,
): Promise<ExchangeRate[]> {
  const from = filter.from === undefined ? sql`` : sql` and from_currency = ${filter.from}`;
  const to = filter.to === undefined ? sql`` : sql` and to_currency = ${filter.to}`;
  const isNewest = filter.order === 'newest';
  const beyond = after === '' ? sql`true` : isNewest ? sql`rate_id < ${after}` : sql`rate_id > ${after}`;
  const order = isNewest ? sql`rate_id desc` : sql`rate_id`;
  const rows = await db.rows<RateRow>(sql`
    select ${COLUMNS} from ledger.exchange_rate where ${beyond}${from}${to} order by ${order} limit ${limit}`);
  return rows.map(rateOf);
}

export type Conversion = {
  readonly id: Id<'cnv'>;
  readonly organisationId: OrganisationId;
  readonly reference: Reference;
  readonly from: Currency;
  readonly fromMinor: number;
  readonly to: Currency;
  readonly toMinor: number;
  readonly rateId: string;
  readonly gainMinor: number;
  readonly convertedAt: Instant;
};

/** False when the reference was converted for before. */
export async function insertConversion(db: Queryable, conversion: Conversion): Promise<boolean> {
  const count = await db.run(sql`
    insert into ledger.conversion (organisation_id, conversion_id, reference_kind, reference_id, from_currency, from_minor, to_currency, to_minor,
      rate_id, gain_minor, converted_at)
    values (${conversion.organisationId}, ${conversion.id}, ${conversion.reference.kind}, ${conversion.reference.id}, ${conversion.from},
      ${conversion.fromMinor}, ${conversion.to}, ${conversion.toMinor}, ${conversion.rateId}, ${conversion.gainMinor}, ${conversion.convertedAt})
    on conflict (organisation_id, conversion_id) do nothing`);
  return count === 1;
}

export async function findConversion(
  db: Queryable,
  organisationId: string,
  id: string,
): Promise<Conversion | undefined> {
  const row = await db.maybeRow<{
    conversion_id: Id<'cnv'>;
    organisation_id: OrganisationId;
    reference_kind: string;
    reference_id: string;
    from_currency: Currency;
    from_minor: number;
    to_currency: Currency;
    to_minor: number;
    rate_id: string;
    gain_minor: number;
    converted_at: Instant;
  }>(sql`
    select conversion_id, organisation_id, reference_kind, reference_id, from_currency, from_minor, to_currency, to_minor, rate_id, gain_minor, converted_at
    from ledger.conversion where organisation_id = ${organisationId} and conversion_id = ${id}`);
  return row === undefined
    ? undefined
    : {
        id: row.conversion_id,
        organisationId: row.organisation_id,
        reference: { kind: row.reference_kind, id: row.reference_id },
        from: row.from_currency,
        fromMinor: row.from_minor,
        to: row.to_currency,
        toMinor: row.to_minor,
        rateId: row.rate_id,
        gainMinor: row.gain_minor,
        convertedAt: row.converted_at,
      };
}
