import type { Work } from '../../platform/world/index.ts';
import {
  accepted,
  type Instant,
  type Money,
  type OrganisationId,
  type Outcome,
  refused,
} from '../kernel/index.ts';
import { derivedId } from './account.ts';
import { acrossBooks, beginPosting, commitPosting, releaseHeld } from './book.ts';
import { HoldExpired, HoldPlaced, HoldPosted, HoldVoided } from './events.ts';
import {
  closeHoldSet,
  deleteEmptyHoldSet,
  findHoldSet,
  type HoldPart,
  insertHoldSet,
  lockHoldSet,
} from './hold-store.ts';
import {
  availableMinor,
  type HoldSet,
  type HoldSetId,
  type HoldState,
  type Payer,
  type Reference,
} from './model.ts';
import { checkPayers, splitOverPayers } from './payer-split.policy.ts';
import { lockAllWallets, lockWallets } from './wallet-store.ts';

export const EXPIRE_HOLD = 'ledger.expire_hold';

export type PlaceHold = {
  /** The organisation whose business this is, in whose scope the transaction runs; it need not pay. */
  readonly organisationId: OrganisationId;
  readonly reference: Reference;
  readonly payers: readonly Payer[];
  readonly amount: Money;
  readonly expiresAt: Instant;
};
type PlaceRefusal =
  | 'insufficient_funds'
  | 'wallet_missing'
  | 'payer_in_arrears'
  | 'currency_mismatch'
  | 'payer_split_invalid'
  | 'hold_reused';

/**
 * Holds an amount in the wallets of all payers, or in none. Once per reference: the same again answers the same set
 * and changes nothing. One payer costs one statement, several cost one more for the ordered locks.
 */
export async function placeHold(work: Work, command: PlaceHold): Promise<Outcome<HoldSet, PlaceRefusal>> {
  if (command.amount.amountMinor < 0) throw new RangeError('a hold is not negative');
  const payers = checkPayers(command.payers, command.amount);
  if (!payers.ok) return payers;
  const { organisationId, reference, amount, expiresAt } = command;
  const id = derivedId('hst', [organisationId, reference.kind, reference.id]);
  const set: HoldSet = {
    id,
    organisationId,
    reference,
    amount,
    payers: payers.value,
    state: 'held',
    version: 1,
    expiresAt,
  };
  const parts = splitOverPayers(amount, payers.value).map((amountMinor, index) =>
    holdPart(set, payers.value[index], amountMinor),
  );
  const books = parts.map((part) => part.organisationId);
  const outcome = await acrossBooks(work, organisationId, books, () => hold(work, set, parts));
  if (!outcome.ok || !outcome.value.isNew) return outcome.ok ? accepted(outcome.value.set) : outcome;
  work.schedule({ kind: EXPIRE_HOLD, key: id, runAt: expiresAt, payload: { organisationId, holdSetId: id } });
  emitHold(work, HoldPlaced.name, set, 1);
  return accepted(set);
}

function holdPart(set: HoldSet, payer: Payer | undefined, amountMinor: number): HoldPart {
  if (payer === undefined) throw new Error('a part has its payer');
  return {
    organisationId: payer.organisationId,
    holdId: holdIdOf(set.id, payer.organisationId),
    amountMinor,
  };
}

function holdIdOf(holdSetId: string, payerId: string): string {
  return derivedId('hld', [holdSetId, payerId]);
}

async function hold(
  work: Work,
  set: HoldSet,
  parts: readonly HoldPart[],
): Promise<Outcome<{ set: HoldSet; isNew: boolean }, PlaceRefusal>> {
  if (parts.length > 1) {
    const reason = await whyNot(work, set, parts);
    if (reason !== undefined) {
      const known = await findHoldSet(work.db, set.organisationId, set.id);
      return known === undefined ? reason : sameSet(known, set);
    }
  }
  const { isNew, moved } = await insertHoldSet(work.db, set, parts, work.now);
  if (!isNew) {
    const known = await findHoldSet(work.db, set.organisationId, set.id);
    if (known === undefined) throw new Error('a hold set is seldom gone at once: repeat the command');
    return sameSet(known, set);
  }
  if (moved === parts.length) return accepted({ set, isNew: true });
  if (moved > 0) throw new Error('several payers are held under their locks: all or none');
  await deleteEmptyHoldSet(work.db, set);
  return (
    (await whyNot(work, set, parts)) ??
    refused('insufficient_funds', 'The funds were taken by another order at this moment; repeat.')
  );
}

function sameSet(known: HoldSet, wanted: HoldSet): Outcome<{ set: HoldSet; isNew: boolean }, 'hold_reused'> {
  const isSame =
    known.amount.amountMinor === wanted.amount.amountMinor &&
    known.amount.currency === wanted.amount.currency &&
    payersText(known.payers) === payersText(wanted.payers);
  return isSame
    ? accepted({ set: known, isNew: false })
    : refused('hold_reused', 'The reference was held for with another amount or other payers.');
}

export function payersText(payers: readonly Payer[]): string {
  return JSON.stringify(
    payers.map((payer) => [
      payer.organisationId,
      payer.role,
      'fixedMinor' in payer ? ['fixed', payer.fixedMinor] : ['share', payer.shareBasisPoints],
    ]),
  );
}

/** Locks the payers' wallets in order and says which payer cannot hold its part, and why. */
async function whyNot(work: Work, set: HoldSet, parts: readonly HoldPart[]) {
  const ids = parts.map((part) => part.organisationId);
  const wallets = await lockAllWallets(work.db, ids);
  if (ids.some((id) => wallets.every((wallet) => wallet.organisationId !== id))) {
    return refused('wallet_missing', 'A payer has no wallet.');
  }
  const payable = new Map(
    wallets
      .filter((wallet) => wallet.currency === set.amount.currency)
      .map((wallet) => [wallet.organisationId, wallet]),
  );
  if (payable.size < parts.length) {
    return refused('currency_mismatch', `A payer has no wallet in ${set.amount.currency}.`);
  }
  if (wallets.some((wallet) => wallet.arrearsSince !== undefined)) {
    return refused('payer_in_arrears', 'A payer has unpaid charges; a top-up clears them.');
  }
  const short = parts.find((part) => {
    const wallet = payable.get(part.organisationId);
    return wallet === undefined || availableMinor(wallet) < part.amountMinor;
  });
  return short === undefined
    ? undefined
    : refused('insufficient_funds', 'The available funds of a payer are less than its part.');
}

/** Releases a hold that will not be charged. Voiding again changes nothing. */
export function voidHold(
  work: Work,
  command: { readonly organisationId: OrganisationId; readonly holdSetId: HoldSetId },
): Promise<Outcome<HoldSet, 'hold_not_found' | 'hold_not_open'>> {
  return release(work, command, 'voided', HoldVoided.name);
}

/** For the timer: as voiding, for a hold whose time is over. */
export async function expireHold(
  work: Work,
  command: { readonly organisationId: OrganisationId; readonly holdSetId: HoldSetId },
): Promise<void> {
  await release(work, command, 'expired', HoldExpired.name);
}

async function release(
  work: Work,
  command: { readonly organisationId: OrganisationId; readonly holdSetId: HoldSetId },
  state: HoldState,
  event: string,
): Promise<Outcome<HoldSet, 'hold_not_found' | 'hold_not_open'>> {
  const set = await lockHoldSet(work.db, command.organisationId, command.holdSetId);
  if (set === undefined) return refused('hold_not_found', '');
  if (set.state === state) return accepted(set);
  if (set.state !== 'held') return refused('hold_not_open', `The hold is ${set.state}.`);
  const payerIds = set.payers.map((payer) => payer.organisationId);
  await acrossBooks(work, set.organisationId, payerIds, async () => {
    const posting = beginPosting(
      work,
      { organisationId: set.organisationId, cause: { kind: 'hold_set', id: set.id } },
      await lockWallets(work.db, payerIds, set.amount.currency),
    );
    for (const held of (await closeHolds(work, set, state)).values()) {
      releaseHeld(posting, held.walletId, held.amountMinor);
    }
    await commitPosting(work, posting);
  });
  emitHold(work, event, set, set.version + 1);
  return accepted({ ...set, state, version: set.version + 1 });
}

/** Closes the set and answers by payer what was held. The payers' wallets are locked. */
export function closeHolds(work: Work, set: HoldSet, state: HoldState) {
  const parts = set.payers.map((payer) => ({
    organisationId: payer.organisationId,
    holdId: holdIdOf(set.id, payer.organisationId),
  }));
  return closeHoldSet(work.db, set, state, parts, work.now);
}

export function emitHoldPosted(work: Work, set: HoldSet): void {
  emitHold(work, HoldPosted.name, set, set.version + 1);
}

function emitHold(work: Work, type: string, set: HoldSet, sequence: number): void {
  work.emit({
    type,
    group: { organisationId: set.organisationId },
    subjectId: set.id,
    subjectSequence: sequence,
    audience: [...new Set([set.organisationId, ...set.payers.map((payer) => payer.organisationId)])],
    payload: {
      organisationId: set.organisationId,
      holdSetId: set.id,
      reference: set.reference,
      amountMinor: set.amount.amountMinor,
      currency: set.amount.currency,
    },
  });
}
