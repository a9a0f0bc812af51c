import type { Queryable } from '../../platform/db/index.ts';
import { type Route, replyWith } from '../../platform/http/index.ts';
import { afterId, type Principal, pageOf, pageSchema, readRoute, writeRoute } from '../accounts/index.ts';
import { accepted, type OrganisationId, type Outcome, refused } from '../kernel/index.ts';
import type { Vault } from '../vault/index.ts';
import * as contract from './contract.ts';
import { findDeduction, pageDeductions } from './deduction-store.ts';
import { actOnDeduction, imposeDeduction } from './deductions.ts';
import type { Deduction } from './model.ts';
import { presentDeduction, presentSummary } from './views.ts';

const TAG = 'point-deductions';
const one = {
  tag: TAG,
  params: contract.deductionParams,
  resource: { kind: 'point_deduction', param: 'deductionId' },
} as const;
const answers = { 200: { description: 'The deduction', body: contract.deductionSchema } };

export function deductionRoutes(vault: Vault): readonly Route[] {
  return [...readRoutes(vault), ...imposeRoutes(vault), ...appealRoutes(vault)];
}

/** The person, so that two keys of one person are not two people; a program is its key. */
function callerId(caller: Principal): string {
  return caller.personId ?? caller.id;
}

async function answer(db: Queryable, vault: Vault, outcome: Outcome<Deduction>, status = 200) {
  return outcome.ok ? accepted(replyWith(status, await presentDeduction(db, vault, outcome.value))) : outcome;
}

function readRoutes(vault: Vault): readonly Route[] {
  return [
    readRoute({
      operation: 'listPointDeductions',
      method: 'GET',
      path: '/v1/point-deductions',
      tag: TAG,
      summary: 'Deductions, newest first: your own, all for the network staff',
      effect: 'read',
      query: contract.deductionListQuery,
      answers: { 200: { description: 'A page', body: pageSchema(contract.deductionSummarySchema) } },
      handle: async ({ db, caller, relation, query }) => {
        const { cursor, limit, ...filter } = query;
        const before = afterId(cursor);
        if (!before.ok) return before;
        const organisationId = relation === 'any' ? filter.organisationId : caller.organisationId;
        const found = await pageDeductions(db, { ...filter, organisationId }, before.value, limit + 1);
        return accepted(replyWith(200, pageOf(found.map(presentSummary), limit)));
      },
    }),
    readRoute({
      ...one,
      operation: 'readPointDeduction',
      method: 'GET',
      path: '/v1/point-deductions/:deduction_id',
      summary: 'One deduction with its evidence, appeal and decision',
      effect: 'read',
      answers,
      handle: async ({ db, params }) => {
        const found = await findDeduction(db, params.deductionId);
        return answer(db, vault, found === undefined ? refused('not_found', '') : accepted(found));
      },
    }),
  ];
}

function imposeRoutes(vault: Vault): readonly Route[] {
  return [
    writeRoute({
      operation: 'imposePointDeduction',
      method: 'POST',
      path: '/v1/point-deductions',
      tag: TAG,
      summary: 'Deduct from a point network for a reason, with evidence; the amount follows from the rules',
      effect: 'write',
      body: contract.imposeSchema,
      answers: { 201: { description: 'Deducted', body: contract.deductionSchema } },
      refusals: ['deduction_point_unknown', 'deduction_repeated', 'deduction_in_future'],
      handle: async ({ work, caller, body }) => {
        const outcome = await imposeDeduction(work, vault, { ...body, imposedBy: callerId(caller) });
        return answer(work.db, vault, outcome, 201);
      },
    }),
  ];
}

function appealRoutes(vault: Vault): readonly Route[] {
  return [
    writeRoute({
      ...one,
      operation: 'appealPointDeduction',
      method: 'POST',
      path: '/v1/point-deductions/:deduction_id/appeal',
      summary: 'Say why it is wrong: once, until appeal_until',
      effect: 'write',
      body: contract.appealSchema,
      answers,
      refusals: ['deduction_state_conflict', 'deduction_appeal_over'],
      handle: async ({ work, owner, caller, params, body }) => {
        const ref = { organisationId: owner as OrganisationId, id: params.deductionId };
        const said = { command: { kind: 'appeal' }, text: body.text, byCaller: callerId(caller) } as const;
        return answer(work.db, vault, await actOnDeduction(work, vault, ref, said));
      },
    }),
    writeRoute({
      ...one,
      operation: 'decidePointDeduction',
      method: 'POST',
      path: '/v1/point-deductions/:deduction_id/decision',
      summary: 'Decide an appeal: overturned gives all of it back, upheld nothing',
      effect: 'write',
      body: contract.decisionSchema,
      answers,
      refusals: ['deduction_state_conflict'],
      handle: async ({ work, owner, caller, params, body: { decision, text } }) => {
        const ref = { organisationId: owner as OrganisationId, id: params.deductionId };
        const said = { command: { kind: 'decide', decision }, text, byCaller: callerId(caller) } as const;
        return answer(work.db, vault, await actOnDeduction(work, vault, ref, said));
      },
    }),
  ];
}
