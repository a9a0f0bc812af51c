import { z } from 'zod';
import { encodeCursor, type Noting, type Route, replyWith } from '../../platform/http/index.ts';
import type { World } from '../../platform/world/index.ts';
import { afterId, openRoute, readRoute } from '../accounts/index.ts';
import { accepted, type Outcome, refused } from '../kernel/index.ts';
import { takeReading } from '../tracking/index.ts';
import * as contract from './contract.ts';
import {
  findPayload,
  findScanPayload,
  insertPointers,
  listPayloads,
  markRead,
  type SealedPayload,
} from './payload-store.ts';
import { faultOf, openPayload, pointersOf } from './payloads.ts';
import type { PollingPorts } from './ports.ts';
import { TAG } from './routes.ts';
import { payloadView } from './views.ts';

const payloadPath = {
  params: contract.payloadParams,
  resource: { kind: 'carrier_payload', param: 'carrierPayloadId' },
} as const;

/** What carriers wrote, as they wrote it. Each look at one is noted, because it may name people. */
export function payloadRoutes(ports: PollingPorts): readonly Route[] {
  return [listRoute(), textRoute(ports), ofScanRoute(ports), readAgainRoute(ports)];
}

function listRoute(): Route {
  return readRoute({
    operation: 'listCarrierPayloads',
    method: 'GET',
    path: '/v1/carrier-payloads',
    tag: TAG,
    summary: 'Payloads of carriers of the last 90 days, the newest first, without their content',
    effect: 'read',
    query: contract.payloadQuerySchema,
    answers: { 200: { description: 'A page', body: contract.carrierPayloadPageSchema } },
    handle: async ({ db, caller, relation, query }) => {
      const before = afterId(query.cursor);
      if (!before.ok) return before;
      const owner = relation === 'any' ? undefined : caller.organisationId;
      const found = await listPayloads(db, owner, query.state, before.value, query.limit + 1);
      const page = found.slice(0, query.limit);
      const last = page.at(-1);
      const data = page.map(payloadView);
      const isMore = found.length > query.limit && last !== undefined;
      return accepted(replyWith(200, isMore ? { data, nextCursor: encodeCursor([last.id]) } : { data }));
    },
  });
}

function textRoute(ports: PollingPorts): Route {
  return openRoute({
    operation: 'readCarrierPayload',
    method: 'GET',
    path: '/v1/carrier-payloads/:carrier_payload_id',
    tag: TAG,
    summary: 'One payload as the carrier wrote it; looking at it goes on record',
    effect: 'own',
    ...payloadPath,
    answers: { 200: { description: 'The payload', body: contract.payloadTextSchema } },
    load: ({ db, params }) => findPayload(db, params.carrierPayloadId),
    handle: async ({ world, owner, loaded, note }) => {
      if (loaded === undefined) return refused('not_found', '');
      return shown(world, ports, owner, loaded, undefined, note);
    },
  });
}

function ofScanRoute(ports: PollingPorts): Route {
  return openRoute({
    operation: 'readScanPayload',
    method: 'GET',
    path: '/v1/scans/:scan_id/payload',
    tag: TAG,
    summary: 'The payload that a scan was read from, and where it stands in it; looking at it goes on record',
    effect: 'own',
    params: z.strictObject({ scanId: z.string().regex(/^[0-9a-f]{32}$/) }),
    resource: { kind: 'scan', param: 'scanId' },
    answers: { 200: { description: 'The payload', body: contract.payloadTextSchema } },
    handle: async ({ world, caller, owner, relation, params, note }) => {
      const brought = relation === 'any' ? undefined : caller.organisationId;
      const found = await world.read('network', (db) => findScanPayload(db, params.scanId, brought));
      if (found === undefined) return refused('not_found', '');
      return shown(world, ports, owner, found, found.pointer, note);
    },
  });
}

async function shown(
  world: World,
  ports: PollingPorts,
  organisationId: string,
  found: SealedPayload,
  pointer: string | undefined,
  note: Noting['note'],
) {
  const text = new TextDecoder().decode(openPayload(ports.keys, found));
  const payload = payloadView(found.payload);
  return world.command({ organisationId }, async (work) => {
    await note(work, { id: payload.id });
    return accepted(replyWith(200, { payload, text, ...(pointer === undefined ? {} : { pointer }) }));
  });
}

function readAgainRoute(ports: PollingPorts): Route {
  return openRoute({
    operation: 'readCarrierPayloadAgain',
    method: 'POST',
    path: '/v1/carrier-payloads/:carrier_payload_id/reading',
    tag: TAG,
    summary: 'Read a payload again, after its connector was mended, and take its scans in',
    effect: 'own',
    ...payloadPath,
    answers: { 200: { description: 'What was taken in', body: contract.payloadReadingSchema } },
    refusals: ['carrier_payload_unreadable', 'scan_batch_busy', 'scan_batch_too_large'],
    load: ({ db, params }) => findPayload(db, params.carrierPayloadId),
    handle: async ({ world, loaded, note }) => {
      if (loaded === undefined) return refused('not_found', '');
      const outcome = await readAgain(world, ports, loaded);
      if (!outcome.ok) return outcome;
      return world.command('network', async (work) => {
        await note(work, { id: loaded.payload.id });
        return accepted(replyWith(200, outcome.value));
      });
    },
  });
}

async function readAgain(
  world: World,
  ports: PollingPorts,
  found: SealedPayload,
): Promise<
  Outcome<
    z.input<typeof contract.payloadReadingSchema>,
    'carrier_payload_unreadable' | 'scan_batch_busy' | 'scan_batch_too_large'
  >
> {
  const { payload } = found;
  const reading = ports.readPayload(payload.format, openPayload(ports.keys, found), payload.contentType);
  const fault = reading === undefined ? 'there is no such format any more' : faultOf(reading);
  if (reading === undefined || fault !== undefined) return refused('carrier_payload_unreadable', fault ?? '');
  const taken = await takeReading(world, reading, payload.reporter);
  if (!taken.ok) return taken;
  await world.command({ organisationId: payload.organisationId }, async ({ db }) => {
    await markRead(db, payload);
    const pointers = pointersOf({ reading, results: taken.value });
    await insertPointers(db, payload.organisationId, payload.id, pointers);
    return accepted(undefined);
  });
  const count = (wanted: string) => taken.value.filter(({ result }) => result === wanted).length;
  return accepted({
    parcels: reading.parcels.length,
    accepted: count('accepted'),
    duplicates: count('duplicate'),
    refused: count('refused'),
  });
}
