import type { Work } from '../../platform/world/index.ts';
import {
  accepted,
  type Currency,
  type Money,
  type OrganisationId,
  type Outcome,
  refused,
} from '../kernel/index.ts';
import { accountOf, clearingAccount, derivedId } from './account.ts';
import {
  acrossBooks,
  beginPosting,
  commitPosting,
  moveBetween,
  type Posting,
  payIn,
  payOut,
} from './book.ts';
import {
  type CodCollection,
  insertCollection,
  lockCollections,
  lockOpenCollections,
  saveCollections,
} from './cod-store.ts';
import { collectOutstanding } from './collection.ts';
import { CodCollected, CodReconciled, CodRemitted } from './events.ts';
import type { Reference, Wallet } from './model.ts';
import { lockWallets } from './wallet-store.ts';

export type RecordCodCollected = {
  /** The carrier, or the organisation of the courier, that took the cash; in whose scope this runs. */
  readonly collectorId: OrganisationId;
  readonly merchantId: OrganisationId;
  /** The operator's book that both clear with. */
  readonly clearsWith: OrganisationId;
  readonly reference: Reference;
  /** What the parcel asked for. */
  readonly due: Money;
  /** What was taken; a difference to `due` shows in the reconciliation. In the currency of `due`. */
  readonly collectedMinor: number;
  /** The network's fee and its tax, taken from the merchant when it is credited. */
  readonly feeMinor: number;
  readonly feeTaxMinor?: number | undefined;
};

/** Cash was taken at the door: the collector now owes it to the operator. Once per reference. */
export async function recordCodCollected(
  work: Work,
  command: RecordCodCollected,
): Promise<Outcome<CodCollection, 'cod_reused'>> {
  if (command.collectedMinor <= 0 || command.due.amountMinor <= 0)
    throw new RangeError('a collection has an amount');
  const { collectorId, reference, due } = command;
  const collection: CodCollection = {
    id: derivedId('cod', [collectorId, reference.kind, reference.id]),
    collectorId,
    reference,
    merchantId: command.merchantId,
    clearsWith: command.clearsWith,
    currency: due.currency,
    dueMinor: due.amountMinor,
    collectedMinor: command.collectedMinor,
    remittedMinor: 0,
    feeMinor: command.feeMinor,
    feeTaxMinor: command.feeTaxMinor ?? 0,
    remittanceReference: undefined,
    state: 'collected',
    version: 1,
  };
  if (!(await insertCollection(work.db, collection, work.now))) {
    const [known] = await lockCollections(work.db, collectorId, [collection.id]);
    const isSame =
      known?.dueMinor === collection.dueMinor &&
      known.collectedMinor === collection.collectedMinor &&
      known.merchantId === collection.merchantId &&
      known.currency === collection.currency;
    return isSame
      ? accepted(known)
      : refused('cod_reused', 'This parcel was collected for with other amounts.');
  }
  const posting = beginPosting(work, codCause(collection), []);
  moveBetween(posting, cashSides(collection, 'in'), {
    part: 'collected',
    kind: 'cod_collected',
    amountMinor: collection.collectedMinor,
  });
  await commitPosting(work, posting);
  emitCod(work, CodCollected.name, collection, collection.collectedMinor);
  return accepted(collection);
}

function codCause(collection: CodCollection) {
  return {
    organisationId: collection.collectorId,
    cause: { kind: 'cod_collection', id: collection.id },
    subject: collection.reference,
  };
}

/** In the collector's book: cash in hand against what it owes to the operator, or back. */
function cashSides(collection: CodCollection, way: 'in' | 'out') {
  const cash = accountOf('cod_cash', collection.currency);
  const isOwn = collection.clearsWith === collection.collectorId;
  const counterAccount = accountOf(way === 'in' ? 'cod_payable' : 'bank', collection.currency);
  const facing = isOwn ? counterAccount : clearingAccount(collection.currency, collection.clearsWith);
  return {
    organisationId: collection.collectorId,
    currency: collection.currency,
    debit: way === 'in' ? cash : facing,
    credit: way === 'in' ? facing : cash,
    ...(isOwn ? {} : { counterpartId: collection.clearsWith, counterAccount }),
  };
}

export type RecordCodRemitted = {
  readonly collectorId: OrganisationId;
  /** Bank reference of the remittance; evidence of every transfer. */
  readonly remittanceReference: string;
  readonly currency: Currency;
  readonly items: readonly { readonly reference: Reference; readonly amountMinor: number }[];
};

/**
 * The collector paid cash in: once per parcel. Parcels that it never reported are answered as `unknown` and not
 * booked; parcels that were remitted before, by this or another remittance, as `repeated`.
 */
export async function recordCodRemitted(
  work: Work,
  command: RecordCodRemitted,
): Promise<{
  readonly remitted: readonly CodCollection[];
  readonly unknown: readonly Reference[];
  readonly repeated: readonly Reference[];
}> {
  const items = new Map(
    command.items.map((item) => [
      derivedId('cod', [command.collectorId, item.reference.kind, item.reference.id]) as string,
      item,
    ]),
  );
  const known = await lockCollections(work.db, command.collectorId, [...items.keys()]);
  const taken = known.filter((collection) => collection.currency === command.currency);
  const fresh = taken.flatMap((collection): CodCollection[] => {
    const amountMinor = items.get(collection.id)?.amountMinor ?? 0;
    return collection.state === 'collected' && amountMinor > 0
      ? [
          {
            ...collection,
            state: 'remitted',
            remittedMinor: amountMinor,
            remittanceReference: command.remittanceReference,
          },
        ]
      : [];
  });
  const posting = beginPosting(
    work,
    {
      organisationId: command.collectorId,
      cause: { kind: 'cod_remittance', id: command.remittanceReference },
      evidence: command.remittanceReference,
    },
    [],
  );
  for (const collection of fresh) {
    moveBetween(posting, cashSides(collection, 'out'), {
      part: 'remitted',
      kind: 'cod_remitted',
      amountMinor: collection.remittedMinor,
      cause: { kind: 'cod_collection', id: collection.id },
      subject: collection.reference,
    });
  }
  await saveCollections(work.db, fresh, work.now);
  await commitPosting(work, posting);
  for (const collection of fresh) emitCod(work, CodRemitted.name, collection, collection.remittedMinor);
  const isTaken = new Set(taken.map((collection) => collection.id as string));
  const isFresh = new Set(fresh.map((collection) => collection.id));
  return {
    remitted: fresh,
    unknown: [...items].filter(([id]) => !isTaken.has(id)).map(([, item]) => item.reference),
    repeated: taken
      .filter((collection) => !isFresh.has(collection.id))
      .map((collection) => collection.reference),
  };
}

export type CodDifference = {
  readonly reference: Reference;
  readonly reason:
    | 'not_remitted'
    | 'collected_differs_from_due'
    | 'remitted_differs_from_collected'
    | 'merchant_wallet_missing'
    | 'fee_exceeds_amount';
  readonly dueMinor: number;
  readonly collectedMinor: number;
  readonly remittedMinor: number;
};

/** Collections that one call looks at; repeat with `next` as `after` until it is undefined. */
const RECONCILE_AT_ONCE = 500;

/** Why a collection cannot be paid out; undefined when all its figures agree. */
export function codDifference(
  collection: CodCollection,
  hasWallet: boolean,
): CodDifference['reason'] | undefined {
  if (collection.state === 'collected') return 'not_remitted';
  if (collection.collectedMinor !== collection.dueMinor) return 'collected_differs_from_due';
  if (collection.remittedMinor !== collection.collectedMinor) return 'remitted_differs_from_collected';
  if (collection.feeMinor + collection.feeTaxMinor > collection.remittedMinor) return 'fee_exceeds_amount';
  return hasWallet ? undefined : 'merchant_wallet_missing';
}

/**
 * Compares what was due, collected and remitted by a collector. What agrees is credited to the merchants, less the
 * fee; everything else is listed with its reason and stays open. Running it again credits nothing twice.
 */
export async function reconcileCod(
  work: Work,
  command: {
    readonly collectorId: OrganisationId;
    readonly currency: Currency;
    readonly after?: string | undefined;
  },
): Promise<{
  readonly credited: readonly CodCollection[];
  readonly differences: readonly CodDifference[];
  readonly next: string | undefined;
}> {
  const open = await lockOpenCollections(work.db, command, RECONCILE_AT_ONCE);
  const merchantIds = [...new Set(open.map((collection) => collection.merchantId))];
  return acrossBooks(work, command.collectorId, merchantIds, async () => {
    const wallets = await lockWallets(work.db, merchantIds, command.currency);
    const walletOfMerchant = new Map(wallets.map((wallet) => [wallet.organisationId, wallet]));
    const differences: CodDifference[] = [];
    const credited: CodCollection[] = [];
    const posting = beginPosting(
      work,
      {
        organisationId: command.collectorId,
        cause: { kind: 'cod_reconciliation', id: command.collectorId },
      },
      wallets,
    );
    for (const collection of open) {
      const wallet = walletOfMerchant.get(collection.merchantId);
      const reason = codDifference(collection, wallet !== undefined);
      if (reason === undefined && wallet !== undefined) {
        creditMerchant(posting, collection, wallet);
        credited.push({ ...collection, state: 'reconciled' });
      } else if (reason !== undefined) differences.push({ ...collection, reason });
    }
    await saveCollections(work.db, credited, work.now);
    await commitPosting(work, posting);
    for (const collection of credited)
      emitCod(work, CodReconciled.name, collection, collection.remittedMinor);
    for (const id of new Set(credited.map((collection) => collection.merchantId))) {
      const wallet = walletOfMerchant.get(id);
      if (wallet !== undefined) await collectOutstanding(work, id, wallet.id, command.collectorId);
    }
    return {
      credited,
      differences: differences.map(differenceOnly),
      next: open.length === RECONCILE_AT_ONCE ? open.at(-1)?.id : undefined,
    };
  });
}

function differenceOnly(difference: CodDifference): CodDifference {
  const { reference, reason, dueMinor, collectedMinor, remittedMinor } = difference;
  return { reference, reason, dueMinor, collectedMinor, remittedMinor };
}

/** The whole amount in, then the fee and its tax out, so that the statement shows both. */
function creditMerchant(posting: Posting, collection: CodCollection, wallet: Wallet): void {
  const { currency } = collection;
  const shared = {
    cause: { kind: 'cod_collection', id: collection.id },
    subject: collection.reference,
  };
  payIn(posting, wallet.id, 'wallet', accountOf('cod_payable', currency), {
    ...shared,
    part: 'credited',
    kind: 'cod_credited',
    amountMinor: collection.remittedMinor,
  });
  if (collection.feeMinor > 0) {
    payOut(posting, wallet.id, 'wallet', accountOf('income', currency), {
      ...shared,
      part: 'fee',
      kind: 'cod_fee',
      amountMinor: collection.feeMinor,
    });
  }
  if (collection.feeTaxMinor > 0) {
    payOut(posting, wallet.id, 'wallet', accountOf('tax_payable', currency), {
      ...shared,
      part: 'fee_tax',
      kind: 'tax',
      amountMinor: collection.feeTaxMinor,
    });
  }
}

/** A collection has three events in its life, in this order. */
const SEQUENCE = { collected: 1, remitted: 2, reconciled: 3 } as const;

function emitCod(work: Work, type: string, collection: CodCollection, amountMinor: number): void {
  work.emit({
    type,
    group: { organisationId: collection.collectorId },
    subjectId: collection.id,
    subjectSequence: SEQUENCE[collection.state],
    audience: [...new Set([collection.collectorId, collection.merchantId, collection.clearsWith])],
    payload: {
      collectorId: collection.collectorId,
      merchantId: collection.merchantId,
      collectionId: collection.id,
      reference: collection.reference,
      amountMinor,
      currency: collection.currency,
    },
  });
}
