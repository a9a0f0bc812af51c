import { csvText } from '../../platform/csv/index.ts';
import { type Instant, instant, type Money, minorDigits } from '../kernel/index.ts';
import { decimalText } from './decimal-text.ts';
import { availableMinor, type Wallet } from './model.ts';
import type { TopUp } from './top-up-store.ts';
import type { WalletTransfer } from './transfer-store.ts';

export function presentWallet(wallet: Wallet) {
  const money = (amountMinor: number): Money => ({ amountMinor, currency: wallet.currency });
  return {
    id: wallet.id,
    organisationId: wallet.organisationId,
    currency: wallet.currency,
    balance: money(wallet.balanceMinor),
    held: money(wallet.heldMinor),
    creditLimit: money(wallet.creditLimitMinor),
    available: money(availableMinor(wallet)),
    isInArrears: wallet.arrearsSince !== undefined,
    openedAt: wallet.openedAt,
  };
}

export function presentTransfer(transfer: WalletTransfer) {
  const detail = transfer.detail as { taxType?: string; rateBasisPoints?: number } | undefined;
  return {
    id: transfer.id,
    sequence: transfer.sequence,
    kind: transfer.kind,
    amount: { amountMinor: transfer.amountMinor, currency: transfer.currency },
    balance: { amountMinor: transfer.balanceMinor, currency: transfer.currency },
    cause: transfer.cause,
    subject: transfer.subject,
    evidence: transfer.evidence,
    tax:
      detail?.taxType === undefined || detail.rateBasisPoints === undefined
        ? undefined
        : { taxType: detail.taxType, rateBasisPoints: detail.rateBasisPoints },
    valueDate: transfer.valueDate,
    postedAt: transfer.postedAt,
  };
}

export function presentTopUp(topUp: TopUp, instructions?: string) {
  const money = (amountMinor: number): Money => ({ amountMinor, currency: topUp.currency });
  return {
    id: topUp.id,
    walletId: topUp.walletId,
    organisationId: topUp.organisationId,
    provider: topUp.provider,
    paymentReference: topUp.paymentReference,
    instructions,
    requested: money(topUp.requestedMinor),
    received: topUp.receivedMinor === undefined ? undefined : money(topUp.receivedMinor),
    differs: topUp.receivedMinor !== undefined && topUp.receivedMinor !== topUp.requestedMinor,
    state: topUp.state,
    valueDate: topUp.valueDate,
    bankReference: topUp.bankReference,
    requestedAt: topUp.requestedAt,
    confirmedAt: topUp.confirmedAt,
  };
}

/** A month `YYYY-MM` in UTC: from inclusive, to exclusive. */
export function monthBounds(month: string): { readonly from: Instant; readonly to: Instant } {
  const year = Number(month.slice(0, 4));
  const number = Number(month.slice(5));
  const next = number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
  return { from: instant(`${month}-01T00:00:00Z`), to: instant(`${next}-01T00:00:00Z`) };
}

export type Turnover = {
  readonly opening: number;
  readonly closing: number;
  readonly turnover: readonly {
    readonly kind: string;
    readonly amountMinor: number;
    readonly count: number;
  }[];
};

export function presentStatement(wallet: Wallet, month: string, figures: Turnover, isFinal: boolean) {
  const money = (amountMinor: number): Money => ({ amountMinor, currency: wallet.currency });
  return {
    walletId: wallet.id,
    organisationId: wallet.organisationId,
    month,
    opening: money(figures.opening),
    closing: money(figures.closing),
    turnover: figures.turnover.map((entry) => ({
      kind: entry.kind,
      amount: money(entry.amountMinor),
      count: entry.count,
    })),
    isFinal,
  };
}

/** A statement as CSV: opening line, one line per transfer, closing line. Amounts in major units with a point. */
export function statementCsv(
  wallet: Wallet,
  figures: Turnover,
  transfers: readonly WalletTransfer[],
): string {
  const digits = minorDigits(wallet.currency);
  const amount = (minor: number) => decimalText(minor, digits);
  return csvText([
    [
      'sequence',
      'posted_at',
      'value_date',
      'kind',
      'amount',
      'balance',
      'currency',
      'cause',
      'subject',
      'evidence',
    ],
    ['', '', '', 'opening', '', amount(figures.opening), wallet.currency, '', '', ''],
    ...transfers.map((transfer) => [
      transfer.sequence,
      transfer.postedAt,
      transfer.valueDate ?? '',
      transfer.kind,
      amount(transfer.amountMinor),
      amount(transfer.balanceMinor),
      wallet.currency,
      `${transfer.cause.kind}:${transfer.cause.id}`,
      transfer.subject === undefined ? '' : `${transfer.subject.kind}:${transfer.subject.id}`,
      transfer.evidence ?? '',
    ]),
    ['', '', '', 'closing', '', amount(figures.closing), wallet.currency, '', '', ''],
  ]);
}
