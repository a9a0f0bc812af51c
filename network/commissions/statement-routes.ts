import { decodeCursor, encodeCursor, type Route, replyWith } from '../../platform/http/index.ts';
import { afterId, pageOf, pageQuerySchema, pageSchema, readRoute, writeRoute } from '../accounts/index.ts';
import { accepted, type OrganisationId, refused } from '../kernel/index.ts';
import { documentOf, NETWORK, type RulebookVersionId } from '../rulebooks/index.ts';
import { payStatement } from './close.ts';
import { documentFor } from './commission.policy.ts';
import * as contract from './contract.ts';
import { pageLines, sumOpenLines } from './line-store.ts';
import { DEFAULT_POINT_COMMISSION, POINT_COMMISSION_KIND } from './rulebook.ts';
import { SHIPPED_VERSION } from './rules.ts';
import { findStatement, listRuleVersions, pageOutletSums, pageStatements } from './statement-store.ts';
import { presentLine, presentStatement } from './views.ts';

const TAG = 'point-statements';
const one = {
  tag: TAG,
  params: contract.statementParams,
  resource: { kind: 'point_statement', param: 'statementId' },
} as const;
const BAD_CURSOR = 'cursor: take it from next_cursor of the page before.';

export function statementRoutes(): readonly Route[] {
  return [...listRoutes(), ...itemRoutes(), ...sumRoutes(), ...paymentRoutes()];
}

function listRoutes(): readonly Route[] {
  return [
    readRoute({
      operation: 'listPointStatements',
      method: 'GET',
      path: '/v1/point-statements',
      tag: TAG,
      summary: 'Weekly statements of point networks, newest first: your own, all for the network staff',
      effect: 'read',
      query: contract.statementListQuery,
      answers: { 200: { description: 'A page', body: pageSchema(contract.statementSchema) } },
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
    readRoute({
      ...one,
      operation: 'readPointStatement',
      method: 'GET',
      path: '/v1/point-statements/:statement_id',
      summary: 'One week of a network: what it earned, what it owes, what is paid out',
      effect: 'read',
      answers: { 200: { description: 'The statement', body: contract.statementSchema } },
      handle: async ({ db, params }) => {
        const found = await findStatement(db, params.statementId);
        return found === undefined
          ? refused('not_found', '')
          : accepted(replyWith(200, presentStatement(found)));
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
      operation: 'listPointStatementLines',
      method: 'GET',
      path: '/v1/point-statements/:statement_id/lines',
      summary: 'Its lines in order: each with the event, the rules and the figures that it comes from',
      effect: 'read',
      query: contract.lineListQuery,
      answers: { 200: { description: 'A page', body: pageSchema(contract.lineSchema) } },
      handle: async ({ db, owner, params, query }) => {
        const parts = query.cursor === undefined ? [0] : decodeCursor(query.cursor, ['number']);
        if (parts === undefined) return refused('invalid_request', BAD_CURSOR);
        const filter = {
          organisationId: owner,
          statementId: params.statementId,
          pointId: query.pointId,
        };
        const found = await pageLines(db, filter, Number(parts[0]), query.limit + 1);
        const data = found.slice(0, query.limit);
        const last = data.at(-1);
        const more =
          found.length > query.limit && last !== undefined
            ? { nextCursor: encodeCursor([last.sequence]) }
            : {};
        return accepted(replyWith(200, { data: data.map(presentLine), ...more }));
      },
    }),
    readRoute({
      ...one,
      operation: 'readPointStatementRules',
      method: 'GET',
      path: '/v1/point-statements/:statement_id/rules',
      summary: 'The rules that its lines name, so that everybody can work it out again',
      description:
        'network/commissions/README.md says in words how an amount follows from them; `postroad point statement ID --verify` does it.',
      effect: 'read',
      answers: { 200: { description: 'Each version once', body: contract.rulesSchema } },
      handle: async ({ db, owner, params }) => {
        const data = [];
        for (const versionId of await listRuleVersions(db, owner, params.statementId)) {
          const version = { organisationId: NETWORK, versionId: versionId as RulebookVersionId } as const;
          const document =
            versionId === SHIPPED_VERSION
              ? DEFAULT_POINT_COMMISSION
              : await documentOf(db, POINT_COMMISSION_KIND, version);
          data.push({ versionId, document: documentFor(document, owner) });
        }
        return accepted(replyWith(200, { data }));
      },
    }),
  ];
}

function sumRoutes(): readonly Route[] {
  return [
    readRoute({
      ...one,
      operation: 'listPointStatementOutlets',
      method: 'GET',
      path: '/v1/point-statements/:statement_id/outlets',
      summary: 'What it says of each outlet, and which part of that is the outlet’s own',
      effect: 'read',
      query: pageQuerySchema,
      answers: { 200: { description: 'A page', body: pageSchema(contract.outletSchema) } },
      handle: async ({ db, params, query }) => {
        const after = afterId(query.cursor);
        if (!after.ok) return after;
        const statement = await findStatement(db, params.statementId);
        if (statement === undefined) return refused('not_found', '');
        const { currency } = statement;
        const found = await pageOutletSums(db, statement, after.value, query.limit + 1);
        const outlets = found.map(({ amountMinor, outletMinor, ...sum }) => ({
          ...sum,
          amount: { amountMinor, currency },
          outletAmount: { amountMinor: outletMinor, currency },
        }));
        return accepted(replyWith(200, pageOf(outlets, query.limit)));
      },
    }),
    readRoute({
      operation: 'readPointEarnings',
      method: 'GET',
      path: '/v1/point-networks/:organisation_id/earnings',
      tag: TAG,
      summary: 'What waits for the next statement, of all outlets or of one',
      effect: 'read',
      params: contract.networkParams,
      resource: { kind: 'organisation', param: 'organisationId' },
      query: contract.earningsQuery,
      answers: { 200: { description: 'By currency', body: contract.earningsSchema } },
      handle: async ({ db, params, query }) => {
        const sums = await sumOpenLines(db, params.organisationId, query.pointId);
        const open = sums.map(({ currency, lines, amountMinor, outletMinor }) => ({
          currency,
          lines,
          amount: { amountMinor, currency },
          outletAmount: { amountMinor: outletMinor, currency },
        }));
        return accepted(replyWith(200, { open }));
      },
    }),
  ];
}

function paymentRoutes(): readonly Route[] {
  return [
    writeRoute({
      ...one,
      operation: 'payPointStatement',
      method: 'POST',
      path: '/v1/point-statements/:statement_id/payment',
      summary: 'Record that the bank paid it out, with the bank’s reference',
      effect: 'write',
      body: contract.paymentSchema,
      answers: { 200: { description: 'Paid', body: contract.statementSchema } },
      refusals: ['statement_not_payable', 'payout_settled', 'bank_reference_used'],
      handle: async ({ work, owner, params, body }) => {
        const command = { statementId: params.statementId, ...body };
        const outcome = await payStatement(work, owner as OrganisationId, command);
        return outcome.ok ? accepted(replyWith(200, presentStatement(outcome.value))) : outcome;
      },
    }),
  ];
}
