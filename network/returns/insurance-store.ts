import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Id, Instant, Money, OrganisationId } from '../kernel/index.ts';
import type { OrderId } from '../orders/index.ts';

/** What is paid up to which distance; the last band holds beyond. */
export type CoverBand = { readonly upToMeters: number; readonly amount: Money };
export type InsuranceState = 'active' | 'claimed';
/** Freight of the way back, insured for one order. `boughtBy`: who paid the premium. */
export type FreightInsurance = {
  readonly id: Id<'rin'>;
  readonly organisationId: OrganisationId;
  readonly clientPlatformId: OrganisationId | undefined;
  readonly orderId: OrderId;
  readonly insurer: string;
  readonly boughtBy: 'buyer' | 'seller';
  readonly premium: Money;
  readonly bands: readonly CoverBand[];
  readonly state: InsuranceState;
  readonly boughtAt: Instant;
};
export type InsuranceClaim = {
  readonly id: Id<'rcl'>;
  readonly insuranceId: Id<'rin'>;
  readonly returnId: string;
  readonly organisationId: OrganisationId;
  readonly amount: Money;
  readonly state: 'reported' | 'accepted' | 'paid';
  readonly reportedAt: Instant;
};

type Row = Omit<FreightInsurance, 'clientPlatformId' | 'premium' | 'bands'> & {
  clientPlatformId: OrganisationId | null;
  premium: Money;
  bands: CoverBand[];
};

const COLUMNS = sql`insurance_id as id, organisation_id as "organisationId", client_platform_id as "clientPlatformId",
  order_id as "orderId", insurer, bought_by as "boughtBy", premium, bands, state, bought_at as "boughtAt"`;

/** False when the order is insured already. */
export async function insertInsurance(db: Queryable, one: FreightInsurance): Promise<boolean> {
  const written = await db.run(sql`
    insert into returns.insurance (organisation_id, insurance_id, client_platform_id, order_id, insurer, bought_by, premium, bands,
      state, bought_at)
    values (${one.organisationId}, ${one.id}, ${one.clientPlatformId}, ${one.orderId}, ${one.insurer}, ${one.boughtBy},
      ${one.premium}::jsonb, ${JSON.stringify(one.bands)}::jsonb, ${one.state}, ${one.boughtAt})
    on conflict (organisation_id, order_id) do nothing`);
  return written === 1;
}

export async function findInsurance(
  db: Queryable,
  organisationId: string,
  orderId: string,
): Promise<FreightInsurance | undefined> {
  const row = await db.maybeRow<Row>(sql`
    select ${COLUMNS} from returns.insurance where organisation_id = ${organisationId} and order_id = ${orderId}`);
  return row === undefined ? undefined : { ...row, clientPlatformId: row.clientPlatformId ?? undefined };
}

/** False when this insurance, or this return, has a claim already: nothing is paid twice. */
export async function insertClaim(db: Queryable, claim: InsuranceClaim): Promise<boolean> {
  const written = await db.run(sql`
    insert into returns.insurance_claim (organisation_id, claim_id, insurance_id, return_id, amount, state, reported_at)
    values (${claim.organisationId}, ${claim.id}, ${claim.insuranceId}, ${claim.returnId}, ${claim.amount}::jsonb, ${claim.state},
      ${claim.reportedAt})
    on conflict do nothing`);
  if (written === 1)
    await db.run(sql`
      update returns.insurance set state = 'claimed'
      where organisation_id = ${claim.organisationId} and insurance_id = ${claim.insuranceId}`);
  return written === 1;
}

/** Undefined when the claim is not in the state before. */
export async function advanceClaim(
  db: Queryable,
  organisationId: string,
  returnId: string,
  to: 'accepted' | 'paid',
): Promise<InsuranceClaim | undefined> {
  const from = to === 'accepted' ? 'reported' : 'accepted';
  return db.maybeRow(sql`
    update returns.insurance_claim set state = ${to}
    where organisation_id = ${organisationId} and return_id = ${returnId} and state = ${from}
    returning claim_id as id, insurance_id as "insuranceId", return_id as "returnId", organisation_id as "organisationId", amount,
      state, reported_at as "reportedAt"`);
}

export async function findClaim(db: Queryable, returnId: string): Promise<InsuranceClaim | undefined> {
  return db.maybeRow(sql`
    select claim_id as id, insurance_id as "insuranceId", return_id as "returnId", organisation_id as "organisationId", amount,
      state, reported_at as "reportedAt" from returns.insurance_claim where return_id = ${returnId}`);
}
