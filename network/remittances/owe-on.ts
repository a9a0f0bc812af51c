import type { Work } from '../../platform/world/index.ts';
import type { Currency, Instant, Money, OrganisationId, PointId } from '../kernel/index.ts';
import { derivedId, recordEarnings } from '../ledger/index.ts';
import { scheduleClose } from './close.ts';
import { CodLineRecorded } from './events.ts';
import { feeFor } from './fee.policy.ts';
import { insertLines, listLinesOfParcels, lockAccount, saveSequence } from './line-store.ts';
import type { StatementLine } from './model.ts';
import { type Announcer, enterAnnouncer, rulesAt } from './rules.ts';

/** What a counter told of the money for goods. */
export type CashFact = {
  readonly eventId: string;
  readonly announcedBy: OrganisationId;
  readonly shelfParcelId: string;
  readonly number: string;
  readonly networkId: string;
  readonly pointId: PointId;
  readonly occurredAt: Instant;
} & (
  | {
      readonly kind: 'collected';
      readonly amount: Money;
      readonly paidBy: StatementLine['paidBy'];
    }
  /** The hand-out is not so, and the money went back. */
  | { readonly kind: 'undone' }
);

/**
 * Writes what counters were paid for goods as lines of who announced them, in the order of the facts, and books it. A
 * fact that is there is left alone, so a repeated event changes nothing. Begins and ends in the network's scope.
 */
export async function oweOn(work: Work, facts: readonly CashFact[]): Promise<void> {
  for (const [organisationId, own] of Map.groupBy(facts, ({ announcedBy }) => announcedBy)) {
    const announcer = await enterAnnouncer(work, organisationId);
    const sequence = await lockAccount(work.db, organisationId, work.now);
    const parcels = [...new Set(own.map(({ shelfParcelId }) => shelfParcelId))];
    const lines = await listLinesOfParcels(work.db, organisationId, parcels);
    const fresh: StatementLine[] = [];
    for (const fact of own) {
      const line = await lineFor(work, [...lines, ...fresh], fact);
      if (line !== undefined) fresh.push({ ...line, sequence: sequence + fresh.length + 1 });
    }
    if (fresh.length > 0) await keepLines(work, announcer, fresh);
    await work.actFor('network');
  }
}

/** The line that a fact adds to those of its parcel; undefined when it adds none. */
async function lineFor(
  work: Work,
  there: readonly StatementLine[],
  fact: CashFact,
): Promise<Omit<StatementLine, 'sequence'> | undefined> {
  const { kind, eventId, shelfParcelId, occurredAt } = fact;
  if (there.some((line) => line.eventId === eventId)) return undefined;
  const open = standingLine(there.filter((line) => line.shelfParcelId === shelfParcelId));
  const shared = { eventId, occurredAt, recordedAt: work.now, statementId: undefined };
  if (kind === 'undone')
    return (
      open && {
        ...open,
        ...shared,
        id: derivedId('csl', [eventId, 'undone', open.id]),
        kind,
        amountMinor: 0 - open.amountMinor,
        feeMinor: 0 - open.feeMinor,
        reverses: open.id,
      }
    );
  // A parcel is paid for once: what stands must be undone first.
  if (open !== undefined) return undefined;
  const rules = await rulesAt(work.db, occurredAt);
  return {
    ...shared,
    id: derivedId('csl', [eventId, 'collected']),
    organisationId: fact.announcedBy,
    kind,
    shelfParcelId,
    number: fact.number,
    networkId: fact.networkId,
    pointId: fact.pointId,
    paidBy: fact.paidBy,
    rulesVersionId: rules.versionId,
    currency: fact.amount.currency as Currency,
    amountMinor: fact.amount.amountMinor,
    feeMinor: feeFor(rules.document, fact.amount),
    reverses: undefined,
  };
}

/** What was collected for a parcel and is not undone. */
function standingLine(lines: readonly StatementLine[]): StatementLine | undefined {
  const reversed = new Set(lines.map(({ reverses }) => reverses));
  return lines.find((line) => line.kind === 'collected' && !reversed.has(line.id));
}

async function keepLines(work: Work, announcer: Announcer, lines: readonly StatementLine[]): Promise<void> {
  const { organisationId, operatorId } = announcer;
  await insertLines(work.db, lines);
  await saveSequence(work.db, organisationId, lines.at(-1)?.sequence ?? 0);
  await recordEarnings(
    work,
    { partnerId: organisationId, clearsWith: operatorId },
    lines.flatMap((line) => {
      const { id, currency, amountMinor, feeMinor, shelfParcelId } = line;
      const subject = { kind: 'shelf_parcel', id: shelfParcelId };
      const shared = { currency, subject, account: 'cod_due' } as const;
      return [
        {
          ...shared,
          reference: { kind: 'cod_line', id },
          amountMinor,
          counterKind: 'cod_payable' as const,
          kind: 'cod_paid_on',
        },
        {
          ...shared,
          reference: { kind: 'cod_line_fee', id },
          amountMinor: 0 - feeMinor,
          counterKind: 'income' as const,
          kind: 'cod_fee',
        },
      ];
    }),
  );
  for (const line of lines) tell(work, line, operatorId);
  await scheduleClose(work, announcer, [...new Set(lines.map((line) => line.occurredAt))]);
}

function tell(work: Work, line: StatementLine, operatorId: string): void {
  const { organisationId, currency, amountMinor, feeMinor, eventId } = line;
  work.emit({
    type: CodLineRecorded.name,
    group: { organisationId },
    subjectId: line.id,
    subjectSequence: 1,
    audience: [...new Set([organisationId, operatorId])],
    payload: {
      lineId: line.id,
      organisationId,
      kind: line.kind,
      shelfParcelId: line.shelfParcelId,
      number: line.number,
      pointId: line.pointId,
      amount: { amountMinor, currency },
      fee: { amountMinor: feeMinor, currency },
      rulesVersionId: line.rulesVersionId,
      sourceEventId: eventId,
      reverses: line.reverses,
      occurredAt: line.occurredAt,
    },
  });
}
