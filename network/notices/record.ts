import type { OutboundAnswer } from '../../platform/outbound/index.ts';
import type { Work } from '../../platform/world/index.ts';
import { type AttemptResult, afterAttempt, type EndpointHealth, logText } from './attempt.policy.ts';
import type { ClaimedDelivery } from './claim-store.ts';
import { type AttemptRecord, heldDeliveries, recordAttempts, releaseDeliveries } from './delivery-store.ts';
import { lockEndpoints, saveHealth } from './endpoint-store.ts';
import { WebhookEndpointDisabled } from './events.ts';
import type { WebhookEndpoint } from './model.ts';

/** `event_expired`: the feed no longer has the event. `internal`: an error of ours, which is not held against anybody. */
export type AttemptAnswer =
  | OutboundAnswer
  | {
      readonly kind: 'failed';
      readonly failure: 'event_expired' | 'internal';
      readonly durationMs: number;
    };

export type EndedBatch = {
  readonly finished: readonly { readonly delivery: ClaimedDelivery; readonly answer: AttemptAnswer }[];
  /** Held and not sent. */
  readonly released: readonly ClaimedDelivery[];
};

/**
 * Writes what came of what a worker held: the log, the fate of each delivery, the health of each endpoint. An attempt
 * whose lease went to another worker is dropped: that worker's own attempt counts.
 */
export async function recordEnded(
  work: Work,
  token: string,
  { finished, released }: EndedBatch,
  nowMs: number,
): Promise<void> {
  if (released.length > 0)
    await releaseDeliveries(
      work.db,
      token,
      released.map(({ id }) => id),
    );
  if (finished.length > 0) await recordFinished(work, token, finished, nowMs);
}

async function recordFinished(
  work: Work,
  token: string,
  batch: EndedBatch['finished'],
  nowMs: number,
): Promise<void> {
  const endpoints = await lockEndpoints(work.db, [
    ...new Set(batch.map(({ delivery }) => delivery.webhookEndpointId)),
  ]);
  const held = await heldDeliveries(
    work.db,
    token,
    batch.map(({ delivery }) => delivery.id),
  );
  const known = new Map(endpoints.map((endpoint) => [endpoint.id, endpoint]));
  const health = new Map<string, EndpointHealth>(endpoints.map((endpoint) => [endpoint.id, endpoint]));
  const records: AttemptRecord[] = [];
  for (const done of batch) {
    const before = health.get(done.delivery.webhookEndpointId);
    if (before === undefined || !held.has(done.delivery.id)) continue;
    const number = done.delivery.attempts + 1;
    const result = resultOf(done.answer);
    const after = afterAttempt(before, { id: done.delivery.id, attempt: number }, result, work.now, nowMs);
    const isOurs = result.failure === 'internal' || result.failure === 'event_expired';
    if (!isOurs) health.set(done.delivery.webhookEndpointId, after.endpoint);
    const fate =
      result.failure === 'event_expired' ? { ...after.delivery, state: 'failed' as const } : after.delivery;
    const answer = done.answer.kind === 'answered' ? logText(done.answer.text) : '';
    const { durationMs, status, failure } = result;
    records.push({
      delivery: done.delivery,
      attempt: { number, attemptedAt: work.now, durationMs, status, failure, answer },
      ...fate,
    });
  }
  if (records.length > 0) await recordAttempts(work.db, records, work.now);
  await saveChanges(work, known, health);
}

function resultOf(answer: AttemptAnswer): AttemptResult {
  return answer.kind === 'answered'
    ? {
        status: answer.status,
        failure: undefined,
        retryAfter: answer.retryAfter,
        durationMs: answer.durationMs,
      }
    : { status: undefined, failure: answer.failure, retryAfter: undefined, durationMs: answer.durationMs };
}

/** A healthy endpoint that stays healthy is not written: its row would be the hottest of all. */
async function saveChanges(
  work: Work,
  known: ReadonlyMap<string, WebhookEndpoint>,
  health: ReadonlyMap<string, EndpointHealth>,
): Promise<void> {
  const changed = [...known.values()].flatMap((endpoint) => {
    const now = health.get(endpoint.id);
    const same =
      now === undefined ||
      (now.state === endpoint.state &&
        now.failingSince === endpoint.failingSince &&
        now.isSlow === endpoint.isSlow &&
        now.failures === endpoint.failures &&
        now.resumeAt === endpoint.resumeAt);
    return same ? [] : [{ endpoint, health: now }];
  });
  if (changed.length > 0) await saveHealth(work.db, changed);
  for (const { endpoint, health: now } of changed) {
    if (now.state === endpoint.state || now.disabledReason === 'by_owner') continue;
    work.emit({
      type: WebhookEndpointDisabled.name,
      group: { organisationId: endpoint.organisationId },
      subjectId: endpoint.id,
      subjectSequence: endpoint.version + 1,
      audience: [endpoint.organisationId],
      payload: {
        organisationId: endpoint.organisationId,
        webhookEndpointId: endpoint.id,
        reason: now.disabledReason,
        failingSince: now.failingSince,
      },
    });
  }
}
