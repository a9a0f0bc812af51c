import { PULL_CLIENTS, pushReceiverOf } from '../connectors/clients.ts';
import {
  answerFile,
  CONNECTORS,
  countAnswers,
  findConnector,
  PAYLOAD_FORMATS,
  readPayload,
} from '../connectors/index.ts';
import {
  createPolling,
  POLLING_ERRORS,
  pollingJobs,
  pollingRelations,
  schedulePollingJobs,
} from '../network/polling/index.ts';
import { TRACKING_EVENTS } from '../network/tracking/events.ts';
import {
  type BuyerDoor,
  type BuyerViews,
  buyerRoutes,
  payloadRoutes,
  TRACKING_ERRORS,
  trackingReactions,
  trackingRelations,
  trackingRoutes,
  trackingWork,
} from '../network/tracking/index.ts';
import type { Vault } from '../network/vault/index.ts';
import { errorFields } from '../platform/telemetry/index.ts';
import type { Module } from './module.ts';
import type { Ports } from './ports.ts';

/** Timelines, and the carriers that are asked for them or push. Wiring only, as in `modules.ts`. */
export function trackingModules(
  { door, viewOf }: { readonly door: BuyerDoor; readonly viewOf: BuyerViews },
  seal: Vault,
  ports: Ports,
): readonly Module[] {
  const onError = (error: unknown) =>
    ports.log.error('looking for news of parcels failed', errorFields(error));
  const polling = createPolling({
    keys: ports.keyRing,
    allowLoopback: ports.webhookLoopback,
    connectors: CONNECTORS.map(({ code }) => code),
    clients: PULL_CLIENTS,
    receiverOf: (connector) =>
      findConnector(connector)?.code === connector ? pushReceiverOf(connector) : undefined,
    readPayload,
  });
  return [
    {
      name: 'tracking',
      routes: [
        ...trackingRoutes(),
        ...payloadRoutes({
          ...{ formats: PAYLOAD_FORMATS, readPayload, keep: polling.keep },
          answerInterchanges: {
            count: countAnswers,
            text: (payload, facts) => answerFile(payload, facts).text,
          },
        }),
        ...buyerRoutes({ door, viewOf, seal, onError }),
      ],
      errors: TRACKING_ERRORS,
      events: TRACKING_EVENTS,
      relations: trackingRelations,
      reactions: trackingReactions,
      ...trackingWork,
    },
    {
      name: 'polling',
      routes: polling.routes,
      errors: POLLING_ERRORS,
      relations: pollingRelations,
      jobs: pollingJobs,
      onStart: schedulePollingJobs,
      reactions: polling.reactions,
      workers: polling.workers,
    },
  ];
}
