import type { Queryable } from '../../platform/db/index.ts';
import { decodeCursor, encodeCursor, type Route, replyWith } from '../../platform/http/index.ts';
import { pageSchema, readRoute, writeRoute } from '../accounts/index.ts';
import { accepted, type OrganisationId, refused } from '../kernel/index.ts';
import { documentOf, NETWORK, type RulebookVersionId } from '../rulebooks/index.ts';
import { payStatement } from './close.ts';
import * as contract from './contract.ts';
import { pageLines } from './line-store.ts';
import { COD_REMITTANCE_KIND, DEFAULT_COD_REMITTANCE } from './rulebook.ts';
import { SHIPPED_VERSION } from './rules.ts';
import { findStatement, listRuleVersions, pageStatements } from './statement-store.ts';
import { presentLine, presentStatement } from './views.ts';

const TAG = 'cod-statements';
const one = {
  tag: TAG,
  params: contract.statementParams,
  resource: { kind: 'cod_statement', param: 'statementId' },
} as const;
const BAD_CURSOR = 'cursor: take it from next_cursor of the page before.';

export function remittanceRoutes(): readonly Route[] {
  return [...listRoutes(), ...itemRoutes(), ...lineRoutes(), ...paymentRoutes()];
}

function listRoutes(): readonly Route[] {
  return [
    readRoute({
      operation: 'listCodStatements',
      method: 'GET',
      path: '/v1/cod-statements',
      tag: TAG,
      summary:
        'What counters were paid for goods, week by week: of your parcels, of all for the network staff',
      effect: 'read',
      query: contract.statementListQuery,
      answers: { 200: { description: 'A page, newest first', body: pageSchema(contract.statementSchema) } },
      handle: async ({ db, caller, relation, query }) => {
        const { cursor, limit, ...filter } = query;
        const parts = cursor === undefined ? undefined : decodeCursor(cursor, ['string', 'string']);
        if (cursor !== undefined && (parts === undefined || !isDate(String(parts[0]))))
          return refused('invalid_request', BAD_CURSOR);
        const after = parts === undefined ? undefined : { week: String(parts[0]), id: String(parts[1]) };
        const organisationId = relation === 'any' ? filter.organisationId : caller.organisationId;
        const found = await pageStatements(db, { ...filter, organisationId }, after, limit + 1);
        const data = found.slice(0, limit);
        const last = data.at(-1);
        const more =
          found.length > limit && last !== undefined
            ? { nextCursor: encodeCursor([last.week, last.id]) }
            : {};
        return accepted(replyWith(200, { data: data.map(presentStatement), ...more }));
      },
    }),
  ];
}

function isDate(text: string): boolean {
  return contract.paymentSchema.shape.valueDate.safeParse(text).success;
}

function itemRoutes(): readonly Route[] {
  return [
    readRoute({
      ...one,
      operation: 'readCodStatement',
      method: 'GET',
      path: '/v1/cod-statements/:statement_id',
      summary: 'One week: what was collected, what collecting cost, what is paid out',
      effect: 'read',
      answers: { 200: { description: 'The statement', body: contract.statementSchema } },
      handle: async ({ db, params }) => {
        const found = await findStatement(db, params.statementId);
        return found === undefined
          ? refused('not_found', '')
          : accepted(replyWith(200, presentStatement(found)));
      },
    }),
    readRoute({
      ...one,
      operation: 'readCodStatementRules',
      method: 'GET',
      path: '/v1/cod-statements/:statement_id/rules',
      summary: 'The rules that its lines name, so that everybody can work the fees out again',
      effect: 'read',
      answers: { 200: { description: 'Each version once', body: contract.rulesSchema } },
      handle: async ({ db, owner, params }) => {
        const data = [];
        for (const versionId of await listRuleVersions(db, owner, params.statementId)) {
          const version = { organisationId: NETWORK, versionId: versionId as RulebookVersionId } as const;
          const document =
            versionId === SHIPPED_VERSION
              ? DEFAULT_COD_REMITTANCE
              : await documentOf(db, COD_REMITTANCE_KIND, version);
          data.push({ versionId, document });
        }
        return accepted(replyWith(200, { data }));
      },
    }),
  ];
}

/** A page of lines behind a cursor; undefined for one that is none of ours. */
async function linesAfter(
  db: Queryable,
  of: Parameters<typeof pageLines>[1],
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
) {
  const parts = cursor === undefined ? [0] : decodeCursor(cursor, ['number']);
  if (parts === undefined) return undefined;
  const found = await pageLines(db, of, Number(parts[0]), limit + 1);
  const data = found.slice(0, limit);
  const last = data.at(-1);
  const more =
    found.length > limit && last !== undefined ? { nextCursor: encodeCursor([last.sequence]) } : {};
  return { data: data.map(presentLine), ...more };
}

function lineRoutes(): readonly Route[] {
  const answers = { 200: { description: 'A page', body: pageSchema(contract.lineSchema) } };
  return [
    readRoute({
      ...one,
      operation: 'listCodStatementLines',
      method: 'GET',
      path: '/v1/cod-statements/:statement_id/lines',
      summary: 'Its parcels in order: where each was paid for, how, and what collecting cost',
      effect: 'read',
      query: contract.lineListQuery,
      answers,
      handle: async ({ db, owner, params, query }) => {
        const page = await linesAfter(db, { organisationId: owner, ...params }, query);
        return page === undefined ? refused('invalid_request', BAD_CURSOR) : accepted(replyWith(200, page));
      },
    }),
    readRoute({
      operation: 'listOpenCodLines',
      method: 'GET',
      path: '/v1/cod-lines',
      tag: TAG,
      summary: 'What counters were paid for your goods and waits for the next statement',
      effect: 'read',
      query: contract.openListQuery,
      answers,
      handle: async ({ db, caller, relation, query }) => {
        const organisationId =
          relation === 'any' ? (query.organisationId ?? caller.organisationId) : caller.organisationId;
        const page = await linesAfter(db, { organisationId, statementId: 'open' }, query);
        return page === undefined ? refused('invalid_request', BAD_CURSOR) : accepted(replyWith(200, page));
      },
    }),
  ];
}

function paymentRoutes(): readonly Route[] {
  return [
    writeRoute({
      ...one,
      operation: 'payCodStatement',
      method: 'POST',
      path: '/v1/cod-statements/:statement_id/payment',
      summary: 'Record that the bank paid it out, with the bank’s reference',
      effect: 'write',
      body: contract.paymentSchema,
      answers: { 200: { description: 'Paid', body: contract.statementSchema } },
      refusals: ['cod_statement_not_payable', 'payout_settled', 'bank_reference_used'],
      handle: async ({ work, owner, params, body }) => {
        const command = { statementId: params.statementId, ...body };
        const outcome = await payStatement(work, owner as OrganisationId, command);
        return outcome.ok ? accepted(replyWith(200, presentStatement(outcome.value))) : outcome;
      },
    }),
  ];
}
