import { z } from 'zod';
import type { Queryable } from '../../platform/db/index.ts';
import { decodeCursor, encodeCursor, type Route, replyWith } from '../../platform/http/index.ts';
import { afterId, pageOf, pageSchema, readRoute, writeRoute } from '../accounts/index.ts';
import { accepted, idSchema, refused } from '../kernel/index.ts';
import { mapCode, previewMapping, retireMapping } from './code-mapping.ts';
import { forgetMappings } from './code-mapping-cache.ts';
import {
  CodeMappingAnswer,
  CodeMappingBody,
  CodeMappingPreviewAnswer,
  CodeQuery,
  MeaningPreview,
  RetirementBody,
  UnmappedCodeAnswer,
} from './code-mapping-contract.ts';
import { type CodeMappingVersion, listMappings, listVersions } from './code-mapping-store.ts';
import { countScansOf, listExamples, listUnmappedCodes } from './unmapped-store.ts';

const TAG = 'tracking';
/** Examples of a code: enough to see what it is about. Our default. */
const EXAMPLES = 3;

/** Codes that nobody understands, and what the operator says that they mean. */
export function codeMappingRoutes(): readonly Route[] {
  return [unmappedCodesRoute(), previewRoute(), mapRoute(), retireRoute(), mappingsRoute()];
}

function unmappedCodesRoute(): Route {
  return readRoute({
    operation: 'listUnmappedCodes',
    method: 'GET',
    path: '/v1/unmapped-codes',
    tag: TAG,
    summary: 'Codes of carriers that nobody understands, the most frequent first',
    description:
      'Each with its number of scans and the newest of them. A carrier sees the codes that it sent itself. Counts move while one turns pages.',
    effect: 'read',
    query: CodeQuery,
    answers: { 200: { description: 'A page', body: pageSchema(UnmappedCodeAnswer) } },
    handle: async ({ caller, db, query, relation }) => {
      const after = afterCode(query.cursor);
      if (!after.ok) return after;
      const { limit, cursor: _cursor, ...code } = query;
      const reporterId = relation === 'any' ? undefined : caller.organisationId;
      const found = await listUnmappedCodes(db, { code, reporterId, after: after.value, limit: limit + 1 });
      const page = found.slice(0, limit);
      const examples = await listExamples(db, page, reporterId, EXAMPLES);
      const data = page.map((one, index) => ({
        ...one,
        examples: (examples.get(index) ?? []).map(({ text, ...example }) => ({
          ...example,
          ...(text === null ? {} : { text }),
        })),
      }));
      const last = page.at(-1);
      return accepted(
        replyWith(
          200,
          found.length > limit && last !== undefined
            ? { data, nextCursor: encodeCursor([last.scans, last.source, last.format, last.code]) }
            : { data },
        ),
      );
    },
  });
}

function afterCode(cursor: string | undefined) {
  if (cursor === undefined) return accepted(undefined);
  const parts = decodeCursor(cursor, ['number', 'string', 'string', 'string']);
  if (parts === undefined)
    return refused('invalid_request', 'cursor: take it from next_cursor of the page before.');
  const [scans, source, format, code] = parts as [number, string, string, string];
  return accepted({ scans, source, format, code });
}

function previewRoute(): Route {
  return readRoute({
    operation: 'previewCodeMapping',
    method: 'GET',
    path: '/v1/code-mappings/preview',
    tag: TAG,
    summary: 'What a mapping would do: scans, parcels, and statuses of the newest of them',
    effect: 'read',
    query: MeaningPreview,
    answers: { 200: { description: 'Nothing was changed', body: CodeMappingPreviewAnswer } },
    refusals: ['code_already_known', 'code_never_seen', 'code_detail_unfitting'],
    handle: async ({ db, query }) => {
      const outcome = await previewMapping(db, query);
      return outcome.ok ? accepted(replyWith(200, outcome.value)) : outcome;
    },
  });
}

function mapRoute(): Route {
  return writeRoute({
    operation: 'mapCode',
    method: 'POST',
    path: '/v1/code-mappings',
    tag: TAG,
    summary: 'Say what an unmapped code means',
    description:
      'Appends a version, which replaces the one before. New scans are read by it within seconds; scans that are stored stay as they are and get corrections by a job, in your name and with the version as reason.',
    effect: 'write',
    body: CodeMappingBody,
    answers: { 201: { description: 'In force', body: CodeMappingAnswer } },
    refusals: [
      'code_already_known',
      'code_never_seen',
      'code_detail_unfitting',
      'code_mapping_unchanged',
      'code_mapping_changed',
    ],
    handle: async ({ work, world, caller, body }) => {
      await work.actFor('network');
      const outcome = await mapCode(work, caller, body);
      if (!outcome.ok) return outcome;
      forgetMappings(world);
      return accepted(replyWith(201, await answerOf(work.db, outcome.value)));
    },
  });
}

function retireRoute(): Route {
  return writeRoute({
    operation: 'retireCodeMapping',
    method: 'POST',
    path: '/v1/code-mappings/:mapping_id/retirement',
    tag: TAG,
    summary: 'Take a mapping back: the code means nothing again',
    description: 'Appends a version without a meaning. The corrections that the mapping made are withdrawn.',
    effect: 'write',
    params: z.strictObject({ mappingId: idSchema('cmp') }),
    body: RetirementBody,
    answers: { 201: { description: 'Retired', body: CodeMappingAnswer } },
    refusals: ['code_mapping_unchanged', 'code_mapping_changed'],
    handle: async ({ work, world, caller, params, body }) => {
      await work.actFor('network');
      const outcome = await retireMapping(work, caller, params.mappingId, body.note);
      if (!outcome.ok) return outcome;
      forgetMappings(world);
      return accepted(replyWith(201, await answerOf(work.db, outcome.value)));
    },
  });
}

function mappingsRoute(): Route {
  return readRoute({
    operation: 'listCodeMappings',
    method: 'GET',
    path: '/v1/code-mappings',
    tag: TAG,
    summary: 'What codes were said to mean, with every version',
    description: 'A carrier sees the mappings of codes that it sent itself.',
    effect: 'read',
    query: CodeQuery,
    answers: { 200: { description: 'A page', body: pageSchema(CodeMappingAnswer) } },
    handle: async ({ caller, db, query, relation }) => {
      const after = afterId(query.cursor);
      if (!after.ok) return after;
      const { limit, cursor: _cursor, ...code } = query;
      const reporterId = relation === 'any' ? undefined : caller.organisationId;
      const found = await listMappings(db, { code, reporterId, after: after.value, limit: limit + 1 });
      const answers = await Promise.all(found.map((versions) => mappingAnswer(db, versions, reporterId)));
      return accepted(replyWith(200, pageOf(answers, limit)));
    },
  });
}

async function answerOf(db: Queryable, of: CodeMappingVersion) {
  return mappingAnswer(db, await listVersions(db, of.id), undefined);
}

async function mappingAnswer(
  db: Queryable,
  versions: readonly CodeMappingVersion[],
  reporterId: string | undefined,
) {
  const [newest] = versions;
  if (newest === undefined) throw new Error('a mapping without a version');
  const { id, source, format, code } = newest;
  return {
    id,
    source,
    format,
    code,
    versions: versions.map(({ id: _id, source: _s, format: _f, code: _c, ...version }) => version),
    scans: await countScansOf(db, newest, newest.version, reporterId),
  };
}
