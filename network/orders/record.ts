import type { Work } from '../../platform/world/index.ts';
import type { Principal } from '../accounts/index.ts';
import { accepted, type Outcome, type PartyRef, type Rejection, refused } from '../kernel/index.ts';
import { coarsePlaceOf, type PartyInput, readParty, withoutPosition } from '../places/index.ts';
import type { Party, PartyAddress, Vault } from '../vault/index.ts';
import type { OrderInput } from './contract.ts';
import type { Order, OrderId, SenderAddress } from './model.ts';
import { listSenders } from './sender-store.ts';
import { findOrderIds, insertOrders } from './store.ts';

/** What became of one order of a batch. `dry` ones have no id: nothing was stored. */
export type Recorded =
  | { readonly outcome: 'created' | 'existing'; readonly orderId: OrderId | undefined }
  | { readonly outcome: 'refused'; readonly rejection: Rejection };

type ReadParty = Party & { readonly address: PartyAddress };
type ReadOrder = {
  readonly input: OrderInput;
  readonly recipient: ReadParty;
  readonly sender: ReadParty | undefined;
  readonly chosen: SenderAddress | undefined;
};

/** Rows of one statement: a limit of our own, so that a file of thousands stays in bounded pieces. */
const CHUNK = 500;

/**
 * Stores orders, each by itself: a reference that is stored already is answered as it stands, a broken order is
 * refused alone. Their parties go to the vault in one insert. With `dryRun` nothing is stored.
 */
export async function recordOrders(
  work: Work,
  caller: Pick<Principal, 'organisationId' | 'clientPlatformId'>,
  inputs: readonly OrderInput[],
  options: { readonly vault: Vault; readonly dryRun: boolean },
): Promise<Recorded[]> {
  const senders = await listSenders(work.db, caller.organisationId);
  const answers: Recorded[] = [];
  for (let from = 0; from < inputs.length; from += CHUNK) {
    const chunk = inputs.slice(from, from + CHUNK);
    answers.push(...(await recordChunk(work, caller, chunk, senders, options)));
  }
  return answers;
}

async function recordChunk(
  work: Work,
  caller: Pick<Principal, 'organisationId' | 'clientPlatformId'>,
  inputs: readonly OrderInput[],
  senders: readonly SenderAddress[],
  options: { readonly vault: Vault; readonly dryRun: boolean },
): Promise<Recorded[]> {
  const read = inputs.map((input) => readOrder(input, senders));
  const references = inputs.map((input) => input.reference);
  const known = await findOrderIds(work.db, caller.organisationId, references);
  const fresh = new Map<string, ReadOrder>();
  for (const outcome of read) {
    if (!outcome.ok) continue;
    const { reference } = outcome.value.input;
    if (!known.has(reference) && !fresh.has(reference)) fresh.set(reference, outcome.value);
  }
  const born = new Map<string, OrderId | undefined>();
  if (options.dryRun) for (const reference of fresh.keys()) born.set(reference, undefined);
  else
    for (const [reference, id] of await store(work, caller, [...fresh.values()], options.vault))
      born.set(reference, id);
  // Somebody stored the same reference between our look and our insert: it is his order.
  const lost = [...fresh.keys()].filter((reference) => !born.has(reference));
  for (const [reference, id] of await findOrderIds(work.db, caller.organisationId, lost))
    known.set(reference, id);
  const told = new Set<string>();
  return read.map((outcome): Recorded => {
    if (!outcome.ok) return { outcome: 'refused', rejection: outcome.rejection };
    const { reference } = outcome.value.input;
    const isFirst = born.has(reference) && !told.has(reference);
    told.add(reference);
    return isFirst
      ? { outcome: 'created', orderId: born.get(reference) }
      : { outcome: 'existing', orderId: born.get(reference) ?? known.get(reference) };
  });
}

async function store(
  work: Work,
  caller: Pick<Principal, 'organisationId' | 'clientPlatformId'>,
  fresh: readonly ReadOrder[],
  vault: Vault,
): Promise<Map<string, OrderId>> {
  if (fresh.length === 0) return new Map();
  const parties = fresh.flatMap((order) =>
    order.sender === undefined ? [order.recipient] : [order.recipient, order.sender],
  );
  const refs = await vault.storeParties(work, {
    organisationId: caller.organisationId,
    parties: parties.map(withoutPosition),
  });
  const refOf = new Map<Party, PartyRef>();
  for (const [index, ref] of refs.entries()) {
    const party = parties[index];
    if (party !== undefined) refOf.set(party, ref);
  }
  const orders: Order[] = [];
  for (const order of fresh) orders.push(await newOrder(work, caller, order, refOf, vault));
  const stored = await insertOrders(work.db, caller, orders, work.now);
  return new Map(
    orders.filter((order) => stored.has(order.id)).map((order) => [order.reference, order.id] as const),
  );
}

async function newOrder(
  work: Work,
  caller: Pick<Principal, 'organisationId' | 'clientPlatformId'>,
  { input, recipient, sender, chosen }: ReadOrder,
  refOf: ReadonlyMap<Party, PartyRef>,
  vault: Vault,
): Promise<Order> {
  const recipientRef = refOf.get(recipient);
  if (recipientRef === undefined) throw new Error('the vault stored a party and answered no reference');
  const { note, recipient: _r, sender: _s, senderAddressId: _a, ...plain } = input;
  const id = work.newId('ord');
  return {
    paidAt: undefined,
    shipBy: undefined,
    parcels: undefined,
    orderAmount: undefined,
    incoterm: undefined,
    cashOnDelivery: undefined,
    insuredAmount: undefined,
    programmeId: undefined,
    handover: undefined,
    ...plain,
    id,
    organisationId: caller.organisationId,
    clientPlatformId: caller.clientPlatformId,
    version: 1,
    state: 'open',
    senderRef: sender === undefined ? chosen?.partyRef : refOf.get(sender),
    from: sender === undefined ? chosen?.place : coarsePlaceOf(sender.address),
    recipientRef,
    to: coarsePlaceOf(recipient.address),
    taxIdKinds: (recipient.taxIds ?? []).map((taxId) => taxId.kind),
    sealedNote: note === undefined ? undefined : await sealNote(work, vault, caller.organisationId, id, note),
    recordedAt: work.now,
    changedAt: work.now,
  };
}

/** A merchant's note may name people: it is sealed like a label. */
export function sealNote(
  work: Work,
  vault: Vault,
  organisationId: Order['organisationId'],
  id: OrderId,
  note: string,
): Promise<Uint8Array> {
  return vault.sealBlob(work, { organisationId, name: noteName(id), bytes: new TextEncoder().encode(note) });
}

export function noteName(id: OrderId): string {
  return `${id}/note`;
}

function readOrder(input: OrderInput, senders: readonly SenderAddress[]): Outcome<ReadOrder> {
  const recipient = readParty(input.recipient as PartyInput, '/recipient');
  if (!recipient.ok) return recipient;
  const sender = readSender(input, senders);
  if (!sender.ok) return sender;
  return accepted({ input, recipient: recipient.value, ...sender.value });
}

/** The sender of an order, if it names one: written out, or by its id. */
export function readSender(
  input: Pick<OrderInput, 'sender' | 'senderAddressId'>,
  senders: readonly SenderAddress[],
): Outcome<Pick<ReadOrder, 'sender' | 'chosen'>> {
  if (input.sender !== undefined) {
    const sender = readParty(input.sender as PartyInput, '/sender');
    return sender.ok ? accepted({ sender: sender.value, chosen: undefined }) : sender;
  }
  const chosen = senders.find((candidate) => candidate.id === input.senderAddressId);
  if (input.senderAddressId !== undefined && chosen === undefined)
    return refused('sender_address_unknown', '', [
      { pointer: '/sender_address_id', code: 'sender_address_unknown', message: 'not one of yours' },
    ]);
  return accepted({ sender: undefined, chosen });
}
