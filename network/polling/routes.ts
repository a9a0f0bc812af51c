import { type Route, replyWith } from '../../platform/http/index.ts';
import { afterId, openRoute, pageOf, pageQuerySchema, readRoute, writeRoute } from '../accounts/index.ts';
import { accepted, refused } from '../kernel/index.ts';
import * as contract from './contract.ts';
import { deleteCredential, findCredential, listCredentials } from './credential-store.ts';
import { createCredential, mayReceive, rotateCredential, wantNumber } from './handle.ts';
import { listSourceHealth } from './health.ts';
import { listPolled, stopPolled } from './number-store.ts';
import type { PollingPorts } from './ports.ts';
import type { PullPorts } from './pull.ts';
import { testCredential } from './test-credential.ts';
import { connectorViews, credentialView, polledNumberView } from './views.ts';

export const TAG = 'polling';
const credentialPath = {
  params: contract.credentialParams,
  resource: { kind: 'tracking_credential', param: 'trackingCredentialId' },
} as const;

/** What an organisation asks carriers with. */
export function credentialRoutes(ports: PollingPorts, asking: PullPorts): readonly Route[] {
  return [
    writeRoute({
      operation: 'createTrackingCredential',
      method: 'POST',
      path: '/v1/tracking-credentials',
      tag: TAG,
      summary:
        'Give a credential of a carrier’s tracking interface; its fields are sealed and never shown again',
      effect: 'write',
      body: contract.createCredentialSchema,
      answers: { 201: { description: 'Stored', body: contract.credentialSchema } },
      refusals: [
        'connector_not_pulled',
        'credential_fields_wrong',
        'credential_exists',
        'credential_address_refused',
      ],
      handle: async ({ work, caller, body }) => {
        const outcome = await createCredential(work, ports, caller, body);
        return outcome.ok ? accepted(replyWith(201, credentialView(outcome.value, ports))) : outcome;
      },
    }),
    readRoute({
      operation: 'listTrackingCredentials',
      method: 'GET',
      path: '/v1/tracking-credentials',
      tag: TAG,
      summary: 'Credentials of your organisation, without their fields',
      effect: 'read',
      answers: { 200: { description: 'All', body: contract.credentialListSchema } },
      handle: async ({ db, caller }) => {
        const found = await listCredentials(db, caller.organisationId);
        return accepted(replyWith(200, { data: found.map((one) => credentialView(one, ports)) }));
      },
    }),
    rotationRoute(ports),
    writeRoute({
      operation: 'deleteTrackingCredential',
      method: 'DELETE',
      path: '/v1/tracking-credentials/:tracking_credential_id',
      tag: TAG,
      summary: 'Delete a credential; its carrier is no longer asked with it',
      effect: 'write',
      ...credentialPath,
      answers: { 204: { description: 'Deleted' } },
      handle: async ({ work, params }) =>
        (await deleteCredential(work.db, params.trackingCredentialId))
          ? accepted(replyWith(204))
          : refused('not_found', ''),
    }),
    openRoute({
      operation: 'testTrackingCredential',
      method: 'POST',
      path: '/v1/tracking-credentials/:tracking_credential_id/test',
      tag: TAG,
      summary: 'Ask the carrier about one number and tell what it answered',
      description: 'A test that succeeds ends a pause of the credential. No scan is recorded.',
      effect: 'own',
      ...credentialPath,
      body: contract.testCredentialSchema,
      answers: { 200: { description: 'What the carrier answered', body: contract.credentialTestSchema } },
      load: ({ db, params }) => findCredential(db, params.trackingCredentialId),
      handle: async ({ world, loaded, body }) => {
        if (loaded === undefined) return refused('not_found', '');
        return accepted(replyWith(200, await testCredential(world, ports, asking, loaded, body)));
      },
    }),
  ];
}

function rotationRoute(ports: PollingPorts): Route {
  return writeRoute({
    operation: 'rotateTrackingCredential',
    method: 'POST',
    path: '/v1/tracking-credentials/:tracking_credential_id/rotation',
    tag: TAG,
    summary: 'Replace the fields of a credential; its numbers stay, and a pause ends',
    effect: 'write',
    ...credentialPath,
    body: contract.rotationSchema,
    answers: { 200: { description: 'Replaced', body: contract.credentialSchema } },
    refusals: ['credential_fields_wrong'],
    handle: async ({ work, params, body }) => {
      const outcome = await rotateCredential(work, ports, params.trackingCredentialId, body.fields);
      return outcome.ok ? accepted(replyWith(200, credentialView(outcome.value, ports))) : outcome;
    },
  });
}

/** What there is to connect to. */
export function connectorRoute(ports: PollingPorts): Route {
  return readRoute({
    operation: 'listTrackingConnectors',
    method: 'GET',
    path: '/v1/tracking-connectors',
    tag: TAG,
    summary: 'Interfaces of carriers, and what each asks for: to be asked, and to prove its pushes',
    effect: 'read',
    answers: { 200: { description: 'All', body: contract.connectorListSchema } },
    handle: async ({ caller }) => {
      const data = connectorViews(ports, (code) => mayReceive(caller, code));
      return accepted(replyWith(200, { data }));
    },
  });
}

/** Whose numbers carriers are asked about, and how the sources do. */
export function numberRoutes(ports: PollingPorts): readonly Route[] {
  return [
    writeRoute({
      operation: 'pollNumber',
      method: 'POST',
      path: '/v1/polled-numbers',
      tag: TAG,
      summary: 'Have a carrier asked about a number until the parcel arrives',
      description:
        'Asked with your credential of the carrier, else with the operator’s. Wanting a number again changes nothing.',
      effect: 'write',
      body: contract.pollNumberSchema,
      answers: { 201: { description: 'Wanted', body: contract.polledNumberSchema } },
      refusals: ['carrier_not_polled', 'polled_number_limit_reached', 'invalid_request'],
      handle: async ({ work, caller, body }) => {
        const organisationId = caller.organisationId as never;
        const outcome = await wantNumber(work, ports, { ...body, organisationId });
        return outcome.ok ? accepted(replyWith(201, polledNumberView(outcome.value))) : outcome;
      },
    }),
    readRoute({
      operation: 'listPolledNumbers',
      method: 'GET',
      path: '/v1/polled-numbers',
      tag: TAG,
      summary: 'Numbers that carriers are or were asked about for you',
      effect: 'read',
      query: pageQuerySchema,
      answers: { 200: { description: 'A page', body: contract.polledNumberPageSchema } },
      handle: async ({ db, caller, query }) => {
        const after = afterId(query.cursor);
        if (!after.ok) return after;
        const found = await listPolled(db, caller.organisationId, after.value, query.limit + 1);
        const page = pageOf(found, query.limit);
        return accepted(replyWith(200, { ...page, data: page.data.map(polledNumberView) }));
      },
    }),
    writeRoute({
      operation: 'stopPolledNumber',
      method: 'DELETE',
      path: '/v1/polled-numbers/:polled_number_id',
      tag: TAG,
      summary: 'Stop asking about a number; its scans stay',
      effect: 'write',
      params: contract.polledNumberParams,
      resource: { kind: 'polled_number', param: 'polledNumberId' },
      answers: { 200: { description: 'Stopped', body: contract.polledNumberSchema } },
      handle: async ({ work, params }) => {
        const stopped = await stopPolled(work.db, params.polledNumberId, work.now);
        return stopped === undefined
          ? refused('not_found', '')
          : accepted(replyWith(200, polledNumberView(stopped)));
      },
    }),
    readRoute({
      operation: 'readTrackingSourceHealth',
      method: 'GET',
      path: '/v1/tracking-sources/health',
      tag: TAG,
      summary: 'How the sources of scans do: last answer, streak of failures, breaker, last push',
      effect: 'read',
      answers: { 200: { description: 'Pulled and pushing sources', body: contract.sourceHealthListSchema } },
      handle: async ({ db, caller, relation, now }) => {
        const organisationId = relation === 'any' ? undefined : caller.organisationId;
        return accepted(replyWith(200, { data: await listSourceHealth(db, ports, now, organisationId) }));
      },
    }),
  ];
}
