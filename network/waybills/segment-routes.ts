import { type Route, replyWith } from '../../platform/http/index.ts';
import { afterId, openRoute, pageOf, pageSchema, readRoute, writeRoute } from '../accounts/index.ts';
import { accepted, refused } from '../kernel/index.ts';
import {
  confirmationSchema,
  confirmSchema,
  fenceSchema,
  gapQuerySchema,
  gapsSchema,
  loadSegmentSchema,
  segmentParams,
  segmentQuerySchema,
  segmentSchema,
} from './network-contract.ts';
import type { WaybillPorts } from './ports.ts';
import { confirmRestore, loadSegment, readNumberFence } from './segment-handle.ts';
import { type CountedSegment, closeSegment, findSegment, listGaps, listSegments } from './segment-store.ts';
import { stockOf } from './stock.policy.ts';

const TAG = 'number-segments';

function segmentView({ segment, count }: CountedSegment) {
  return { ...segment, stock: stockOf(segment, count) };
}

export function segmentRoutes(ports: Pick<WaybillPorts, 'issuerOf' | 'marksOf'>): readonly Route[] {
  return [loadRoute(ports), ...stockRoutes(), closeRoute(ports), fenceRoute(ports), confirmRoute(ports)];
}

function loadRoute(ports: Pick<WaybillPorts, 'issuerOf' | 'marksOf'>): Route {
  return writeRoute({
    operation: 'loadNumberSegment',
    method: 'POST',
    path: '/v1/number-segments',
    tag: TAG,
    summary: 'Load a range of waybill numbers for a merchant or for the pool of a carrier',
    effect: 'write',
    body: loadSegmentSchema,
    answers: { 201: { description: 'Loaded', body: segmentSchema } },
    refusals: [
      'segment_overlap',
      'segment_resting',
      'segment_malformed',
      'carrier_unknown',
      'carrier_not_yours',
      'organisation_unknown',
    ],
    prepare: async ({ world }) => accepted(await ports.marksOf(world).read()),
    handle: async ({ work, world, caller, body, prepared }) => {
      if (caller.role === 'carrier' && caller.carrierCode !== body.carrierCode)
        return refused('carrier_not_yours', '');
      await work.actFor('network');
      const outcome = await loadSegment(work, prepared, body, caller.id);
      if (!outcome.ok) return outcome;
      ports.issuerOf(world).lookAnew();
      const count = { used: 0, cancelled: 0, printed: 0, expired: 0 };
      return accepted(replyWith(201, segmentView({ segment: outcome.value, count })));
    },
  });
}

function stockRoutes(): readonly Route[] {
  return [
    openRoute({
      operation: 'listNumberSegments',
      method: 'GET',
      path: '/v1/number-segments',
      tag: TAG,
      summary: 'Number segments with their stock: balance, used, cancelled, printed',
      description: 'A merchant sees its own, a carrier those of its numbers, the network staff all.',
      effect: 'own',
      query: segmentQuerySchema,
      answers: { 200: { description: 'A page', body: pageSchema(segmentSchema) } },
      handle: async ({ world, caller, query, relation }) => {
        const after = afterId(query.cursor);
        if (!after.ok) return after;
        const isCarrier = caller.role === 'carrier';
        if (
          isCarrier &&
          (caller.carrierCode === undefined ||
            (query.carrierCode ?? caller.carrierCode) !== caller.carrierCode)
        )
          return accepted(replyWith(200, { data: [] }));
        const all = relation === 'any' || isCarrier;
        const filter = {
          carrierCode: isCarrier ? caller.carrierCode : query.carrierCode,
          holder: all ? undefined : caller.organisationId,
        };
        const found = await world.read(all ? 'network' : { organisationId: caller.organisationId }, (db) =>
          listSegments(db, filter, after.value, query.limit + 1),
        );
        return accepted(replyWith(200, pageOf(found.map(segmentView), query.limit)));
      },
    }),
    readRoute({
      operation: 'readNumberSegment',
      method: 'GET',
      path: '/v1/number-segments/:segment_id',
      tag: TAG,
      summary: 'One number segment with its stock',
      effect: 'read',
      params: segmentParams,
      resource: { kind: 'number_segment', param: 'segmentId' },
      answers: { 200: { description: 'The segment', body: segmentSchema } },
      handle: async ({ db, params }) => {
        const found = await findSegment(db, params.segmentId);
        return found === undefined ? refused('not_found', '') : accepted(replyWith(200, segmentView(found)));
      },
    }),
    openRoute({
      operation: 'listNumberGaps',
      method: 'GET',
      path: '/v1/number-segments/:segment_id/gaps',
      tag: TAG,
      summary: 'Serials that were leased and will never be issued',
      effect: 'own',
      params: segmentParams,
      query: gapQuerySchema,
      resource: { kind: 'number_segment', param: 'segmentId' },
      answers: { 200: { description: 'Ranges in order', body: gapsSchema } },
      // The waybills of a pool belong to many organisations: only the serials leave this read.
      handle: async ({ world, params, query }) =>
        accepted(
          replyWith(200, {
            data: await world.read('network', (db) =>
              listGaps(db, params.segmentId, query.afterSerial, query.limit),
            ),
          }),
        ),
    }),
  ];
}

function closeRoute(ports: Pick<WaybillPorts, 'issuerOf'>): Route {
  return writeRoute({
    operation: 'closeNumberSegment',
    method: 'POST',
    path: '/v1/number-segments/:segment_id/closure',
    tag: TAG,
    summary: 'Take a segment out of use; its rest period begins',
    effect: 'write',
    params: segmentParams,
    resource: { kind: 'number_segment', param: 'segmentId' },
    answers: { 200: { description: 'Closed', body: segmentSchema } },
    refusals: ['segment_closed'],
    handle: async ({ work, world, params }) => {
      const closed = await closeSegment(work.db, params.segmentId, work.now);
      if (closed === 0) return refused('segment_closed', '');
      const found = await findSegment(work.db, params.segmentId);
      if (found === undefined) return refused('not_found', '');
      ports.issuerOf(world).forget();
      return accepted(replyWith(200, segmentView(found)));
    },
  });
}

function fenceRoute(ports: Pick<WaybillPorts, 'marksOf'>): Route {
  return openRoute({
    operation: 'readNumberFence',
    method: 'GET',
    path: '/v1/number-segments/restore-confirmation',
    tag: TAG,
    summary: 'Whether numbers wait for the confirmation of a restore, and why',
    effect: 'own',
    answers: { 200: { description: 'The fence', body: fenceSchema } },
    // The record outside the database is read before the database: what was given out since is never behind it.
    handle: async ({ world }) => accepted(replyWith(200, await readNumberFence(world, ports.marksOf(world)))),
  });
}

function confirmRoute(ports: Pick<WaybillPorts, 'issuerOf' | 'marksOf'>): Route {
  return openRoute({
    operation: 'confirmNumberRestore',
    method: 'POST',
    path: '/v1/number-segments/restore-confirmation',
    tag: TAG,
    summary: 'After a restore: burn every leased block, move past the marks, issue again',
    effect: 'own',
    body: confirmSchema,
    answers: { 200: { description: 'What was burned and moved', body: confirmationSchema } },
    refusals: ['issuing_not_fenced', 'marks_missing'],
    handle: async ({ world, caller, body, note }) => {
      const usedUpTo = Object.fromEntries(body.usedUpTo.map((one) => [one.segmentId, one.serial]));
      const command = { usedUpTo, confirmedBy: caller.id };
      const [marks, issuer] = [ports.marksOf(world), ports.issuerOf(world)];
      const outcome = await confirmRestore(world, marks, issuer, command, note);
      return outcome.ok ? accepted(replyWith(200, outcome.value)) : outcome;
    },
  });
}
