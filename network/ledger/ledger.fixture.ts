import { type Database, openDatabase, sql } from '../../platform/db/index.ts';
import { createWorld, type Work, type World } from '../../platform/world/index.ts';
import { type OpenOrganisation, openOrganisation, type Principal } from '../accounts/index.ts';
import {
  type CountryCode,
  type Currency,
  type Instant,
  instant,
  instantFromMs,
  type Money,
  money,
  msOf,
  type OrganisationId,
  type Outcome,
} from '../kernel/index.ts';
import type { Wallet } from './model.ts';
import { bankTransfer } from './payment-provider.ts';
import { confirmTopUp, requestTopUp } from './top-ups.ts';
import { insertMirrors } from './transfer-store.ts';
import { type LedgerBreak, verifyLedger } from './verify-store.ts';
import { findWalletIn } from './wallet-store.ts';
import { openWallet } from './wallets.ts';

export const EUR = 'EUR' as Currency;
export const eur = (amountMinor: number): Money => money(amountMinor, 'EUR');

/** A ledger on a database of its own, with a clock that the test sets: for tests below HTTP. */
export type TestLedger = {
  readonly world: World;
  readonly operatorId: OrganisationId;
  now(): Instant;
  pass(milliseconds: number): void;
  open(kind: OpenOrganisation['kind']): Promise<OrganisationId>;
  /** Opens a wallet and pays in. */
  fund(organisationId: OrganisationId, amount: Money, creditLimitMinor?: number): Promise<Wallet>;
  topUp(organisationId: OrganisationId, amount: Money): Promise<void>;
  wallet(organisationId: OrganisationId, currency?: Currency): Promise<Wallet>;
  act<T, C extends string>(
    organisationId: OrganisationId,
    body: (work: Work) => Promise<Outcome<T, C>>,
  ): Promise<Outcome<T, C>>;
  /** Does what the relay's reaction does: mirrors all clearing transfers that wait. */
  clear(): Promise<void>;
  breaks(): Promise<LedgerBreak[]>;
  stop(): Promise<void>;
};

export async function startTestLedger(url: string, maxConnections = 10): Promise<TestLedger> {
  const database: Database = openDatabase({ url, role: 'postroad_app', maxConnections });
  let present = msOf(instant('2026-11-01T08:00:00Z'));
  const world = createWorld('live', database, { now: () => instantFromMs(present) } as never);
  let receipts = 0;
  const open = async (kind: OpenOrganisation['kind']) =>
    given(
      await world.command('network', (work) =>
        openOrganisation(work, { role: 'operator' } as Principal, {
          kind,
          name: kind,
          country: 'DE' as CountryCode,
        }),
      ),
    ).id;
  const operatorId = await open('operator');
  const wallet = async (organisationId: OrganisationId, currency = EUR) => {
    const found = await world.read('network', (db) => findWalletIn(db, organisationId, currency));
    if (found === undefined) throw new Error('no wallet');
    return found;
  };
  const topUp = async (organisationId: OrganisationId, amount: Money) => {
    const { id } = await wallet(organisationId, amount.currency);
    receipts += 1;
    const bankReference = `receipt ${receipts}`;
    given(
      await world.command({ organisationId }, async (work) => {
        const asked = given(await requestTopUp(work, bankTransfer, { walletId: id, amount }));
        const facts = { topUpId: asked.topUp.id, amount, valueDate: '2026-11-01', bankReference };
        const first = await confirmTopUp(work, { ...facts, confirmedBy: 'first' });
        return first.ok && first.value.state === 'confirmed'
          ? first
          : confirmTopUp(work, { ...facts, confirmedBy: 'second' });
      }),
    );
  };
  return {
    world,
    operatorId,
    now: () => instantFromMs(present),
    pass: (milliseconds) => {
      present += milliseconds;
    },
    open,
    topUp,
    wallet,
    fund: async (organisationId, amount, creditLimitMinor = 0) => {
      given(
        await world.command('network', (work) =>
          openWallet(work, {
            organisationId,
            currency: amount.currency,
            clearsWith: operatorId,
            creditLimitMinor,
          }),
        ),
      );
      if (amount.amountMinor > 0) await topUp(organisationId, amount);
      return wallet(organisationId, amount.currency);
    },
    act: (organisationId, body) => world.command({ organisationId }, body),
    clear: async () => {
      await database.transaction('network', async (tx) => {
        const rows = await tx.rows<{ organisation_id: string; transfer_id: string }>(
          sql`select organisation_id, transfer_id from ledger.transfer where counterpart_id is not null and mirror_of is null`,
        );
        for (const book of new Set(rows.map((row) => row.organisation_id))) {
          const ids = rows.filter((row) => row.organisation_id === book).map((row) => row.transfer_id);
          await insertMirrors(tx, book, ids, instantFromMs(present));
        }
        return { keep: true, value: undefined };
      });
    },
    breaks: () => world.read('network', (db) => verifyLedger(db)),
    stop: () => database.close(),
  };
}

export function given<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`refused: ${outcome.rejection.code} ${outcome.rejection.detail}`);
  return outcome.value;
}

export function codeOf(outcome: Outcome<unknown>): string {
  return outcome.ok ? 'accepted' : outcome.rejection.code;
}
