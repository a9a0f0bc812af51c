import type { Work } from '../../platform/world/index.ts';
import { type Namespaces, placeBefore, type QueryRefusal } from '../epcis/index.ts';
import { accepted, type OrganisationId, type Outcome, refused } from '../kernel/index.ts';
import {
  closeDocumentEndpoint,
  countDocumentEndpoints,
  type DocumentPorts,
  openDocumentEndpoint,
} from '../notices/index.ts';
import { filterOf, readDefinition } from './definition.policy.ts';
import {
  MAX_QUERIES,
  MAX_SUBSCRIPTIONS,
  type NamedQuery,
  type QUERIES_ERRORS,
  type Subscription,
} from './model.ts';
import { scheduleNext, scheduleRun } from './run.ts';
import {
  countQueries,
  deleteQuery,
  deleteSubscription,
  findQuery,
  findSubscription,
  insertQuery,
  insertSubscription,
  listSubscriptions,
} from './store.ts';
import { readWish } from './subscription.policy.ts';

type Refusal = keyof typeof QUERIES_ERRORS | QueryRefusal | 'webhook_url_refused' | 'not_found';
type Body = Readonly<Record<string, unknown>>;

/** `bound`: prefixes that came beside the query. */
export async function createQuery(
  work: Work,
  organisationId: OrganisationId,
  body: Body,
  bound: Namespaces,
): Promise<Outcome<NamedQuery, Refusal>> {
  const definition = readDefinition(body, bound);
  if (!definition.ok) return definition;
  if ((await countQueries(work.db, organisationId)) >= MAX_QUERIES)
    return refused('epcis_query_limit_reached', '');
  const query: NamedQuery = { organisationId, ...definition.value, createdAt: work.now };
  return (await insertQuery(work.db, query)) ? accepted(query) : refused('epcis_query_name_taken', '');
}

/** With its subscriptions, and what was not sent to them yet. */
export async function dropQuery(
  work: Work,
  organisationId: OrganisationId,
  name: string,
): Promise<Outcome<undefined, Refusal>> {
  if ((await findQuery(work.db, organisationId, name)) === undefined) return refused('not_found', '');
  const subscriptions = await listSubscriptions(work.db, organisationId, name, '', MAX_SUBSCRIPTIONS);
  for (const { webhookEndpointId } of subscriptions) await closeDocumentEndpoint(work.db, webhookEndpointId);
  await deleteQuery(work.db, organisationId, name);
  return accepted(undefined);
}

export async function subscribe(
  work: Work,
  ports: DocumentPorts,
  organisationId: OrganisationId,
  queryName: string,
  body: Body,
): Promise<Outcome<Subscription, Refusal>> {
  const query = await findQuery(work.db, organisationId, queryName);
  if (query === undefined) return refused('not_found', '');
  const filter = filterOf(query.query);
  if (!filter.ok) return filter;
  if (filter.value.left !== undefined || filter.value.most !== undefined)
    return refused('epcis_subscription_not_permitted', '');
  const wish = readWish(body, work.now);
  if (!wish.ok) return wish;
  if ((await countDocumentEndpoints(work.db, organisationId)) >= MAX_SUBSCRIPTIONS)
    return refused('epcis_subscription_limit_reached', '');
  const { dest, signatureToken, schedule, reportIfEmpty, initialRecordTime = work.now } = wish.value;
  const endpoint = await openDocumentEndpoint(work, ports, {
    organisationId,
    url: dest,
    description: `EPCIS query ${queryName}`,
    secret: signatureToken === undefined ? undefined : Buffer.from(signatureToken),
  });
  if (!endpoint.ok) return endpoint;
  const subscription: Subscription = {
    ...{
      organisationId,
      id: work.newId('eqs'),
      queryName,
      webhookEndpointId: endpoint.value,
      dest,
      schedule,
    },
    ...{ reportIfEmpty, initialRecordTime, documents: 0, lastRunAt: undefined, lastNotifiedAt: undefined },
    after: await placeBefore(work.db, organisationId, initialRecordTime),
    createdAt: work.now,
  };
  await insertSubscription(work.db, subscription);
  if (schedule === undefined) scheduleRun(work, subscription, 'first');
  else scheduleNext(work, subscription, schedule);
  return accepted(subscription);
}

export async function unsubscribe(
  work: Work,
  organisationId: OrganisationId,
  queryName: string,
  id: string,
): Promise<Outcome<undefined, Refusal>> {
  const subscription = await findSubscription(work.db, organisationId, id);
  if (subscription?.queryName !== queryName) return refused('not_found', '');
  await closeDocumentEndpoint(work.db, subscription.webhookEndpointId);
  await deleteSubscription(work.db, organisationId, id);
  return accepted(undefined);
}
