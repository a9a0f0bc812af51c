import type { Queryable } from '../../platform/db/index.ts';
import { decodeCursor, encodeCursor, type Route, replyWith } from '../../platform/http/index.ts';
import { listCarrierOrganisations, pageSchema, readRoute, writeRoute } from '../accounts/index.ts';
import { listOrderShares } from '../carriers/index.ts';
import { accepted, type Instant, refused } from '../kernel/index.ts';
import type { LineCatalogue } from './catalogue.ts';
import { type CompiledLine, compileLine } from './compiled-line.ts';
import * as contract from './contract.ts';
import { addLine, addLineVersion, endLine, findPublicationFaults } from './handle.ts';
import { marginExamples } from './margin-examples.ts';
import { LINE_ERRORS, type ServiceLine } from './model.ts';
import { previewParcel } from './preview.policy.ts';
import { findLine, listLineVersions } from './store.ts';
import { parcelView, publicView, summaryView, touches } from './views.ts';

const TAG = 'lines';
const params = contract.lineParams;
/** A table of a large country by postcode has thousands of prefixes. */
const BODY_LIMIT_BYTES = 4_000_000;

export function lineRoutes(lines: LineCatalogue): readonly Route[] {
  return [...publicRoutes(lines), operatorLineRoute(lines), previewRoute(lines), ...publishRoutes(lines)];
}

function publicRoutes(lines: LineCatalogue): readonly Route[] {
  return [
    readRoute({
      operation: 'listLines',
      method: 'GET',
      path: '/v1/lines',
      tag: TAG,
      summary: 'Service lines in force now, by origin and destination',
      effect: 'read',
      query: contract.lineListQuery,
      answers: { 200: { description: 'A page', body: pageSchema(contract.lineSummarySchema) } },
      handle: async ({ db, actFor, world, now, query }) => {
        const after = query.cursor === undefined ? [''] : decodeCursor(query.cursor, ['string']);
        if (after === undefined)
          return refused('invalid_request', 'cursor: take it from next_cursor of the page before.');
        await actFor('network');
        const isOffered = await offeredNow(db, now);
        const found = (await lines.history(db, { world }))
          .at(now)
          .filter(
            ({ line }) =>
              line.code > String(after[0]) &&
              touches(line.origins, query.origin) &&
              touches(line.destinations, query.destination),
          )
          .toSorted((a, b) => (a.line.code < b.line.code ? -1 : 1));
        const page = found.slice(0, query.limit);
        const last = page.at(-1);
        const data = page.map((line) => summaryView(line, isOffered(line)));
        return accepted(
          replyWith(
            200,
            found.length > query.limit && last !== undefined
              ? { data, nextCursor: encodeCursor([last.line.code]) }
              : { data },
          ),
        );
      },
    }),
    readRoute({
      operation: 'readLine',
      method: 'GET',
      path: '/v1/lines/:line_code',
      tag: TAG,
      summary: 'One line in force now, with its selling tables',
      effect: 'read',
      params,
      answers: { 200: { description: 'The line', body: contract.lineAnswerSchema } },
      handle: async ({ db, actFor, world, now, params }) => {
        await actFor('network');
        const line = (await lines.history(db, { world })).find(params.lineCode, now);
        if (line === undefined) return refused('not_found', '');
        return accepted(replyWith(200, publicAnswer(line, (await offeredNow(db, now))(line))));
      },
    }),
  ];
}

function operatorLineRoute(lines: LineCatalogue): Route {
  return readRoute({
    operation: 'readOperatorLine',
    method: 'GET',
    path: '/v1/lines/:line_code/operator',
    tag: TAG,
    summary: 'A line with buying tables, all versions, and what the network keeps by zone and weight',
    effect: 'read',
    params,
    answers: { 200: { description: 'The line', body: contract.operatorLineSchema } },
    handle: async ({ db, now, params }) => operatorAnswer(db, lines, params.lineCode, now, 200),
  });
}

function previewRoute(lines: LineCatalogue): Route {
  return readRoute({
    operation: 'previewLine',
    method: 'POST',
    path: '/v1/lines/preview',
    tag: TAG,
    summary:
      'What a line would cost before it is published: by zone and weight, and for one parcel; stores nothing',
    effect: 'read',
    bodyLimitBytes: BODY_LIMIT_BYTES,
    body: contract.previewLineSchema,
    answers: { 200: { description: 'Prices, margins and reasons', body: contract.linePreviewSchema } },
    refusals: ['line_invalid', 'line_in_past'],
    handle: async ({ db, now, body }) => {
      const draft = publicationOf({ line: body.line, from: body.from });
      const faults = findPublicationFaults(draft, now);
      if (faults !== undefined) return faults;
      const at = draft.from ?? now;
      const { code } = draft.line;
      const before = (await lines.history(db, { codes: [code] })).find(code, at);
      const compiled = compileLine(draft.line);
      return accepted(
        replyWith(200, {
          at,
          examples: marginExamples(compiled, at),
          before: before === undefined ? [] : marginExamples(before, at),
          parcel: body.parcel && parcelView(previewParcel(compiled, body.parcel, at)),
        }),
      );
    },
  });
}

function publishRoutes(lines: LineCatalogue): readonly Route[] {
  return [
    writeRoute({
      operation: 'addLine',
      method: 'POST',
      path: '/v1/lines',
      tag: TAG,
      summary: 'Add a line',
      effect: 'write',
      bodyLimitBytes: BODY_LIMIT_BYTES,
      body: contract.publishLineSchema,
      answers: { 201: { description: 'Added', body: contract.operatorLineSchema } },
      refusals: Object.keys(LINE_ERRORS),
      handle: async ({ work, caller, body }) => {
        const outcome = await addLine(work, caller, publicationOf(body));
        return outcome.ok ? operatorAnswer(work.db, lines, body.line.code, work.now, 201) : outcome;
      },
    }),
    writeRoute({
      operation: 'addLineVersion',
      method: 'POST',
      path: '/v1/lines/:line_code/versions',
      tag: TAG,
      summary: 'Give a line a new version from a moment on; what was bought before keeps its prices',
      effect: 'write',
      bodyLimitBytes: BODY_LIMIT_BYTES,
      params,
      body: contract.publishLineSchema,
      answers: { 201: { description: 'Added', body: contract.operatorLineSchema } },
      refusals: Object.keys(LINE_ERRORS),
      handle: async ({ work, caller, params, body }) => {
        const outcome = await addLineVersion(work, caller, params.lineCode, publicationOf(body));
        return outcome.ok ? operatorAnswer(work.db, lines, params.lineCode, work.now, 201) : outcome;
      },
    }),
    writeRoute({
      operation: 'endLine',
      method: 'POST',
      path: '/v1/lines/:line_code/end',
      tag: TAG,
      summary: 'End a line; it is never deleted',
      effect: 'write',
      params,
      body: contract.endLineSchema,
      answers: { 200: { description: 'Ended, or to be', body: contract.operatorLineSchema } },
      refusals: ['line_ended', 'line_in_past'],
      handle: async ({ work, caller, params, body }) => {
        const outcome = await endLine(work, caller, params.lineCode, body.at);
        return outcome.ok ? operatorAnswer(work.db, lines, params.lineCode, work.now, 200) : outcome;
      },
    }),
  ];
}

/** A line is offered when an organisation works as its carrier and the carrier's standing lets it. */
async function offeredNow(db: Queryable, at: Instant): Promise<(line: CompiledLine) => boolean> {
  const shareOf = await listOrderShares(db);
  const working = new Set((await listCarrierOrganisations(db)).map((entry) => entry.carrierCode));
  return ({ line }) => working.has(line.carrierCode) && shareOf(line.carrierCode, at) > 0;
}

function publicAnswer(line: CompiledLine, offered: boolean) {
  return { line: publicView(line.line), version: line.version, offered };
}

async function operatorAnswer(
  db: Queryable,
  lines: LineCatalogue,
  code: string,
  now: Instant,
  status: number,
) {
  const known = await findLine(db, code);
  if (known === undefined) return refused('not_found', '');
  const line = (await lines.history(db, { codes: [code] })).find(code, now);
  return accepted(
    replyWith(status, {
      line: line?.line,
      version: line?.version,
      endsAt: known.endedAt,
      versions: (await listLineVersions(db, code)).map(({ digest: _d, code: _c, ...shown }) => shown),
      examples: line === undefined ? [] : marginExamples(line, now),
    }),
  );
}

function publicationOf(body: { line: unknown; from?: Instant | undefined; note?: string | undefined }) {
  return { line: body.line as ServiceLine, from: body.from, note: body.note };
}
