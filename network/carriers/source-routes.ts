import { type Route, replyWith } from '../../platform/http/index.ts';
import { readRoute, writeRoute } from '../accounts/index.ts';
import { accepted, refused } from '../kernel/index.ts';
import * as contract from './contract.ts';
import { decideSource, sourceScopeOf, withdrawSource } from './handle.ts';
import { findCarrier } from './registry.ts';
import { presentSources } from './views.ts';

const TAG = 'carriers';
const params = contract.sourceParams;

/** Whose scans count. A marketplace decides for its own platform, the operator for all that have not decided. */
export function sourceRoutes(): readonly Route[] {
  return [
    readRoute({
      operation: 'listRecognisedSources',
      method: 'GET',
      path: '/v1/recognised-sources',
      tag: TAG,
      summary: 'Whose scans move the official state: your rows and the default',
      effect: 'read',
      answers: { 200: { description: 'All sources', body: contract.sourcesSchema } },
      handle: async ({ db, caller, now }) =>
        accepted(replyWith(200, { data: await presentSources(db, sourceScopeOf(caller), now) })),
    }),
    readRoute({
      operation: 'readRecognisedSource',
      method: 'GET',
      path: '/v1/recognised-sources/:source_id',
      tag: TAG,
      summary: 'One source with the rows that decide about it',
      effect: 'read',
      params,
      answers: { 200: { description: 'The source', body: contract.sourceSchema } },
      handle: async ({ db, caller, now, params }) => {
        const [view] = await presentSources(db, sourceScopeOf(caller), now, [params.sourceId]);
        return view === undefined ? refused('not_found', '') : accepted(replyWith(200, view));
      },
    }),
    writeRoute({
      operation: 'putRecognisedSource',
      method: 'PUT',
      path: '/v1/recognised-sources/:source_id',
      tag: TAG,
      summary: 'Recognise a source or not, from a moment on, with proof',
      description:
        'A marketplace decides for its own platform only; the operator decides the default. Scans that were taken before keep what held when they came.',
      effect: 'write',
      params,
      body: contract.sourceInputSchema,
      answers: { 200: { description: 'The source', body: contract.sourceSchema } },
      refusals: ['source_dates_invalid'],
      handle: async ({ work, caller, params, body }) => {
        if (findCarrier(params.sourceId) === undefined) return refused('not_found', '');
        const { recognised, from, to, proof } = body;
        const outcome = await decideSource(work, caller, {
          sourceId: params.sourceId,
          recognised,
          from,
          to,
          proof,
        });
        if (!outcome.ok) return outcome;
        const [view] = await presentSources(work.db, sourceScopeOf(caller), work.now, [params.sourceId]);
        return accepted(replyWith(200, view));
      },
    }),
    writeRoute({
      operation: 'withdrawRecognisedSource',
      method: 'DELETE',
      path: '/v1/recognised-sources/:source_id',
      tag: TAG,
      summary: 'End what you decided about a source; the default holds again',
      effect: 'write',
      params,
      answers: { 200: { description: 'The source', body: contract.sourceSchema } },
      handle: async ({ work, caller, params }) => {
        if (findCarrier(params.sourceId) === undefined) return refused('not_found', '');
        await withdrawSource(work, caller, params.sourceId);
        const [view] = await presentSources(work.db, sourceScopeOf(caller), work.now, [params.sourceId]);
        return accepted(replyWith(200, view));
      },
    }),
  ];
}
