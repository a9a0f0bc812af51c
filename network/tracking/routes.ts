import { z } from 'zod';
import { type Route, replyWith } from '../../platform/http/index.ts';
import {
  afterId,
  lookUpRoute,
  openRoute,
  pageOf,
  pageSchema,
  readRoute,
  writeRoute,
} from '../accounts/index.ts';
import { accepted, idSchema, type Outcome, refused } from '../kernel/index.ts';
import { codeMappingRoutes } from './code-mapping-routes.ts';
import { containmentRoutes } from './containment-routes.ts';
import { facilityRoutes } from './facility-routes.ts';
import { flowRoute } from './flow.ts';
import { correctScan, createLink } from './handle.ts';
import { reporterOf, takeScans } from './intake.ts';
import {
  type IntakeFacts,
  type RefusedLine,
  readScanLine,
  readTextLine,
  type ScanLine,
} from './intake-line.ts';
import { revokeLink } from './link-store.ts';
import { splitLines } from './ndjson.ts';
import { numberRoutes } from './number-routes.ts';
import {
  BuyerLinkAnswer,
  CorrectionAnswer,
  CorrectionBody,
  MAX_BATCH_BYTES,
  MAX_NDJSON_LINES,
  NewBuyerLinkAnswer,
  ParcelQuery,
  ParcelTimelineAnswer,
  receiptsOf,
  ScanBatch,
  ScanReceipts,
  TrackedParcelAnswer,
  TrackingAnswer,
} from './parcel-contract.ts';
import { findSurvivor, listParcels } from './parcel-store.ts';
import { quarantineRoutes } from './quarantine-routes.ts';
import { readScanFile } from './scan-csv.ts';
import { sourceHealthRoute } from './source-health.ts';
import {
  findTimelines,
  mayTrack,
  parcelAnswer,
  parcelsOfNumber,
  parcelTimelines,
  readerOf,
  relationsTo,
  timelineOf,
} from './views.ts';
import { vocabularyRoute } from './vocabulary-routes.ts';

const TAG = 'tracking';
const NDJSON = 'application/x-ndjson';
const CSV = 'text/csv';
const parcelParams = z.strictObject({ parcelId: idSchema('pcl') });
const tracked = { kind: 'tracked_parcel', param: 'parcelId' } as const;

export function trackingRoutes(): readonly Route[] {
  return [
    intakeRoute(),
    correctionRoute(),
    ...containmentRoutes(),
    ...readRoutes(),
    ...numberRoutes(),
    vocabularyRoute(),
    ...codeMappingRoutes(),
    sourceHealthRoute(),
    flowRoute(),
    ...linkRoutes(),
    ...quarantineRoutes(),
    ...facilityRoutes(),
  ];
}

function intakeRoute(): Route {
  return openRoute({
    operation: 'recordScans',
    method: 'POST',
    path: '/v1/scans',
    tag: TAG,
    summary: 'Send scans: a JSON batch of up to 1,000, NDJSON or CSV of up to 10,000 lines',
    description:
      'Append-only and idempotent by content: the same scan again is answered as duplicate. A broken line refuses only itself. CSV has a header of number, carrier, code, milestone, occurred_at, local_time, zone, country, city, postcode, facility, text, operator, proof, weight_grams; the index of a receipt counts rows below it. The answer comes after the commit.',
    effect: 'own',
    body: ScanBatch,
    consumes: [NDJSON, CSV],
    bodyLimitBytes: MAX_BATCH_BYTES,
    answers: { 200: { description: 'One receipt per scan', body: ScanReceipts } },
    refusals: ['scan_batch_too_large', 'scan_batch_busy', 'scan_file_unreadable'],
    handle: async ({ caller, world, body, headers }) => {
      const reporter = reporterOf(caller);
      if (reporter === undefined) {
        return refused('forbidden', 'Your organisation does not work as a carrier of the registry.');
      }
      const isCsv = /^\s*text\/csv\b/i.test(String(headers['content-type'] ?? ''));
      const lines = isCsv ? csvLinesOf(body as unknown as Uint8Array) : linesOf(body);
      if (!lines.ok) return lines;
      const outcome = await takeScans(world, lines.value, reporter);
      return outcome.ok ? accepted(replyWith(200, receiptsOf(outcome.value))) : outcome;
    },
  });
}

type LineReader = (facts: IntakeFacts) => ScanLine | RefusedLine;

/** Readers of the single lines, called when their part of the batch is due. NDJSON reaches the handler as bytes. */
function linesOf(body: unknown): Outcome<LineReader[]> {
  if (body instanceof Uint8Array) {
    const lines = splitLines(body, MAX_NDJSON_LINES);
    return lines === undefined
      ? refused('scan_batch_too_large', '')
      : accepted(lines.map((line) => (facts: IntakeFacts) => readTextLine(line, facts)));
  }
  const { scans } = body as z.output<typeof ScanBatch>;
  return accepted(scans.map((scan, index) => (facts: IntakeFacts) => readScanLine(index, scan, facts)));
}

function csvLinesOf(bytes: Uint8Array): Outcome<LineReader[]> {
  const file = readScanFile(bytes, MAX_NDJSON_LINES);
  return file.ok ? accepted(file.lines) : refused(file.code, file.detail);
}

function correctionRoute(): Route {
  return writeRoute({
    operation: 'correctScan',
    method: 'POST',
    path: '/v1/scans/:scan_id/corrections',
    tag: TAG,
    summary: 'Say that a scan was wrong: replace it, or withdraw it',
    description: 'The carrier whose word the scan is, or the operator. The author is the caller.',
    effect: 'write',
    params: z.strictObject({ scanId: z.string().regex(/^[0-9a-f]{32}$/) }),
    resource: { kind: 'scan', param: 'scanId' },
    body: CorrectionBody,
    answers: { 201: { description: 'Recorded', body: CorrectionAnswer } },
    refusals: ['scan_batch_busy', 'correction_in_future'],
    handle: async ({ work, caller, params, body }) => {
      await work.actFor('network');
      const outcome = await correctScan(work, caller, { scanId: params.scanId, ...body });
      return outcome.ok ? accepted(replyWith(201, outcome.value)) : outcome;
    },
  });
}

function readRoutes(): readonly Route[] {
  return [
    readRoute({
      operation: 'trackNumber',
      method: 'GET',
      path: '/v1/tracking/:number',
      tag: TAG,
      summary: 'Track by any number of a parcel',
      effect: 'read',
      params: z.strictObject({ number: z.string().min(1).max(128) }),
      answers: { 200: { description: 'The parcels of the number', body: TrackingAnswer } },
      handle: async ({ caller, db, params }) => {
        const parcels = (await parcelsOfNumber(db, params.number)).filter((parcel) =>
          mayTrack(parcel, caller),
        );
        const [first] = parcels;
        if (first === undefined) return refused('not_found', '');
        return accepted(
          replyWith(200, { number: params.number, parcels: await parcelTimelines(db, parcels) }),
        );
      },
    }),
    lookUpRoute({
      operation: 'readParcelTimeline',
      method: 'GET',
      path: '/v1/parcels/:parcel_id/timeline',
      tag: TAG,
      summary: 'The timeline of a parcel',
      effect: 'read',
      params: parcelParams,
      resource: tracked,
      answers: { 200: { description: 'Parcel and timeline', body: ParcelTimelineAnswer } },
      lookUp: {
        find: findTimelines,
        relations: ({ parcel }, caller) => relationsTo(parcel, caller),
        answer: (found) => replyWith(200, timelineOf(found)),
      },
    }),
    readRoute({
      operation: 'listParcels',
      method: 'GET',
      path: '/v1/parcels',
      tag: TAG,
      summary: 'Parcels that you have a part in, in order of birth',
      effect: 'read',
      query: ParcelQuery,
      answers: { 200: { description: 'A page', body: pageSchema(TrackedParcelAnswer) } },
      handle: async ({ caller, db, query, relation }) => {
        const after = afterId(query.cursor);
        if (!after.ok) return after;
        const { status, since, limit } = query;
        const filter = { status, since, after: after.value, limit: limit + 1 };
        const parcels = await listParcels(db, readerOf(caller, relation === 'any'), filter);
        return accepted(replyWith(200, pageOf(parcels.map(parcelAnswer), limit)));
      },
    }),
  ];
}

function linkRoutes(): readonly Route[] {
  return [
    writeRoute({
      operation: 'createBuyerLink',
      method: 'POST',
      path: '/v1/parcels/:parcel_id/links',
      tag: TAG,
      summary: 'A link by which the buyer follows the parcel without log-in',
      effect: 'write',
      answersSecret: true,
      params: parcelParams,
      resource: tracked,
      answers: { 201: { description: 'The token is shown once', body: NewBuyerLinkAnswer } },
      refusals: ['link_limit_reached'],
      handle: async ({ work, caller, params }) => {
        const parcel = await findSurvivor(work.db, params.parcelId);
        if (parcel === undefined) return refused('not_found', '');
        const outcome = await createLink(work, caller, parcel.id);
        if (!outcome.ok) return outcome;
        return accepted(replyWith(201, { ...outcome.value, path: `/t/${outcome.value.token}` }));
      },
    }),
    writeRoute({
      operation: 'revokeBuyerLink',
      method: 'DELETE',
      path: '/v1/parcels/:parcel_id/links/:link_id',
      tag: TAG,
      summary: 'Revoke a buyer\u2019s link at once',
      effect: 'write',
      params: z.strictObject({ parcelId: idSchema('pcl'), linkId: idSchema('lnk') }),
      resource: tracked,
      answers: { 200: { description: 'Revoked', body: BuyerLinkAnswer } },
      handle: async ({ work, params }) => {
        const parcel = await findSurvivor(work.db, params.parcelId);
        const link =
          parcel === undefined ? undefined : await revokeLink(work.db, parcel.id, params.linkId, work.now);
        return link === undefined ? refused('not_found', '') : accepted(replyWith(200, link));
      },
    }),
  ];
}
