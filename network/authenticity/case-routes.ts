import { z } from 'zod';
import type { Queryable } from '../../platform/db/index.ts';
import { type Route, replyWith } from '../../platform/http/index.ts';
import { type Principal, writeRoute } from '../accounts/index.ts';
import { IMAGE_LIMIT_BYTES, IMAGE_TYPES } from '../deliveries/index.ts';
import { accepted, type OrganisationId, type Outcome, refused } from '../kernel/index.ts';
import * as contract from './contract.ts';
import type { Decider } from './decide.ts';
import { act } from './handle.ts';
import type { RuleName, Verification, VerificationId } from './model.ts';
import { listPictureIds } from './picture-store.ts';
import { keepPicture } from './pictures.ts';
import type { AuthenticityPorts } from './ports.ts';
import { keepStatement } from './statements.ts';
import { presentVerification } from './views.ts';

const TAG = 'verifications';
const params = contract.verificationParams;
const resource = { kind: 'verification', param: 'verificationId' } as const;
const answers = { 200: { description: 'The verification', body: contract.verificationSchema } };

export function caseRoutes(ports: AuthenticityPorts): readonly Route[] {
  return [...merchantRoutes(ports), ...judgeRoutes(ports)];
}

type Acting = { readonly db: Queryable; readonly relation: string };

async function answer(ports: AuthenticityPorts, { db, relation }: Acting, outcome: Outcome<Verification>) {
  if (!outcome.ok) return outcome;
  return accepted(replyWith(200, await presentVerification(db, ports.vault, outcome.value, relation)));
}

function refOf(owner: string, verificationId: string) {
  return { organisationId: owner as OrganisationId, id: verificationId as VerificationId };
}

/** The person, so that two keys of one person are not two people; a program is its key. */
function callerId(caller: Principal): string {
  return caller.personId ?? caller.id;
}

function deciderOf(caller: Principal): Decider {
  const judge = caller.organisationKind === 'marketplace' ? 'marketplace' : 'operator';
  return { judge, id: callerId(caller) };
}

function rulesAgainst(one: Verification): RuleName[] {
  return one.assessment.findings.map((finding) => finding.rule);
}

function merchantRoutes(ports: AuthenticityPorts): readonly Route[] {
  return [
    writeRoute({
      operation: 'addVerificationPicture',
      method: 'POST',
      path: '/v1/verifications/:verification_id/pictures',
      tag: TAG,
      summary: 'A picture for a proof: JPEG or PNG, up to 2 MiB, sealed at once',
      effect: 'write',
      params,
      resource,
      consumes: IMAGE_TYPES,
      bodyLimitBytes: IMAGE_LIMIT_BYTES,
      body: z.instanceof(Uint8Array),
      answers: { 201: { description: 'Name its id in a proof', body: contract.pictureSchema } },
      refusals: ['picture_unreadable', 'proof_limit_reached'],
      handle: async ({ work, owner, caller, params: { verificationId }, body }) => {
        const given = { bytes: body, byCaller: callerId(caller) };
        const kept = await keepPicture(work, ports.vault, refOf(owner, verificationId), given);
        return kept.ok ? accepted(replyWith(201, kept.value)) : kept;
      },
    }),
    writeRoute({
      operation: 'addVerificationProof',
      method: 'POST',
      path: '/v1/verifications/:verification_id/proofs',
      tag: TAG,
      summary: 'Say why the number is genuine, while the case is suspected or under review',
      effect: 'write',
      params,
      resource,
      body: contract.proofBodySchema,
      answers,
      refusals: [
        'verification_state_conflict',
        'proof_window_over',
        'proof_limit_reached',
        'picture_unknown',
      ],
      handle: async (call) => {
        const { work, owner, caller, body } = call;
        const ref = refOf(owner, call.params.verificationId);
        const known = await listPictureIds(work.db, ref, body.pictureIds);
        if (body.pictureIds.some((id) => !known.has(id))) return refused('picture_unknown', '');
        const byCaller = callerId(caller);
        const by = { judge: undefined, callerId: byCaller };
        const outcome = await act(work, ports, ref, by, () => ({ kind: 'give_proof' }));
        if (outcome.ok) await keepStatement(work, ports.vault, ref, { ...body, kind: 'proof', byCaller });
        return answer(ports, call, outcome);
      },
    }),
    writeRoute({
      operation: 'appealVerification',
      method: 'POST',
      path: '/v1/verifications/:verification_id/appeal',
      tag: TAG,
      summary: 'Appeal a penalty, once, within three working days',
      effect: 'write',
      params,
      resource,
      body: contract.appealBodySchema,
      answers,
      refusals: ['verification_state_conflict', 'appeal_window_over'],
      handle: async (call) => {
        const { work, owner, caller, body } = call;
        const ref = refOf(owner, call.params.verificationId);
        const byCaller = callerId(caller);
        const by = { judge: undefined, callerId: byCaller };
        const outcome = await act(work, ports, ref, by, () => ({ kind: 'appeal' }));
        const said = { kind: 'appeal', text: body.text, pictureIds: [], byCaller } as const;
        if (outcome.ok) await keepStatement(work, ports.vault, ref, said);
        return answer(ports, call, outcome);
      },
    }),
  ];
}

function judgeRoutes(ports: AuthenticityPorts): readonly Route[] {
  return [
    writeRoute({
      operation: 'decideVerification',
      method: 'POST',
      path: '/v1/verifications/:verification_id/decision',
      tag: TAG,
      summary:
        'Clear the merchant, or confirm false tracking and impose its points; a confirmed case is taken back',
      effect: 'write',
      params,
      resource,
      body: contract.decisionBodySchema,
      answers,
      refusals: ['verification_state_conflict'],
      handle: async (call) => {
        const { work, owner, caller, body } = call;
        const by = deciderOf(caller);
        const stepBy = { judge: by.judge, callerId: by.id, reason: body.reason };
        const outcome = await act(work, ports, refOf(owner, call.params.verificationId), stepBy, (before) =>
          body.outcome === 'cleared'
            ? { kind: 'clear', by, rules: rulesAgainst(before) }
            : { kind: 'confirm', by, level: body.level },
        );
        return answer(ports, call, outcome);
      },
    }),
    writeRoute({
      operation: 'decideVerificationAppeal',
      method: 'POST',
      path: '/v1/verifications/:verification_id/appeal-decision',
      tag: TAG,
      summary: 'Uphold a penalty or revoke it: by another person; what a marketplace decided, by the network',
      effect: 'write',
      params,
      resource,
      body: contract.appealDecisionBodySchema,
      answers,
      refusals: ['verification_state_conflict', 'decided_by_you'],
      handle: async (call) => {
        const { work, owner, caller, body } = call;
        const by = deciderOf(caller);
        const stepBy = { judge: by.judge, callerId: by.id, reason: body.reason };
        const outcome = await act(
          work,
          ports,
          refOf(owner, call.params.verificationId),
          stepBy,
          (before) => ({
            kind: 'decide_appeal',
            by,
            upheld: body.outcome === 'upheld',
            rules: rulesAgainst(before),
          }),
        );
        return answer(ports, call, outcome);
      },
    }),
  ];
}
