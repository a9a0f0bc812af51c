import { type PublishedEvent, type Reaction, reactionOfAll } from '../../platform/outbox/index.ts';
import type { Instant, Money, PointId } from '../kernel/index.ts';
import { MailingAccepted, MailingHandoverLate, MailingUndone } from '../mailings/events.ts';
import { ReturnAccepted, ReturnHandedOver, ReturnHandoverLate } from '../returns/events.ts';
import {
  CashCharged,
  CashRecorded,
  OverdueReturned,
  ParcelStored,
  PickedUpFromPoint,
  ShelfParcelUndone,
} from '../shelves/events.ts';
import type { Vault } from '../vault/index.ts';
import type { PointFact } from './accrual.policy.ts';
import { accrue } from './accrue.ts';
import { imposeDeduction } from './deductions.ts';
import type { LineRule, Subject } from './model.ts';

/** Who imposed a deduction that no person did. */
const RULES = 'rules';

type OfShelf = {
  readonly shelfParcelId: string;
  readonly pointId: PointId;
  readonly occurredAt: Instant;
  readonly fee?: string;
  readonly amount?: Money;
  readonly cashCollected?: Money;
  readonly undone?: 'stored' | 'handed_out';
};
type OfReturn = {
  readonly returnId: string;
  /** Missing where no counter had the goods. */
  readonly pointId?: PointId;
  readonly occurredAt: Instant;
  readonly payment?: string;
  readonly freight?: Money;
};
type OfMailing = {
  readonly mailingId: string;
  /** Missing where a courier took the parcel at a door. */
  readonly pointId?: PointId;
  readonly occurredAt: Instant;
  readonly freight?: Money;
  readonly collected?: Money;
};
export type Heard = Pick<PublishedEvent<never>, 'eventId' | 'type'> & { readonly payload: unknown };

/** What each deed had earned and collected; that of the other one stays. */
const UNDONE: Readonly<Record<'stored' | 'handed_out', readonly LineRule[]>> = {
  stored: ['parcel_stored'],
  handed_out: ['parcel_handed_out', 'storage_collected', 'storage_share', 'cod_collected'],
};

const OF_SHELVES: readonly string[] = [
  ParcelStored.name,
  PickedUpFromPoint.name,
  OverdueReturned.name,
  ShelfParcelUndone.name,
  CashRecorded.name,
];
const OF_RETURNS: readonly string[] = [ReturnAccepted.name, ReturnHandedOver.name];
const OF_MAILINGS: readonly string[] = [MailingAccepted.name, MailingUndone.name];

/** The facts that are paid for, or taken back, in what another room told. Pure. */
export function factsOf({ eventId, type, payload }: Heard): readonly PointFact[] {
  if (OF_SHELVES.includes(type)) return shelfFacts(eventId, type, payload as OfShelf);
  if (OF_MAILINGS.includes(type)) return mailingFacts(eventId, type, payload as OfMailing);
  return OF_RETURNS.includes(type) ? returnFacts(eventId, type, payload as OfReturn) : [];
}

function shelfFacts(eventId: string, eventType: string, told: OfShelf): readonly PointFact[] {
  const { shelfParcelId, pointId, occurredAt, fee, amount, cashCollected: cash, undone } = told;
  const subject: Subject = { kind: 'shelf_parcel', id: shelfParcelId };
  const happened = { eventId, eventType, pointId, subject, occurredAt };
  switch (eventType) {
    case ParcelStored.name:
      return [{ ...happened, kind: 'work', work: 'parcel_stored' }];
    case OverdueReturned.name:
      return [{ ...happened, kind: 'work', work: 'parcel_sent_home' }];
    case PickedUpFromPoint.name: {
      const facts: PointFact[] = [{ ...happened, kind: 'work', work: 'parcel_handed_out' }];
      if (fee === 'collected' && amount !== undefined)
        facts.push({ ...happened, kind: 'storage_fee', fee: amount });
      if (cash !== undefined) facts.push({ ...happened, kind: 'cash_on_delivery', cash });
      return facts;
    }
    case CashRecorded.name:
      return cash === undefined ? [] : [{ ...happened, kind: 'cash_on_delivery', cash }];
    default:
      return undone === undefined ? [] : [{ ...happened, kind: 'undone', rules: UNDONE[undone] }];
  }
}

function returnFacts(eventId: string, eventType: string, told: OfReturn): readonly PointFact[] {
  const { returnId, pointId, occurredAt, payment, freight } = told;
  // A courier's work at a door is his carrier's, not a point's.
  if (pointId === undefined) return [];
  const subject: Subject = { kind: 'return', id: returnId };
  const happened = { eventId, eventType, pointId, subject, occurredAt, kind: 'work' } as const;
  return eventType === ReturnAccepted.name
    ? [
        {
          ...happened,
          work: 'return_accepted',
          freight,
          collected: payment === 'collected' ? freight : undefined,
        },
      ]
    : [{ ...happened, work: 'return_handed_over' }];
}

function mailingFacts(eventId: string, eventType: string, told: OfMailing): readonly PointFact[] {
  const { mailingId, pointId, occurredAt, freight, collected } = told;
  if (pointId === undefined) return [];
  const subject: Subject = { kind: 'mailing', id: mailingId };
  const happened = { eventId, eventType, pointId, subject, occurredAt };
  return eventType === MailingAccepted.name
    ? [{ ...happened, kind: 'work', work: 'mailing_accepted', freight, collected }]
    : [{ ...happened, kind: 'undone', rules: ['mailing_accepted', 'freight_collected'] }];
}

/** Work at points is paid as it is told; goods that a courier could not have in time cost a deduction. */
export function commissionReactions(vault: Vault): readonly Reaction[] {
  return [
    reactionOfAll(
      'commissions.accrue',
      [...OF_SHELVES, ...OF_RETURNS, ...OF_MAILINGS],
      (work, events: readonly PublishedEvent<never>[]) => accrue(work, events.flatMap(factsOf)),
    ),
    {
      name: 'commissions.late_handover',
      on: [ReturnHandoverLate.name, MailingHandoverLate.name],
      run: async (work, { payload }: PublishedEvent<OfReturn | OfMailing>) => {
        const { pointId, occurredAt } = payload;
        if (pointId === undefined) return;
        // A refusal is a repetition or a point that is gone: nothing is to be taken then.
        await imposeDeduction(work, vault, {
          pointId,
          reason: 'late_handover',
          subject:
            'mailingId' in payload
              ? { kind: 'mailing', id: payload.mailingId }
              : { kind: 'return', id: payload.returnId },
          occurredAt,
          evidence: undefined,
          imposedBy: RULES,
        });
        await work.actFor('network');
      },
    },
    {
      name: 'commissions.cash_charged',
      on: [CashCharged.name],
      run: async (work, { payload }: PublishedEvent<OfShelf & { readonly cashOpen: Money }>) => {
        const { shelfParcelId, pointId, occurredAt, cashOpen: amount } = payload;
        await imposeDeduction(work, vault, {
          pointId,
          reason: 'cash_not_recorded',
          amount,
          subject: { kind: 'shelf_parcel', id: shelfParcelId },
          occurredAt,
          evidence: undefined,
          imposedBy: RULES,
        });
        await work.actFor('network');
      },
    },
  ];
}
