import { z } from 'zod';
import { type Route, replyWith } from '../../platform/http/index.ts';
import {
  afterId,
  openRoute,
  type Principal,
  pageOf,
  pageQuerySchema,
  pageSchema,
  type RelationFinder,
  readRoute,
  writeRoute,
} from '../accounts/index.ts';
import { accepted, refused } from '../kernel/index.ts';
import {
  activationSchema,
  draftSchema,
  dryRunBodySchema,
  dryRunSchema,
  inForceQuerySchema,
  kindParamsSchema,
  rulebookKindSchema,
  rulebookParamsSchema,
  rulebookSchema,
  testRunSchema,
  versionParamsSchema,
  versionSchema,
  versionWithDocumentSchema,
} from './contract.ts';
import {
  activateVersion,
  draftVersion,
  dryRunVersion,
  editedScope,
  retireVersion,
  runVersionTests,
} from './handle.ts';
import type { RulebookKind, RulebookKinds } from './kind.ts';
import { activeVersion } from './reader.ts';
import { findRulebookOwner, findVersion, listRulebooks, listVersions } from './store.ts';
import { presentDocument, presentKind, presentVersion, readDocument } from './views.ts';

const TAG = 'rulebooks';

/** A platform owns its books, the operator those of the network; to others there is nothing. */
function relationsTo(owner: string, caller: Principal): string[] {
  return owner === editedScope(caller) ? ['own'] : [];
}

export const rulebookRelations: Readonly<Record<string, RelationFinder>> = {
  rulebook: async (db, id, caller) => {
    const owner = await findRulebookOwner(db, id);
    return owner === undefined ? undefined : { owner, relations: relationsTo(owner, caller) };
  },
  rulebook_version: async (db, id, caller) => {
    const found = await findVersion(db, id);
    const owner = found?.version.organisationId;
    return owner === undefined ? undefined : { owner, relations: relationsTo(owner, caller) };
  },
};

/** Which kinds concern a caller: a platform sees those that it may have; the network's staff all. */
function kindsFor(kinds: RulebookKinds, caller: Principal): readonly RulebookKind[] {
  if (caller.organisationKind === 'operator') return kinds.list();
  return kinds.list().filter((kind) => kind.scopes.includes('platform'));
}

function kindFor(kinds: RulebookKinds, caller: Principal, name: string) {
  const kind = kindsFor(kinds, caller).find((candidate) => candidate.kind === name);
  return kind === undefined ? refused('rulebook_kind_unknown', '') : accepted(kind);
}

export function rulebookRoutes(kinds: RulebookKinds): readonly Route[] {
  return [...bookRoutes(kinds), ...versionRoutes(kinds), ...trialRoutes(kinds), ...lifeRoutes(kinds)];
}

function bookRoutes(kinds: RulebookKinds): readonly Route[] {
  return [
    openRoute({
      operation: 'listRulebookKinds',
      method: 'GET',
      path: '/v1/rulebook-kinds',
      tag: TAG,
      summary: 'Kinds of rulebooks with the schema of their documents',
      effect: 'own',
      answers: { 200: { description: 'All kinds', body: z.object({ data: z.array(rulebookKindSchema) }) } },
      handle: async ({ caller }) =>
        accepted(replyWith(200, { data: kindsFor(kinds, caller).map(presentKind) })),
    }),
    readRoute({
      operation: 'readRulesInForce',
      method: 'GET',
      path: '/v1/rulebook-kinds/:kind/in-force',
      tag: TAG,
      summary: 'The version in force for you: your own, else that of the network',
      effect: 'read',
      params: kindParamsSchema,
      query: inForceQuerySchema,
      answers: { 200: { description: 'The version', body: versionWithDocumentSchema } },
      refusals: ['rulebook_kind_unknown'],
      handle: async ({ db, caller, params, query, now }) => {
        const kind = kindFor(kinds, caller, params.kind);
        if (!kind.ok) return kind;
        const active = await activeVersion(db, kind.value, editedScope(caller), query.at ?? now);
        const found = active === undefined ? undefined : await findVersion(db, active.versionId);
        if (found === undefined) return refused('not_found', '');
        const document = presentDocument(kind.value, found.document);
        return accepted(replyWith(200, { ...presentVersion(found.version, now), document }));
      },
    }),
    readRoute({
      operation: 'listRulebooks',
      method: 'GET',
      path: '/v1/rulebooks',
      tag: TAG,
      summary: 'Your rulebooks; all for the network staff',
      effect: 'read',
      query: pageQuerySchema,
      answers: { 200: { description: 'A page', body: pageSchema(rulebookSchema) } },
      handle: async ({ db, caller, query, relation }) => {
        const after = afterId(query.cursor);
        if (!after.ok) return after;
        const owners = relation === 'any' ? 'all' : [editedScope(caller)];
        return accepted(
          replyWith(200, pageOf(await listRulebooks(db, owners, after.value, query.limit + 1), query.limit)),
        );
      },
    }),
  ];
}

function versionRoutes(kinds: RulebookKinds): readonly Route[] {
  return [
    writeRoute({
      operation: 'draftRulebookVersion',
      method: 'POST',
      path: '/v1/rulebooks',
      tag: TAG,
      summary: 'Write a new version of a rulebook; the first one opens it',
      effect: 'write',
      body: draftSchema,
      bodyLimitBytes: 2_000_000,
      answers: { 201: { description: 'The draft', body: versionSchema } },
      refusals: ['rulebook_kind_unknown'],
      handle: async ({ work, caller, body }) => {
        const kind = kindFor(kinds, caller, body.kind);
        if (!kind.ok) return kind;
        const document = readDocument(kind.value, body.document);
        if (!document.ok) return document;
        const outcome = await draftVersion(work, kind.value, {
          scope: editedScope(caller),
          author: caller.id,
          note: body.note,
          document: document.value,
        });
        return outcome.ok ? accepted(replyWith(201, presentVersion(outcome.value, work.now))) : outcome;
      },
    }),
    readRoute({
      operation: 'listRulebookVersions',
      method: 'GET',
      path: '/v1/rulebooks/:rulebook_id/versions',
      tag: TAG,
      summary: 'Versions of a rulebook, oldest first, without their documents',
      effect: 'read',
      params: rulebookParamsSchema,
      query: pageQuerySchema,
      resource: { kind: 'rulebook', param: 'rulebookId' },
      answers: { 200: { description: 'A page', body: pageSchema(versionSchema) } },
      handle: async ({ db, owner, params, query, now }) => {
        const after = afterId(query.cursor);
        if (!after.ok) return after;
        const versions = await listVersions(db, owner, params.rulebookId, after.value, query.limit + 1);
        const page = pageOf(versions, query.limit);
        return accepted(
          replyWith(200, { ...page, data: page.data.map((version) => presentVersion(version, now)) }),
        );
      },
    }),
    readRoute({
      operation: 'readRulebookVersion',
      method: 'GET',
      path: '/v1/rulebook-versions/:rulebook_version_id',
      tag: TAG,
      summary: 'One version with its document',
      effect: 'read',
      params: versionParamsSchema,
      resource: { kind: 'rulebook_version', param: 'rulebookVersionId' },
      answers: { 200: { description: 'The version', body: versionWithDocumentSchema } },
      handle: async ({ db, params, now }) => {
        const found = await findVersion(db, params.rulebookVersionId);
        const kind = kinds.find(found?.version.kind ?? '');
        if (found === undefined || kind === undefined) return refused('not_found', '');
        const document = presentDocument(kind, found.document);
        return accepted(replyWith(200, { ...presentVersion(found.version, now), document }));
      },
    }),
  ];
}

function trialRoutes(kinds: RulebookKinds): readonly Route[] {
  return [
    writeRoute({
      operation: 'testRulebookVersion',
      method: 'POST',
      path: '/v1/rulebook-versions/:rulebook_version_id/tests',
      tag: TAG,
      summary: 'Run the tests of a version',
      effect: 'write',
      params: versionParamsSchema,
      resource: { kind: 'rulebook_version', param: 'rulebookVersionId' },
      answers: { 200: { description: 'The result', body: testRunSchema } },
      handle: async ({ work, caller, params }) => {
        const found = await findVersion(work.db, params.rulebookVersionId);
        const kind = kinds.find(found?.version.kind ?? '');
        if (found === undefined || kind === undefined) return refused('not_found', '');
        const { version, failures } = await runVersionTests(work, kind, found, caller.id);
        const passed = failures.length === 0;
        return accepted(replyWith(200, { version: presentVersion(version, work.now), passed, failures }));
      },
    }),
    writeRoute({
      operation: 'dryRunRulebookVersion',
      method: 'POST',
      path: '/v1/rulebook-versions/:rulebook_version_id/dry-runs',
      tag: TAG,
      summary: 'Judge past cases by a version and by the rules in force, and compare',
      effect: 'write',
      params: versionParamsSchema,
      body: dryRunBodySchema,
      resource: { kind: 'rulebook_version', param: 'rulebookVersionId' },
      answers: { 200: { description: 'What would change', body: dryRunSchema } },
      refusals: ['rulebook_no_dry_run'],
      handle: async ({ work, caller, params, body }) => {
        const found = await findVersion(work.db, params.rulebookVersionId);
        const kind = kinds.find(found?.version.kind ?? '');
        if (found === undefined || kind === undefined) return refused('not_found', '');
        const outcome = await dryRunVersion(work, kind, found, { ...body, by: caller.id });
        if (!outcome.ok) return outcome;
        const { result, againstVersionId } = outcome.value;
        return accepted(replyWith(200, { ...result, againstVersionId }));
      },
    }),
  ];
}

function lifeRoutes(kinds: RulebookKinds): readonly Route[] {
  return [
    writeRoute({
      operation: 'activateRulebookVersion',
      method: 'POST',
      path: '/v1/rulebook-versions/:rulebook_version_id/activation',
      tag: TAG,
      summary: 'Put a tested version into force, now or at a date',
      effect: 'write',
      params: versionParamsSchema,
      body: activationSchema,
      resource: { kind: 'rulebook_version', param: 'rulebookVersionId' },
      answers: { 200: { description: 'The version with its dates', body: versionSchema } },
      refusals: [
        'rulebook_tests_failed',
        'rulebook_version_not_tested',
        'rulebook_version_already_active',
        'rulebook_version_retired',
        'rulebook_date_past',
      ],
      handle: async ({ work, params, body }) => {
        const found = await findVersion(work.db, params.rulebookVersionId);
        const kind = kinds.find(found?.version.kind ?? '');
        if (found === undefined || kind === undefined) return refused('not_found', '');
        const outcome = await activateVersion(work, kind, params.rulebookVersionId, body.at ?? work.now);
        return outcome.ok ? accepted(replyWith(200, presentVersion(outcome.value, work.now))) : outcome;
      },
    }),
    writeRoute({
      operation: 'retireRulebookVersion',
      method: 'POST',
      path: '/v1/rulebook-versions/:rulebook_version_id/retirement',
      tag: TAG,
      summary: 'End a version now, or throw a draft away',
      effect: 'write',
      params: versionParamsSchema,
      resource: { kind: 'rulebook_version', param: 'rulebookVersionId' },
      answers: { 200: { description: 'The version as it ended', body: versionSchema } },
      refusals: ['rulebook_version_retired'],
      handle: async ({ work, params }) => {
        const outcome = await retireVersion(work, params.rulebookVersionId);
        return outcome.ok ? accepted(replyWith(200, presentVersion(outcome.value, work.now))) : outcome;
      },
    }),
  ];
}
