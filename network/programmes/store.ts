import { type Queryable, sql } from '../../platform/db/index.ts';
import type { CountryCode, Currency, Instant, OrganisationId } from '../kernel/index.ts';
import type { ServiceClass } from '../lines/index.ts';
import type { Programme, ProgrammeId, ProgrammeUse } from './model.ts';

type ProgrammeRow = {
  organisation_id: OrganisationId;
  programme_id: ProgrammeId;
  name: string;
  line_codes: string[];
  service_classes: ServiceClass[];
  destinations: CountryCode[];
  share_basis_points: number;
  currency: Currency;
  max_per_parcel_minor: number | null;
  budget_minor: number;
  spent_minor: number;
  valid_from: Instant;
  valid_to: Instant | null;
  opened_at: Instant;
};

const COLUMNS = sql`organisation_id, programme_id, name, line_codes, service_classes, destinations, share_basis_points,
  currency, max_per_parcel_minor, budget_minor, spent_minor, valid_from, valid_to, opened_at`;

function programmeOf(row: ProgrammeRow): Programme {
  return {
    id: row.programme_id,
    organisationId: row.organisation_id,
    name: row.name,
    lineCodes: row.line_codes,
    serviceClasses: row.service_classes,
    destinations: row.destinations,
    shareBasisPoints: row.share_basis_points,
    currency: row.currency,
    maxPerParcelMinor: row.max_per_parcel_minor ?? undefined,
    budgetMinor: row.budget_minor,
    spentMinor: row.spent_minor,
    validFrom: row.valid_from,
    validTo: row.valid_to ?? undefined,
    openedAt: row.opened_at,
  };
}

export async function insertProgramme(db: Queryable, programme: Programme, byCaller: string): Promise<void> {
  await db.run(sql`
    insert into programmes.programme (organisation_id, programme_id, name, line_codes, service_classes, destinations,
      share_basis_points, currency, max_per_parcel_minor, budget_minor, valid_from, valid_to, opened_by, opened_at)
    values (${programme.organisationId}, ${programme.id}, ${programme.name}, ${programme.lineCodes},
      ${programme.serviceClasses}, ${programme.destinations}, ${programme.shareBasisPoints}, ${programme.currency},
      ${programme.maxPerParcelMinor}, ${programme.budgetMinor}, ${programme.validFrom}, ${programme.validTo}, ${byCaller},
      ${programme.openedAt})`);
}

export async function findProgramme(db: Queryable, id: string): Promise<Programme | undefined> {
  const row = await db.maybeRow<ProgrammeRow>(sql`
    select ${COLUMNS} from programmes.programme where programme_id = ${id}`);
  return row === undefined ? undefined : programmeOf(row);
}

/** Programmes after an id: of one marketplace or of all; with `inForceAt` only those that pay then. */
export async function listProgrammes(
  db: Queryable,
  owner: string | 'all',
  inForceAt: Instant | undefined,
  after: string,
  limit: number,
): Promise<Programme[]> {
  const whose = owner === 'all' ? sql`true` : sql`organisation_id = ${owner}`;
  const when =
    inForceAt === undefined
      ? sql``
      : sql` and valid_from <= ${inForceAt} and (valid_to is null or valid_to > ${inForceAt})`;
  const rows = await db.rows<ProgrammeRow>(sql`
    select ${COLUMNS} from programmes.programme where ${whose} and programme_id > ${after}${when}
    order by programme_id limit ${limit}`);
  return rows.map(programmeOf);
}

/** Programmes of a marketplace that are in force and have budget left; as many as there are. */
export async function listSpendableProgrammes(
  db: Queryable,
  organisationId: string,
  at: Instant,
): Promise<Programme[]> {
  const rows = await db.rows<ProgrammeRow>(sql`
    select ${COLUMNS} from programmes.programme
    where organisation_id = ${organisationId} and spent_minor < budget_minor
      and valid_from <= ${at} and (valid_to is null or valid_to > ${at})`);
  return rows.map(programmeOf);
}

export async function endProgrammeAt(db: Queryable, programme: Programme, at: Instant): Promise<Programme> {
  return programmeOf(
    await db.row<ProgrammeRow>(sql`
      update programmes.programme set valid_to = greatest(valid_from, ${at}::timestamptz)
      where organisation_id = ${programme.organisationId} and programme_id = ${programme.id} returning ${COLUMNS}`),
  );
}

/**
 * Takes an amount out of the budget and notes for which shipment: one statement. False when less is left. Concurrent
 * purchases queue up on the programme's row, so that its counter is always the sum of its uses.
 */
export async function reserveBudget(
  db: Queryable,
  use: Pick<ProgrammeUse, 'organisationId' | 'programmeId' | 'shipmentId' | 'merchantId' | 'reservedMinor'>,
  now: Instant,
): Promise<boolean> {
  const inserted = await db.run(sql`
    with taken as (
      update programmes.programme set spent_minor = spent_minor + ${use.reservedMinor}
      where organisation_id = ${use.organisationId} and programme_id = ${use.programmeId}
        and spent_minor + ${use.reservedMinor} <= budget_minor
      returning organisation_id, programme_id
    )
    insert into programmes.programme_use (organisation_id, shipment_id, programme_id, merchant_id, reserved_minor, used_minor,
      state, reserved_at)
    select organisation_id, ${use.shipmentId}, programme_id, ${use.merchantId}, ${use.reservedMinor}::bigint,
      ${use.reservedMinor}::bigint, 'reserved', ${now}::timestamptz from taken`);
  return inserted === 1;
}

/**
 * Closes the use of a shipment, if it has an open one, at most at what was reserved; the rest goes back to the budget.
 * Harmless when repeated. Needs the network's scope: the shipment's events do not name the programme.
 */
export async function closeUse(
  db: Queryable,
  shipmentId: string,
  state: 'settled' | 'released',
  mostMinor: number,
  now: Instant,
): Promise<void> {
  await db.run(sql`
    with closed as (
      update programmes.programme_use set state = ${state}, used_minor = least(reserved_minor, ${mostMinor}::bigint),
        closed_at = ${now}
      where shipment_id = ${shipmentId} and state = 'reserved'
      returning organisation_id, programme_id, reserved_minor - used_minor as left_minor
    )
    update programmes.programme p set spent_minor = spent_minor - closed.left_minor from closed
    where p.organisation_id = closed.organisation_id and p.programme_id = closed.programme_id`);
}

type UseRow = {
  organisation_id: OrganisationId;
  shipment_id: ProgrammeUse['shipmentId'];
  programme_id: ProgrammeId;
  merchant_id: OrganisationId;
  reserved_minor: number;
  used_minor: number;
  state: ProgrammeUse['state'];
  reserved_at: Instant;
  closed_at: Instant | null;
};

/** Shipments that a programme paid for, after an id. */
export async function listUses(
  db: Queryable,
  programmeId: string,
  after: string,
  limit: number,
): Promise<ProgrammeUse[]> {
  const rows = await db.rows<UseRow>(sql`
    select organisation_id, shipment_id, programme_id, merchant_id, reserved_minor, used_minor, state, reserved_at, closed_at
    from programmes.programme_use where programme_id = ${programmeId} and shipment_id > ${after}
    order by shipment_id limit ${limit}`);
  return rows.map((row) => ({
    organisationId: row.organisation_id,
    shipmentId: row.shipment_id,
    programmeId: row.programme_id,
    merchantId: row.merchant_id,
    reservedMinor: row.reserved_minor,
    usedMinor: row.used_minor,
    state: row.state,
    reservedAt: row.reserved_at,
    closedAt: row.closed_at ?? undefined,
  }));
}
