import type { z } from 'zod';
import { type Route, replyWith } from '../../platform/http/index.ts';
import { afterId, pageOf, pageQuerySchema, pageSchema, readRoute, writeRoute } from '../accounts/index.ts';
import { accepted, type Instant, refused } from '../kernel/index.ts';
import * as contract from './contract.ts';
import { decideCarrier, recordPaper } from './handle.ts';
import { CARRIER_ERRORS, type CarrierCommand } from './model.ts';
import { CARRIERS, findCarrier } from './registry.ts';
import { sourceRoutes } from './source-routes.ts';
import { listDecisions, listPapers } from './store.ts';
import { decisionView, presentCarriers } from './views.ts';

const TAG = 'carriers';
const params = contract.carrierParams;

export function carrierRoutes(): readonly Route[] {
  return [...registryRoutes(), ...membershipRoutes(), ...paperRoutes(), ...sourceRoutes()];
}

function registryRoutes(): readonly Route[] {
  return [
    readRoute({
      operation: 'listCarriers',
      method: 'GET',
      path: '/v1/carriers',
      tag: TAG,
      summary: 'Every carrier that is known: what it can do here, its number formats and its standing',
      effect: 'read',
      query: contract.carrierListQuery,
      answers: { 200: { description: 'All of them', body: contract.carriersSchema } },
      handle: async ({ db, actFor, now, query }) => {
        await actFor('network');
        const wanted = CARRIERS.filter(
          (carrier) => query.orderIntake === undefined || carrier.orderIntake === query.orderIntake,
        );
        return accepted(replyWith(200, { data: await presentCarriers(db, wanted, now) }));
      },
    }),
    readRoute({
      operation: 'readCarrier',
      method: 'GET',
      path: '/v1/carriers/:carrier_code',
      tag: TAG,
      summary: 'One carrier',
      effect: 'read',
      params,
      answers: { 200: { description: 'The carrier', body: contract.carrierSchema } },
      handle: async ({ db, actFor, now, params }) => {
        const carrier = findCarrier(params.carrierCode);
        if (carrier === undefined) return refused('not_found', '');
        await actFor('network');
        const [view] = await presentCarriers(db, [carrier], now);
        return accepted(replyWith(200, view));
      },
    }),
  ];
}

function membershipRoutes(): readonly Route[] {
  return [
    writeRoute({
      operation: 'decideCarrier',
      method: 'POST',
      path: '/v1/carriers/:carrier_code/decisions',
      tag: TAG,
      summary: 'Decide about the membership of a carrier',
      description:
        'From applied over qualification and trial to active, and down again. Lines of a carrier that is suspended, eliminated or has left are not offered.',
      effect: 'write',
      params,
      body: contract.decisionSchema,
      answers: { 200: { description: 'The carrier as it stands now', body: contract.carrierSchema } },
      refusals: Object.keys(CARRIER_ERRORS),
      handle: async ({ work, caller, params, body }) => {
        const carrier = findCarrier(params.carrierCode);
        if (carrier === undefined) return refused('not_found', '');
        await work.actFor('network');
        const outcome = await decideCarrier(work, caller, carrier, commandOf(body, work.now));
        if (!outcome.ok) return outcome;
        const [view] = await presentCarriers(work.db, [carrier], work.now);
        return accepted(replyWith(200, view));
      },
    }),
    readRoute({
      operation: 'listCarrierDecisions',
      method: 'GET',
      path: '/v1/carriers/:carrier_code/decisions',
      tag: TAG,
      summary:
        'What was decided about a carrier, oldest first; a carrier reads what was decided about itself',
      effect: 'read',
      params,
      answers: { 200: { description: 'All decisions', body: contract.decisionsSchema } },
      handle: async ({ db, caller, relation, params }) => {
        if (!maySee(relation, caller.carrierCode, params.carrierCode)) return refused('not_found', '');
        const decisions = await listDecisions(db, params.carrierCode);
        return accepted(replyWith(200, { data: decisions.map(decisionView) }));
      },
    }),
  ];
}

function paperRoutes(): readonly Route[] {
  return [
    writeRoute({
      operation: 'recordCarrierPaper',
      method: 'POST',
      path: '/v1/carriers/:carrier_code/papers',
      tag: TAG,
      summary: 'Record a licence, contract or insurance of a carrier',
      effect: 'write',
      params,
      body: contract.paperInputSchema,
      answers: { 201: { description: 'Recorded', body: contract.paperSchema } },
      refusals: ['paper_dates_turned_round'],
      handle: async ({ work, caller, params, body }) => {
        if (findCarrier(params.carrierCode) === undefined) return refused('not_found', '');
        const { validTo, note, ...rest } = body;
        const outcome = await recordPaper(work, caller, {
          ...rest,
          carrierCode: params.carrierCode,
          validTo,
          note,
        });
        return outcome.ok ? accepted(replyWith(201, outcome.value)) : outcome;
      },
    }),
    readRoute({
      operation: 'listCarrierPapers',
      method: 'GET',
      path: '/v1/carriers/:carrier_code/papers',
      tag: TAG,
      summary: 'Licences, contracts and insurances of a carrier; a carrier reads its own',
      effect: 'read',
      params,
      query: pageQuerySchema,
      answers: { 200: { description: 'A page', body: pageSchema(contract.paperSchema) } },
      handle: async ({ db, caller, relation, params, query }) => {
        if (!maySee(relation, caller.carrierCode, params.carrierCode)) return refused('not_found', '');
        const after = afterId(query.cursor);
        if (!after.ok) return after;
        const papers = await listPapers(db, params.carrierCode, after.value, query.limit + 1);
        return accepted(replyWith(200, pageOf(papers, query.limit)));
      },
    }),
  ];
}

/** Papers and decisions are the network's and the carrier's own; a foreign code answers as one that does not exist. */
function maySee(relation: string, ownCode: string | undefined, code: string): boolean {
  return findCarrier(code) !== undefined && (relation === 'any' || ownCode === code);
}

type Decision = z.output<typeof contract.decisionSchema>;

const COMMANDS = {
  apply: 'ApplyCarrier',
  start_qualification: 'StartQualification',
  pass_qualification: 'PassQualification',
  start_trial: 'StartTrial',
  activate: 'ActivateCarrier',
  grade: 'GradeCarrier',
  warn: 'WarnCarrier',
  start_improvement: 'StartImprovement',
  restrict: 'RestrictCarrier',
  suspend: 'SuspendCarrier',
  reinstate: 'ReinstateCarrier',
  eliminate: 'EliminateCarrier',
  reapply: 'ReapplyCarrier',
  announce_exit: 'AnnounceExit',
  complete_exit: 'CompleteExit',
} as const satisfies Record<Decision['decision'], CarrierCommand['type']>;

function commandOf(body: Decision, at: Instant): CarrierCommand {
  const { decision, ...more } = body;
  // The contract pairs each decision with the fields of its command.
  return { type: COMMANDS[decision], at, ...more } as CarrierCommand;
}
