import type { Queryable } from '../../platform/db/index.ts';
import type { Work } from '../../platform/world/index.ts';
import { findOrganisation } from '../accounts/index.ts';
import {
  accepted,
  addDays,
  type Currency,
  type OrganisationId,
  type Outcome,
  refused,
} from '../kernel/index.ts';
import { collectOutstanding } from './collection.ts';
import type { Wallet } from './model.ts';
import { findWallet, findWalletIn, hasArrears, insertWallet, updateCreditLimit } from './wallet-store.ts';

export const TAKE_SNAPSHOTS = 'ledger.take_snapshots';

export type OpenWallet = {
  readonly organisationId: OrganisationId;
  readonly currency: Currency;
  /** The operator whose book this wallet settles with. */
  readonly clearsWith: OrganisationId;
  /** 0: prepaid. Above 0: the wallet may go that far below 0. Minor units. */
  readonly creditLimitMinor?: number | undefined;
};

/** Opens the one wallet of an organisation in a currency. The scope must see the organisation. */
export async function openWallet(
  work: Work,
  command: OpenWallet,
): Promise<Outcome<Wallet, 'wallet_exists' | 'organisation_unknown'>> {
  if ((await findOrganisation(work.db, command.organisationId)) === undefined)
    return refused('organisation_unknown', '');
  const wallet: Wallet = {
    id: work.newId('wal'),
    organisationId: command.organisationId,
    currency: command.currency,
    clearsWith: command.clearsWith,
    balanceMinor: 0,
    heldMinor: 0,
    creditLimitMinor: command.creditLimitMinor ?? 0,
    sequence: 0,
    version: 1,
    lastPostedAt: work.now,
    arrearsSince: undefined,
    openedAt: work.now,
  };
  if (!(await insertWallet(work.db, wallet)))
    return refused('wallet_exists', `There is a wallet in ${command.currency}.`);
  // The first wallet starts the daily snapshots; later ones meet the job that is there.
  work.schedule({ kind: TAKE_SNAPSHOTS, key: 'all', runAt: addDays(work.now, 1), payload: {} });
  return accepted(wallet);
}

/** Sets how far a wallet may go below 0. What the new limit frees pays outstanding charges at once. */
export async function setCreditLimit(
  work: Work,
  command: { readonly walletId: string; readonly creditLimitMinor: number },
): Promise<Outcome<Wallet, 'credit_in_use' | 'not_found'>> {
  const before = await findWallet(work.db, command.walletId);
  if (before === undefined) return refused('not_found', '');
  const after = await updateCreditLimit(work.db, command.walletId, command.creditLimitMinor);
  if (after === undefined)
    return refused('credit_in_use', 'What is held or overdrawn needs a higher limit than this.');
  await collectOutstanding(work, after.organisationId, after.id);
  return accepted((await findWallet(work.db, after.id)) ?? after);
}

/** The wallet of an organisation in a currency; undefined when it has none. The scope must see its book. */
export function walletOf(
  db: Queryable,
  organisationId: OrganisationId,
  currency: Currency,
): Promise<Wallet | undefined> {
  return findWalletIn(db, organisationId, currency);
}

/** Whether unpaid charges block new orders of this payer. The scope must see its book. */
export function isInArrears(db: Queryable, organisationId: OrganisationId): Promise<boolean> {
  return hasArrears(db, organisationId);
}
