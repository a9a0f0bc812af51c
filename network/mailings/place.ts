import type { Work } from '../../platform/world/index.ts';
import { accepted, type Instant, type Money, type Outcome, type PartyRef, refused } from '../kernel/index.ts';
import type { LineOffer } from '../offers/index.ts';
import { coarsePlaceOf, type PartyInput, readParty, withoutPosition } from '../places/index.ts';
import type { CoarsePlace } from '../shipments/index.ts';
import type { Party } from '../vault/index.ts';
import { mailingCodes } from './code.ts';
import type { MailingErrorCode } from './errors.ts';
import { act, actOn, type By, begin, type MailingOutcome, type PolicyInForce, policyAt } from './handle.ts';
import { type HandoverChoice, holdHandover, leaveHandover } from './handover.ts';
import type { MailedGoods, Mailing, Measures, Payment, Placer, Quoted } from './model.ts';
import { holdCeiling } from './money.ts';
import type { Asker, MailingPorts } from './ports.ts';
import { told } from './price.policy.ts';
import { quoteMailing } from './quote.ts';
import { dueAfter } from './rulebook.ts';
import { countOpenOf, findByObjectId, lockMailing } from './store.ts';

export type MailingInput = {
  readonly objectId: string;
  readonly sender: PartyInput;
  readonly recipient: PartyInput;
  readonly goods: MailedGoods;
  readonly parcel: Measures;
  readonly lineCode: string;
  /** What the sender was told that it costs, and agreed to. */
  readonly agreedTotal: Money;
  readonly ceiling?: Money | undefined;
  readonly insuredAmount?: Money | undefined;
  readonly payment: Payment;
};
export type Draft = { readonly mailing: Mailing; readonly isKnown: boolean };

/** Who orders. */
export type Orderer = Asker & {
  readonly placedBy: Placer;
  readonly by: By;
  /** In whose part the organisation pays from its wallet. */
  readonly role: 'merchant' | 'marketplace';
  /** Where the parcel is, when that is not where its sender lives. */
  readonly from?: CoarsePlace | undefined;
  /** Persons and clerks share one owner: their handles are told apart by this, or by the sender. */
  readonly handleOf?: string | undefined;
};

/** Orders a mailing and holds what was chosen. The same handle with the same content is the same mailing. */
export async function placeMailing(
  work: Work,
  ports: MailingPorts,
  orderer: Orderer,
  input: MailingInput,
  choice: HandoverChoice,
): Promise<Outcome<Mailing>> {
  if (input.payment === 'wallet' && orderer.placedBy !== 'app')
    return refused('mailing_payment_unfit', 'Only an organisation has a wallet.');
  const drafted = await draftMailing(work, ports, orderer, input);
  if (!drafted.ok || drafted.value.isKnown) return drafted.ok ? accepted(drafted.value.mailing) : drafted;
  const held = await holdAll(work, ports, orderer, drafted.value.mailing, choice);
  if (!held.ok) return held;
  const placed = await begin(work, held.value, orderer.by);
  if (placed === undefined) return refused('mailing_object_reused', 'It was ordered at this very moment.');
  return placed.handover === undefined
    ? accepted(placed)
    : actOn(work, placed, orderer.by, { kind: 'choose_handover' });
}

async function holdAll(
  work: Work,
  ports: MailingPorts,
  { role }: Orderer,
  one: Mailing,
  choice: HandoverChoice,
): Promise<Outcome<Mailing>> {
  const routed = await holdHandover(work, ports, one, choice);
  if (!routed.ok) return routed;
  const { state } = one;
  if (state.name !== 'placed') throw new Error('a draft is placed');
  const sealedCode = await mailingCodes.issue(work, ports, one, state.dueAt);
  const coded: Mailing = { ...routed.value, sealedCode, codeExpiresAt: state.dueAt };
  if (one.payment === 'counter') return accepted(coded);
  const hold = await holdCeiling(work, one, role, state.dueAt);
  return hold.ok ? accepted({ ...coded, holdSetId: hold.value }) : hold;
}

/** A mailing as it would be, its people in the vault: nothing is held and nothing written. In the owner's scope. */
export async function draftMailing(
  work: Work,
  ports: MailingPorts,
  orderer: Orderer,
  input: MailingInput,
): Promise<Outcome<Draft>> {
  const { organisationId } = orderer;
  const sender = readParty(input.sender, '/sender');
  if (!sender.ok) return sender;
  const recipient = readParty(input.recipient, '/recipient');
  if (!recipient.ok) return recipient;
  const party = withoutPosition(sender.value);
  const objectId = await handleIn(work, ports, orderer, party, input.objectId);
  const known = await findByObjectId(work.db, organisationId, objectId);
  if (known !== undefined) {
    const key = { organisationId, ref: known.senderRef };
    const isSame = isSameOrder(known, input) && (await ports.vault.isParty(work.db, key, party));
    return isSame ? accepted({ mailing: known, isKnown: true }) : refused('mailing_object_reused', '');
  }
  const from = orderer.from ?? coarsePlaceOf(sender.value.address);
  const to = coarsePlaceOf(recipient.value.address);
  const [senderRef, recipientRef] = (await ports.vault.storeParties(work, {
    organisationId,
    parties: [party, withoutPosition(recipient.value)],
  })) as [PartyRef, PartyRef];
  const policy = await policyAt(work.db, orderer, work.now);
  if (orderer.placedBy === 'person') {
    const open = await countOpenOf(work.db, organisationId, senderRef);
    if (open >= policy.document.maxOpenPerSender) return refused('mailing_too_many_open', '');
  }
  const quoted = await quotedFor(work, ports, orderer, { ...input, from, to });
  if (!quoted.ok) return quoted;
  const ceiling = ceilingOf(input, quoted.value.total);
  if (!ceiling.ok) return ceiling;
  const people = { senderRef, recipientRef, from, to };
  const terms = { quoted: quoted.value, ceiling: ceiling.value };
  return accepted({
    mailing: fresh(work, orderer, { ...input, objectId }, policy, { ...people, ...terms }),
    isKnown: false,
  });
}

/** The same in every month, whereas the reference of a person is not. */
async function handleIn(
  work: Work,
  { vault }: Pick<MailingPorts, 'vault'>,
  { placedBy, handleOf, organisationId }: Orderer,
  party: Party,
  objectId: string,
): Promise<string> {
  if (placedBy === 'app') return objectId;
  return `${handleOf ?? (await vault.markOf(work, { organisationId, party }))}/${objectId}`;
}

/** The same handle for the same parcel of the same sender is a repetition; for another one it is a mistake. */
function isSameOrder(known: Mailing, input: MailingInput): boolean {
  return (
    known.quoted.lineCode === input.lineCode &&
    known.declared.weightGrams === input.parcel.weightGrams &&
    known.goods.description === input.goods.description &&
    known.goods.goodsClass === input.goods.goodsClass &&
    known.payment === input.payment
  );
}

function fresh(
  work: Work,
  { organisationId, clientPlatformId, placedBy }: Orderer,
  { objectId, goods, parcel, payment }: MailingInput,
  policy: PolicyInForce,
  known: Pick<Mailing, 'senderRef' | 'recipientRef' | 'from' | 'to' | 'quoted' | 'ceiling'>,
): Mailing {
  return {
    ...{
      id: work.newId('mlg'),
      organisationId,
      clientPlatformId,
      objectId,
      version: 0,
      placedBy,
      goods,
      payment,
    },
    ...known,
    state: { name: 'placed', dueAt: dueAfter(policy.document, 'bring', work.now) },
    declared: parcel,
    rulebookVersionId: policy.versionId,
    ...{ holdSetId: undefined, handover: undefined, sealedCode: undefined, codeExpiresAt: undefined },
    ...{ intake: undefined, parcel: undefined, point: undefined },
    ...{ placedAt: work.now, changedAt: work.now },
  };
}

type Wanted = Pick<MailingInput, 'goods' | 'parcel' | 'lineCode' | 'agreedTotal' | 'insuredAmount'> &
  Pick<Mailing, 'from' | 'to'>;

/** The line that was chosen, at the price that was agreed; another price is told and not charged. */
async function quotedFor(
  work: Work,
  ports: MailingPorts,
  asker: Asker,
  { goods, parcel, lineCode, agreedTotal, insuredAmount, from, to }: Wanted,
): Promise<Outcome<Quoted>> {
  const { goodsClass, value } = goods;
  const request = { from, to, ...parcel, goodsClass, value, insuredAmount };
  const quote = await quoteMailing(work, ports, asker, request);
  if (!quote.ok) return quote;
  const offer = quote.value.offers.find((one) => one.lineCode === lineCode);
  if (offer === undefined) {
    const against = quote.value.refused.find((one) => one.lineCode === lineCode);
    const why = against?.reasons.map(({ message }) => message).join(' ') ?? 'There is no such line.';
    return refused('mailing_line_unfit', why);
  }
  const { total } = offer;
  if (total.amountMinor !== agreedTotal.amountMinor || total.currency !== agreedTotal.currency)
    return refused('mailing_price_changed', `It is ${told(total)}.`);
  return accepted(termsOf(offer, insuredAmount, work.now));
}

function termsOf(offer: LineOffer, insuredAmount: Money | undefined, quotedAt: Instant): Quoted {
  const { lineCode, lineVersion, carrierCode, charges, total, promise } = offer;
  return {
    ...{ lineCode, lineVersion, carrierCode, total, insuredAmount, promisedAt: promise.latest, quotedAt },
    charges: charges.map(({ type, label, amount }) => ({ type, label, amount })),
  };
}

function ceilingOf(
  { ceiling }: Pick<MailingInput, 'ceiling'>,
  total: Money,
): Outcome<Money, MailingErrorCode> {
  if (ceiling === undefined) return accepted(total);
  return ceiling.currency === total.currency && ceiling.amountMinor >= total.amountMinor
    ? accepted(ceiling)
    : refused('mailing_ceiling_too_low', `It is ${told(total)}.`);
}

export type Modification = {
  readonly recipient?: PartyInput | undefined;
  readonly goods?: MailedGoods | undefined;
  readonly parcel?: Measures | undefined;
  readonly lineCode?: string | undefined;
  readonly agreedTotal?: Money | undefined;
};

/**
 * Changes what is sent, to whom and by which line, before a counter has it. The price is that of now and has to be
 * agreed to; of a wallet no more is charged than was held.
 */
export async function modifyMailing(
  work: Work,
  ports: MailingPorts,
  asker: Asker,
  ref: { readonly organisationId: string; readonly id: string },
  by: By,
  change: Modification,
): Promise<MailingOutcome | Outcome<never>> {
  const before = await lockMailing(work.db, ref.organisationId, ref.id);
  if (before === undefined) return refused('not_found', '');
  if (before.state.name !== 'placed') return actOn(work, before, by, { kind: 'modify' });
  const recipient = change.recipient === undefined ? undefined : readParty(change.recipient, '/recipient');
  if (recipient?.ok === false) return recipient;
  const goods = change.goods ?? before.goods;
  const declared = change.parcel ?? before.declared;
  const to = recipient === undefined ? before.to : coarsePlaceOf(recipient.value.address);
  const quoted = await quotedFor(work, ports, asker, {
    ...{ goods, parcel: declared, from: before.from, to },
    ...{ lineCode: change.lineCode ?? before.quoted.lineCode, insuredAmount: before.quoted.insuredAmount },
    agreedTotal: change.agreedTotal ?? before.quoted.total,
  });
  if (!quoted.ok) return quoted;
  const ceiling = ceilingAfter(before, quoted.value.total);
  if (!ceiling.ok) return ceiling;
  const recipientRef =
    recipient === undefined
      ? before.recipientRef
      : await ports.vault.storeParty(work, {
          organisationId: before.organisationId,
          party: withoutPosition(recipient.value),
        });
  const terms = { goods, declared, to, recipientRef, quoted: quoted.value, ceiling: ceiling.value };
  return actOn(work, before, by, { kind: 'modify' }, (one) => ({ ...one, ...terms }));
}

/** What a wallet holds stays as it is; the sender at a counter agreed to the new price. */
function ceilingAfter({ payment, ceiling }: Mailing, total: Money): Outcome<Money, MailingErrorCode> {
  if (payment === 'counter') return accepted(total);
  return total.currency === ceiling.currency && total.amountMinor <= ceiling.amountMinor
    ? accepted(ceiling)
    : refused('mailing_ceiling_too_low', `It is ${told(total)}; ${told(ceiling)} is held.`);
}

/** The sender chooses anew where he hands it over; what he had chosen before is given back. */
export async function chooseHandover(
  work: Work,
  ports: MailingPorts,
  ref: { readonly organisationId: string; readonly id: string },
  by: By,
  choice: HandoverChoice,
): Promise<MailingOutcome | Outcome<never>> {
  const before = await lockMailing(work.db, ref.organisationId, ref.id);
  if (before === undefined) return refused('not_found', '');
  // Before anything is held: what the state does not allow is refused by the decision itself.
  if (before.state.name !== 'placed') return actOn(work, before, by, { kind: 'choose_handover' });
  const free = await leaveHandover(work, before, 'chosen_anew');
  const held = await holdHandover(work, ports, free, choice);
  return held.ok ? actOn(work, held.value, by, { kind: 'choose_handover' }) : held;
}

export function cancelMailing(
  work: Work,
  ref: { readonly organisationId: string; readonly id: string },
  by: By,
): Promise<MailingOutcome> {
  return act(work, ref, by, { kind: 'cancel' });
}
