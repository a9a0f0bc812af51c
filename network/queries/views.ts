import type { DocumentEndpoint } from '../notices/index.ts';
import type { NamedQuery, Subscription } from './model.ts';

export function queryView({ name, query, createdAt }: NamedQuery): Record<string, unknown> {
  return { name, query, createdAt };
}

/** The token that signs is told to nobody. */
export function subscriptionView(
  one: Subscription,
  endpoint: DocumentEndpoint | undefined,
): Record<string, unknown> {
  const { schedule, reportIfEmpty, lastRunAt, lastNotifiedAt, initialRecordTime } = one;
  return {
    subscriptionID: one.id,
    queryName: one.queryName,
    dest: one.dest,
    ...(schedule === undefined ? { stream: true } : { schedule, reportIfEmpty }),
    initialRecordTime,
    minRecordTime: lastRunAt ?? initialRecordTime,
    ...(lastNotifiedAt === undefined ? {} : { lastNotifiedAt }),
    createdAt: one.createdAt,
    postroad: {
      webhook_endpoint_id: one.webhookEndpointId,
      state: endpoint?.state,
      failing_since: endpoint?.failingSince,
    },
  };
}
