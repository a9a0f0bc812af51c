import { createHash } from 'node:crypto';
import { type Currency, type Id, idFromUuid, type OrganisationId } from '../kernel/index.ts';

/**
 * Name of an account inside one organisation's book: `kind/CURRENCY`, for clearing `clearing/CURRENCY/<other book>`.
 * Accounts need no row: a name that a transfer uses is an account. Balances are credits less debits.
 */
declare const accountBrand: unique symbol;
export type Account = string & { readonly [accountBrand]: true };

/**
 * `wallet` money the organisation may spend (the only kind with a floor) · `arrears` what it owes of charges ·
 * `bank` the operator's bank · `income` freight and fees earned · `tax_payable`, `duty_payable` owed to authorities ·
 * `exchange` currency position · `conversion_result` gain or loss of conversions · `cod_cash` cash a collector holds ·
 * `cod_payable` cash the operator owes to merchants · `deposit_payable` securities that the operator keeps and owes ·
 * `earned` what the operator owes a partner for its work · `payout_due` what of it is on its way to the partner's bank ·
 * `cod_due` what of cash for goods the operator owes on to who sent them · `partner_cost` what the operator spends on partners.
 */
export type AccountKind =
  | 'wallet'
  | 'arrears'
  | 'bank'
  | 'income'
  | 'tax_payable'
  | 'duty_payable'
  | 'exchange'
  | 'conversion_result'
  | 'cod_cash'
  | 'cod_payable'
  | 'deposit_payable'
  | 'earned'
  | 'cod_due'
  | 'payout_due'
  | 'partner_cost';

export function accountOf(kind: AccountKind, currency: Currency): Account {
  return `${kind}/${currency}` as Account;
}

/** The account of one book that faces another book; the two must always agree. */
export function clearingAccount(currency: Currency, counterpart: OrganisationId): Account {
  return `clearing/${currency}/${counterpart}` as Account;
}

/**
 * The same parts always give the same id, so that repeating a command meets its own earlier effect. 128 bits of
 * SHA-256 over the parts with their lengths; parts cannot run into each other.
 */
export function derivedId<Prefix extends string>(prefix: Prefix, parts: readonly string[]): Id<Prefix> {
  const hash = createHash('sha256');
  for (const part of [prefix, ...parts]) hash.update(`${Buffer.byteLength(part)}:${part}`);
  return idFromUuid(prefix, hash.digest().subarray(0, 16));
}
