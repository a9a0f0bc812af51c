import { encodeCursor, type Route, replyWith } from '../../platform/http/index.ts';
import {
  afterId,
  ownerRelations,
  pageOf,
  pageQuerySchema,
  pageSchema,
  type RelationFinder,
  readRoute,
  writeRoute,
} from '../accounts/index.ts';
import { accepted, type Money, refused } from '../kernel/index.ts';
import type { LineCatalogue } from '../lines/index.ts';
import * as contract from './contract.ts';
import { endProgramme, openProgramme } from './handle.ts';
import type { Programme } from './model.ts';
import { findProgramme, listProgrammes, listUses } from './store.ts';

const TAG = 'programmes';
const params = contract.programmeParams;
const resource = { kind: 'programme', param: 'programmeId' } as const;

export const programmeRelations: Readonly<Record<string, RelationFinder>> = {
  programme: async (db, id, caller) => {
    const found = await findProgramme(db, id);
    return found === undefined
      ? undefined
      : {
          owner: found.organisationId,
          relations: ownerRelations({ organisationId: found.organisationId }, caller),
        };
  },
};

export function programmeRoutes(lines: LineCatalogue): readonly Route[] {
  return [...writeRoutes(lines), ...readRoutes(), usesRoute()];
}

function writeRoutes(lines: LineCatalogue): readonly Route[] {
  return [
    writeRoute({
      operation: 'createProgramme',
      method: 'POST',
      path: '/v1/programmes',
      tag: TAG,
      summary: 'Open a programme that pays freight for your merchants',
      effect: 'write',
      body: contract.openProgrammeSchema,
      answers: { 201: { description: 'Opened', body: contract.programmeSchema } },
      refusals: ['programme_invalid'],
      handle: async ({ work, caller, body }) => {
        const { budget, maxPerParcel, validFrom, validTo, ...rest } = body;
        const outcome = await openProgramme(work, caller, lines, {
          ...rest,
          currency: budget.currency,
          budgetMinor: budget.amountMinor,
          maxPerParcelMinor: maxPerParcel?.amountMinor,
          validFrom,
          validTo,
        });
        return outcome.ok ? accepted(replyWith(201, programmeView(outcome.value, true))) : outcome;
      },
    }),
    writeRoute({
      operation: 'endProgramme',
      method: 'POST',
      path: '/v1/programmes/:programme_id/end',
      tag: TAG,
      summary: 'End a programme; what it promised stays promised',
      effect: 'write',
      params,
      resource,
      body: contract.endProgrammeSchema,
      answers: { 200: { description: 'Ended, or to be', body: contract.programmeSchema } },
      refusals: ['programme_ended', 'programme_invalid'],
      handle: async ({ work, params, body }) => {
        const outcome = await endProgramme(work, params.programmeId, body.at);
        return outcome.ok ? accepted(replyWith(200, programmeView(outcome.value, true))) : outcome;
      },
    }),
  ];
}

function readRoutes(): readonly Route[] {
  return [
    readRoute({
      operation: 'listProgrammes',
      method: 'GET',
      path: '/v1/programmes',
      tag: TAG,
      summary: 'Your programmes; for a merchant those of its marketplace that pay now',
      effect: 'read',
      query: pageQuerySchema,
      answers: { 200: { description: 'A page', body: pageSchema(contract.programmeSchema) } },
      handle: async ({ db, actFor, caller, now, relation, query }) => {
        const after = afterId(query.cursor);
        if (!after.ok) return after;
        const isMerchant = caller.organisationKind === 'merchant';
        const owner = isMerchant ? caller.clientPlatformId : caller.organisationId;
        if (owner === undefined) return accepted(replyWith(200, { data: [] }));
        if (isMerchant) await actFor({ organisationId: owner });
        const whose = relation === 'any' ? 'all' : owner;
        const found = await listProgrammes(
          db,
          whose,
          isMerchant ? now : undefined,
          after.value,
          query.limit + 1,
        );
        const page = pageOf(found, query.limit);
        return accepted(
          replyWith(200, { ...page, data: page.data.map((entry) => programmeView(entry, !isMerchant)) }),
        );
      },
    }),
    readRoute({
      operation: 'readProgramme',
      method: 'GET',
      path: '/v1/programmes/:programme_id',
      tag: TAG,
      summary: 'One programme with what is left of its budget',
      effect: 'read',
      params,
      resource,
      answers: { 200: { description: 'The programme', body: contract.programmeSchema } },
      handle: async ({ db, params }) => {
        const found = await findProgramme(db, params.programmeId);
        return found === undefined
          ? refused('not_found', '')
          : accepted(replyWith(200, programmeView(found, true)));
      },
    }),
  ];
}

function usesRoute(): Route {
  return readRoute({
    operation: 'listProgrammeUses',
    method: 'GET',
    path: '/v1/programmes/:programme_id/uses',
    tag: TAG,
    summary: 'Shipments that a programme pays for, and how much',
    effect: 'read',
    params,
    resource,
    query: pageQuerySchema,
    answers: { 200: { description: 'A page', body: pageSchema(contract.programmeUseSchema) } },
    handle: async ({ db, params, query }) => {
      const after = afterId(query.cursor);
      if (!after.ok) return after;
      const programme = await findProgramme(db, params.programmeId);
      if (programme === undefined) return refused('not_found', '');
      const uses = await listUses(db, params.programmeId, after.value, query.limit + 1);
      const page = uses.slice(0, query.limit);
      const last = page.at(-1);
      const data = page.map(({ reservedMinor, usedMinor, ...use }) => ({
        ...use,
        reserved: inCurrency(programme, reservedMinor),
        used: inCurrency(programme, usedMinor),
      }));
      return accepted(
        replyWith(
          200,
          uses.length > query.limit && last !== undefined
            ? { data, nextCursor: encodeCursor([last.shipmentId]) }
            : { data },
        ),
      );
    },
  });
}

function programmeView(programme: Programme, showsBudget: boolean) {
  const { budgetMinor, spentMinor, maxPerParcelMinor, ...open } = programme;
  return {
    ...open,
    maxPerParcel: maxPerParcelMinor === undefined ? undefined : inCurrency(programme, maxPerParcelMinor),
    ...(showsBudget
      ? { budget: inCurrency(programme, budgetMinor), spent: inCurrency(programme, spentMinor) }
      : {}),
  };
}

function inCurrency({ currency }: Programme, amountMinor: number): Money {
  return { amountMinor, currency };
}
