import type { Queryable } from '../../platform/db/index.ts';
import { listJobKinds } from '../../platform/jobs/index.ts';
import { countUnnumbered, listBacklogs, outboxAgeSeconds } from '../../platform/outbox/index.ts';
import { addDays, type Instant, msBetween } from '../kernel/index.ts';
import { ledgerImbalance } from '../ledger/index.ts';
import { countDeliveries, countEndpointStates } from '../notices/index.ts';
import { listLowStock } from '../waybills/index.ts';

/** Waiting longer than this needs a person; the same as of /readyz. */
const MAX_AGE_MS = 300_000;

/** How the machine of one world is. Needs the network's scope. */
export async function readHealth(db: Queryable, world: 'live' | 'test', now: Instant) {
  const since = addDays(now, -1);
  const { pending, oldestPendingAt, deliveredSince, failedSince } = await countDeliveries(db, since);
  const health = {
    outbox: {
      unnumbered: await countUnnumbered(db),
      oldestAgeSeconds: await outboxAgeSeconds(db, now),
      reactions: await listBacklogs(db),
    },
    jobs: await listJobKinds(db, now),
    webhooks: {
      endpoints: await countEndpointStates(db),
      pending,
      oldestPendingAt,
      deliveredLastDay: deliveredSince,
      failedLastDay: failedSince,
    },
    ledgerImbalance: (await ledgerImbalance(db)).filter((sum) => sum.amountMinor !== 0),
    lowNumberStock: await listLowStock(db),
  };
  const attention = attentionOf(health, now);
  return { world, at: now, status: attention.length === 0 ? 'ok' : 'attention', attention, ...health };
}

type Judged = {
  readonly outbox: {
    readonly oldestAgeSeconds: number;
    readonly reactions: readonly { readonly dead: number; readonly oldestAt: Instant | undefined }[];
  };
  readonly jobs: readonly { readonly dead: number; readonly oldestDueAt: Instant | undefined }[];
  readonly webhooks: { readonly endpoints: { readonly failing: number; readonly disabled: number } };
  readonly ledgerImbalance: readonly unknown[];
  readonly lowNumberStock: readonly unknown[];
};

/** Parts that need a person. */
export function attentionOf(health: Judged, now: Instant): string[] {
  const isOld = (at: Instant | undefined) => at !== undefined && msBetween(at, now) > MAX_AGE_MS;
  const parts: readonly (readonly [string, boolean])[] = [
    ['outbox_late', health.outbox.oldestAgeSeconds * 1_000 > MAX_AGE_MS],
    ['reactions_late', health.outbox.reactions.some((reaction) => isOld(reaction.oldestAt))],
    ['dead_letters', health.outbox.reactions.some((reaction) => reaction.dead > 0)],
    ['jobs_late', health.jobs.some((job) => isOld(job.oldestDueAt))],
    ['dead_jobs', health.jobs.some((job) => job.dead > 0)],
    ['webhooks_failing', health.webhooks.endpoints.failing > 0],
    ['ledger_imbalance', health.ledgerImbalance.length > 0],
    ['number_stock_low', health.lowNumberStock.length > 0],
  ];
  return parts.filter(([, needs]) => needs).map(([name]) => name);
}
