import type { Work } from '../../platform/world/index.ts';
import { refused } from '../kernel/index.ts';
import { actOn, type By, policyOf, type ReturnOutcome } from './handle.ts';
import type { Fault } from './model.ts';
import { findSettings } from './order-store.ts';
import type { ReturnPorts } from './ports.ts';
import { type GradeInput, screenItems } from './settlement.policy.ts';
import { lockReturn } from './store.ts';

type Ref = { readonly organisationId: string; readonly id: string };

/** The seller has looked at what came back and says what each item is worth. In the scope of the owner. */
export async function screen(
  work: Work,
  ports: ReturnPorts,
  ref: Ref,
  by: By,
  grades: readonly GradeInput[],
): Promise<ReturnOutcome> {
  const before = await lockReturn(work.db, ref.organisationId, ref.id);
  if (before === undefined) return refused('not_found', '');
  const isAllOk = grades.every(({ grade }) => grade === 'ok');
  const command = { kind: 'screen', isAllOk } as const;
  if (before.state.name !== 'received') return actOn(work, ports, before, by, command);
  const { document: policy } = await policyOf(work.db, ports, before);
  const settings = await findSettings(work.db, before.organisationId);
  const screened = screenItems(before.items, grades, {
    restockingPercent: settings?.restockingPercent ?? 0,
    // What the rules know no more is nobody's fault but the seller's: nothing is held back.
    faultOf: (reason): Fault => policy.reasons.find(({ code }) => code === reason)?.fault ?? 'seller',
  });
  if (!screened.ok) return screened;
  return actOn(work, ports, before, by, command, (one) => ({ ...one, items: screened.value }));
}

export type PlatformDecision = {
  readonly outcome: 'agree' | 'refund' | 'replace' | 'close';
  readonly refunds?: readonly { readonly line: number; readonly refundMinor: number }[] | undefined;
};

/** The platform decides what the two could not settle; `refunds`: of each item, else all that was paid. */
export async function decideForBoth(
  work: Work,
  ports: ReturnPorts,
  ref: Ref,
  by: By,
  decision: PlatformDecision,
): Promise<ReturnOutcome> {
  const before = await lockReturn(work.db, ref.organisationId, ref.id);
  if (before === undefined) return refused('not_found', '');
  const byLine = new Map((decision.refunds ?? []).map(({ line, refundMinor }) => [line, refundMinor]));
  const isComplete = byLine.size === 0 || before.items.every(({ line }) => byLine.has(line));
  if (!isComplete || byLine.size > before.items.length) return refused('return_items_incomplete', '');
  const dear = before.items.find(({ line, amount }) => (byLine.get(line) ?? 0) > amount.amountMinor);
  if (dear !== undefined)
    return refused('return_refund_too_high', `Line ${dear.line} cost ${dear.amount.amountMinor}.`);
  const items = before.items.map((item) => ({
    ...item,
    screening: {
      grade: item.screening?.grade ?? ('ok' as const),
      quality: item.screening?.quality ?? (4 as const),
      reason: item.screening?.reason,
      refund: {
        amountMinor: byLine.get(item.line) ?? item.amount.amountMinor,
        currency: item.amount.currency,
      },
    },
  }));
  const command = { kind: 'decide_platform', outcome: decision.outcome } as const;
  return actOn(work, ports, before, by, command, (one) =>
    decision.outcome === 'refund' ? { ...one, items } : one,
  );
}
