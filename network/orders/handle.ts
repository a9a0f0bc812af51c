import type { Work } from '../../platform/world/index.ts';
import type { Principal } from '../accounts/index.ts';
import { accepted, type OrganisationId, type Outcome, type PartyRef, refused } from '../kernel/index.ts';
import { coarsePlaceOf, type PartyInput, readParty, withoutPosition } from '../places/index.ts';
import type { Party, PartyAddress, Vault } from '../vault/index.ts';
import type { OrderEdit } from './contract.ts';
import { OrderProgressed } from './events.ts';
import type { Order, OrderErrorCode, OrderState, SenderAddress } from './model.ts';
import { readSender, sealNote } from './record.ts';
import {
  clearDefaultSender,
  countSenders,
  findSender,
  insertSender,
  listSenders,
  removeSender,
  saveSender,
} from './sender-store.ts';
import { isOpen } from './state.policy.ts';
import { lockOrder, saveOrder, saveOrderState } from './store.ts';

/** Changes what an open order holds. What the edit leaves out stays. */
export async function editOrder(
  work: Work,
  owner: OrganisationId,
  orderId: string,
  edit: OrderEdit,
  vault: Vault,
): Promise<Outcome<Order>> {
  const order = await lockOrder(work.db, owner, orderId);
  if (order === undefined) return refused('not_found', '');
  if (!isOpen(order.state)) return conflict(order);
  const senders = await listSenders(work.db, owner);
  const sender = readSender(edit, senders);
  if (!sender.ok) return sender;
  const recipient =
    edit.recipient === undefined ? undefined : readParty(edit.recipient as PartyInput, '/recipient');
  if (recipient !== undefined && !recipient.ok) return recipient;
  const { sender: _s, senderAddressId: _a, recipient: _r, note, ...plain } = edit;
  const given = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined));
  const changed: Order = {
    ...order,
    ...(given as Partial<Order>),
    ...(await storedSender(work, owner, sender.value, vault)),
    ...(recipient === undefined ? {} : await storedRecipient(work, owner, recipient.value, vault)),
    ...(note === undefined ? {} : { sealedNote: await sealNote(work, vault, owner, order.id, note) }),
    version: order.version + 1,
    changedAt: work.now,
  };
  await saveOrder(work.db, changed);
  return accepted(changed);
}

async function storedSender(
  work: Work,
  owner: OrganisationId,
  read: {
    readonly sender: (Party & { address: PartyAddress }) | undefined;
    readonly chosen: SenderAddress | undefined;
  },
  vault: Vault,
): Promise<Partial<Order>> {
  if (read.chosen !== undefined) return { senderRef: read.chosen.partyRef, from: read.chosen.place };
  if (read.sender === undefined) return {};
  return {
    senderRef: await storeParty(work, owner, read.sender, vault),
    from: coarsePlaceOf(read.sender.address),
  };
}

async function storedRecipient(
  work: Work,
  owner: OrganisationId,
  party: Party & { readonly address: PartyAddress },
  vault: Vault,
): Promise<Partial<Order>> {
  return {
    recipientRef: await storeParty(work, owner, party, vault),
    to: coarsePlaceOf(party.address),
    taxIdKinds: (party.taxIds ?? []).map((taxId) => taxId.kind),
  };
}

function storeParty(
  work: Work,
  organisationId: OrganisationId,
  party: Party & { readonly address: PartyAddress },
  vault: Vault,
): Promise<PartyRef> {
  return vault.storeParty(work, { organisationId, party: withoutPosition(party) });
}

/** Cancels an open order, or opens a cancelled one again. */
export async function moveOrder(
  work: Work,
  owner: OrganisationId,
  orderId: string,
  from: OrderState,
  to: OrderState,
): Promise<Outcome<Order>> {
  const order = await lockOrder(work.db, owner, orderId);
  if (order === undefined) return refused('not_found', '');
  if (order.state === to) return accepted(order);
  if (order.state !== from) return conflict(order);
  return accepted(await enterState(work, order, to));
}

/** Saves a state and tells; the order is locked. */
export async function enterState(work: Work, order: Order, state: OrderState): Promise<Order> {
  if (order.state === state) return order;
  const moved: Order = { ...order, state, version: order.version + 1, changedAt: work.now };
  await saveOrderState(work.db, moved);
  work.emit({
    type: OrderProgressed.name,
    group: { organisationId: order.organisationId },
    subjectId: order.id,
    subjectSequence: moved.version,
    audience: [
      order.organisationId,
      ...(order.clientPlatformId === undefined ? [] : [order.clientPlatformId]),
    ],
    payload: {
      orderId: order.id,
      organisationId: order.organisationId,
      clientPlatformId: order.clientPlatformId,
      reference: order.reference,
      channel: order.channel,
      state,
      occurredAt: work.now,
    },
  });
  return moved;
}

export function conflict(order: Order): Outcome<never, OrderErrorCode> {
  return refused('order_state_conflict', `${order.reference} is ${order.state}.`);
}

/** A merchant needs a handful; a list that is read whole needs an end. Our default. */
const MAX_SENDERS = 100;

export async function addSender(
  work: Work,
  caller: Pick<Principal, 'organisationId'>,
  command: { readonly label: string; readonly party: PartyInput; readonly isDefault: boolean },
  vault: Vault,
): Promise<Outcome<SenderAddress>> {
  const { organisationId } = caller;
  const party = readParty(command.party, '/party');
  if (!party.ok) return party;
  const count = await countSenders(work.db, organisationId);
  if (count >= MAX_SENDERS) return refused('sender_address_limit', `You have ${count}.`);
  // The first one is the default: somebody must be.
  const isDefault = command.isDefault || count === 0;
  if (isDefault) await clearDefaultSender(work.db, organisationId);
  const sender: SenderAddress = {
    id: work.newId('snd'),
    organisationId,
    label: command.label,
    partyRef: await storeParty(work, organisationId, party.value, vault),
    place: coarsePlaceOf(party.value.address),
    isDefault,
    addedAt: work.now,
  };
  await insertSender(work.db, sender);
  return accepted(sender);
}

export async function changeSender(
  work: Work,
  id: string,
  change: { readonly label?: string | undefined; readonly isDefault?: true | undefined },
): Promise<Outcome<SenderAddress>> {
  const sender = await findSender(work.db, id);
  if (sender === undefined) return refused('not_found', '');
  const changed = {
    ...sender,
    label: change.label ?? sender.label,
    isDefault: change.isDefault ?? sender.isDefault,
  };
  if (change.isDefault === true) await clearDefaultSender(work.db, sender.organisationId);
  await saveSender(work.db, changed);
  return accepted(changed);
}

export async function dropSender(work: Work, id: string): Promise<Outcome<SenderAddress>> {
  const sender = await findSender(work.db, id);
  if (sender === undefined) return refused('not_found', '');
  await removeSender(work.db, sender, work.now);
  return accepted({ ...sender, isDefault: false });
}
