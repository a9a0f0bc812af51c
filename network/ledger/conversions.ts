import type { Work } from '../../platform/world/index.ts';
import {
  accepted,
  type Currency,
  type Instant,
  type Money,
  type OrganisationId,
  type Outcome,
  refused,
} from '../kernel/index.ts';
import { accountOf, derivedId } from './account.ts';
import {
  acrossBooks,
  beginPosting,
  commitPosting,
  moveBetween,
  type Posting,
  payIn,
  payOut,
} from './book.ts';
import { CurrencyConverted } from './events.ts';
import { converted } from './exchange.policy.ts';
import {
  type Conversion,
  type ExchangeRate,
  findConversion,
  findRate,
  insertConversion,
  insertRate,
} from './exchange-store.ts';
import { availableMinor, type Reference, type Wallet } from './model.ts';
import { lockAllWallets } from './wallet-store.ts';

export type EnterRate = {
  readonly from: Currency;
  readonly to: Currency;
  readonly rateE8: number;
  /** Undefined: the same as the rate, no gain. */
  readonly marketRateE8?: number | undefined;
  readonly validFrom: Instant;
  readonly validUntil: Instant;
  readonly source: string;
  readonly enteredBy: string;
};

/** Enters a dated rate. Rates are never changed: a correction is a later entry for the same time. */
export async function enterRate(
  work: Work,
  command: EnterRate,
): Promise<Outcome<ExchangeRate, 'rate_invalid'>> {
  if (command.from === command.to || command.validFrom >= command.validUntil)
    return refused('rate_invalid', '');
  const rate: ExchangeRate = {
    ...command,
    id: work.newId('fxr'),
    marketRateE8: command.marketRateE8 ?? command.rateE8,
    enteredAt: work.now,
  };
  await insertRate(work.db, rate);
  return accepted(rate);
}

/**
 * Converts money of one wallet into another wallet of the same organisation at the rate in force now: a pair of
 * transfers through the operator's exchange accounts, the amount rounded once, half away from zero. The difference
 * to the market rate goes to the operator's conversion result. Once per reference.
 */
export async function recordConversion(
  work: Work,
  command: {
    readonly organisationId: OrganisationId;
    readonly reference: Reference;
    readonly amount: Money;
    readonly to: Currency;
  },
): Promise<
  Outcome<
    Conversion,
    | 'rate_missing'
    | 'wallet_missing'
    | 'insufficient_funds'
    | 'conversion_reused'
    | 'amount_too_small'
    | 'rate_invalid'
  >
> {
  const { organisationId, reference, amount, to } = command;
  if (amount.currency === to) return refused('rate_invalid', 'Name two different currencies.');
  const id = derivedId('cnv', [organisationId, reference.kind, reference.id]);
  const wallets = await lockAllWallets(work.db, [organisationId]);
  const known = await findConversion(work.db, organisationId, id);
  if (known !== undefined) {
    const isSame =
      known.from === amount.currency && known.fromMinor === amount.amountMinor && known.to === to;
    return isSame
      ? accepted(known)
      : refused('conversion_reused', 'This reference converted another amount.');
  }
  const source = wallets.find((wallet) => wallet.currency === amount.currency);
  const target = wallets.find((wallet) => wallet.currency === to);
  if (source === undefined || target === undefined)
    return refused('wallet_missing', 'Both currencies need a wallet.');
  const rate = await findRate(work.db, amount.currency, to, work.now);
  if (rate === undefined)
    return refused('rate_missing', `No rate from ${amount.currency} to ${to} is valid now.`);
  if (amount.amountMinor > availableMinor(source)) return refused('insufficient_funds', '');
  const toMinor = converted(amount, to, rate.rateE8);
  if (toMinor <= 0 || amount.amountMinor <= 0) return refused('amount_too_small', '');
  const conversion: Conversion = {
    id,
    organisationId,
    reference,
    from: amount.currency,
    fromMinor: amount.amountMinor,
    to,
    toMinor,
    rateId: rate.id,
    gainMinor: converted(amount, to, rate.marketRateE8) - toMinor,
    convertedAt: work.now,
  };
  await insertConversion(work.db, conversion);
  await postConversion(work, conversion, source, target);
  return accepted(conversion);
}

async function postConversion(
  work: Work,
  conversion: Conversion,
  source: Wallet,
  target: Wallet,
): Promise<void> {
  const posting = beginPosting(
    work,
    {
      organisationId: conversion.organisationId,
      cause: { kind: 'conversion', id: conversion.id },
      subject: conversion.reference,
      evidence: conversion.rateId,
    },
    [source, target],
  );
  const detail = { rateId: conversion.rateId };
  payOut(posting, source.id, 'wallet', accountOf('exchange', conversion.from), {
    part: 'from',
    kind: 'conversion',
    amountMinor: conversion.fromMinor,
    detail,
  });
  payIn(posting, target.id, 'wallet', accountOf('exchange', conversion.to), {
    part: 'to',
    kind: 'conversion',
    amountMinor: conversion.toMinor,
    detail,
  });
  recordGain(posting, conversion, target.clearsWith);
  await acrossBooks(work, conversion.organisationId, [target.clearsWith], () => commitPosting(work, posting));
  work.emit({
    type: CurrencyConverted.name,
    group: { organisationId: conversion.organisationId },
    subjectId: conversion.id,
    subjectSequence: 1,
    audience: [conversion.organisationId],
    payload: {
      organisationId: conversion.organisationId,
      conversionId: conversion.id,
      fromCurrency: conversion.from,
      fromMinor: conversion.fromMinor,
      toCurrency: conversion.to,
      toMinor: conversion.toMinor,
      rateId: conversion.rateId,
    },
  });
}

/** In the operator's book: the exchange account then stands at market rates, and the result shows what was earned. */
function recordGain(posting: Posting, conversion: Conversion, operatorId: OrganisationId): void {
  if (conversion.gainMinor === 0) return;
  const exchange = accountOf('exchange', conversion.to);
  const result = accountOf('conversion_result', conversion.to);
  const isGain = conversion.gainMinor > 0;
  moveBetween(
    posting,
    {
      organisationId: operatorId,
      currency: conversion.to,
      debit: isGain ? exchange : result,
      credit: isGain ? result : exchange,
    },
    { part: 'result', kind: 'conversion_result', amountMinor: Math.abs(conversion.gainMinor) },
  );
}
