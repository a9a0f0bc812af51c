import { z } from 'zod';
import { type Route, replyWith } from '../../platform/http/index.ts';
import { openRoute, readRoute, writeRoute } from '../accounts/index.ts';
import { accepted, idSchema, type OrganisationId, type PointId, refused } from '../kernel/index.ts';
import * as contract from './contract.ts';
import { contractView, payDeposit, returnDeposit } from './deposit.ts';
import { insertDocument, listDocuments } from './document-store.ts';
import {
  DOCUMENT_LIMIT_BYTES,
  DOCUMENT_TYPES,
  openDocument,
  type PointPorts,
  prepareDocument,
} from './documents.ts';
import { agreeContract } from './handle.ts';
import { DOCUMENT_KINDS, ONBOARDING_STATES } from './model.ts';
import { findPoint } from './store.ts';

const TAG = 'points';
const network = {
  tag: TAG,
  params: contract.networkParams,
  resource: { kind: 'organisation', param: 'organisationId' },
} as const;
const outlet = {
  tag: TAG,
  params: contract.pointParams,
  resource: { kind: 'point', param: 'pointId' },
} as const;

/** What makes a partner of an applicant: contract, deposit and papers. */
export function onboardingRoutes(ports: PointPorts): readonly Route[] {
  return [...contractRoutes(), ...depositRoutes(), ...documentRoutes(ports)];
}

function contractRoutes(): readonly Route[] {
  const answers = { 200: { description: 'The contract', body: contract.contractSchema } };
  return [
    writeRoute({
      ...network,
      operation: 'agreePointContract',
      method: 'PUT',
      path: '/v1/point-networks/:organisation_id/contract',
      summary: 'Record the contract of a point network, one for all its outlets',
      description:
        'It is in force from valid_from on, once its deposit is there; outlets that waited then go on to training.',
      effect: 'write',
      body: contract.contractInputSchema,
      answers,
      refusals: ['point_dates_turned_round', 'point_network_unknown'],
      handle: async ({ work, caller, params, body, now }) => {
        const outcome = await agreeContract(work, caller.id, { ...params, ...body, changedAt: now });
        if (!outcome.ok) return outcome;
        return accepted(replyWith(200, await contractView(work.db, outcome.value)));
      },
    }),
    readRoute({
      ...network,
      operation: 'readPointContract',
      method: 'GET',
      path: '/v1/point-networks/:organisation_id/contract',
      summary: 'The contract of a point network, and what of its deposit is there',
      effect: 'read',
      answers,
      handle: async ({ db, params }) => {
        const view = await contractView(db, params.organisationId);
        return view === undefined ? refused('not_found', '') : accepted(replyWith(200, view));
      },
    }),
  ];
}

function depositRoutes(): readonly Route[] {
  return [
    writeRoute({
      ...network,
      operation: 'payPointDeposit',
      method: 'POST',
      path: '/v1/point-networks/:organisation_id/deposit',
      summary: 'Pay from your wallet what of the deposit is missing',
      effect: 'write',
      answers: { 200: { description: 'The contract', body: contract.contractSchema } },
      refusals: ['insufficient_funds', 'wallet_missing', 'point_deposit_not_due'],
      handle: async ({ work, caller, params }) => {
        const outcome = await payDeposit(work, caller.id, params.organisationId);
        return outcome.ok ? accepted(replyWith(200, outcome.value)) : outcome;
      },
    }),
    writeRoute({
      ...network,
      operation: 'returnPointDeposit',
      method: 'POST',
      path: '/v1/point-networks/:organisation_id/deposit-return',
      summary: 'Give the deposit back when every outlet has left, less deductions with their reasons',
      effect: 'write',
      body: contract.depositReturnSchema,
      answers: { 200: { description: 'What came back', body: contract.depositReturnedSchema } },
      refusals: ['point_network_still_open', 'deduction_exceeds_deposit'],
      handle: async ({ work, params, body }) => {
        const outcome = await returnDeposit(work, params.organisationId, body.deductions);
        return outcome.ok ? accepted(replyWith(200, { returned: outcome.value })) : outcome;
      },
    }),
  ];
}

function documentRoutes(ports: PointPorts): readonly Route[] {
  const documents = z.object({ data: z.array(contract.documentSchema) });
  return [
    writeRoute({
      ...outlet,
      operation: 'uploadPointDocument',
      method: 'POST',
      path: '/v1/points/:point_id/documents',
      summary:
        'Hand in a paper of an applying outlet: JPEG or PNG up to 2 MiB, PDF up to 5 MiB, sealed at once',
      effect: 'write',
      consumes: DOCUMENT_TYPES,
      bodyLimitBytes: DOCUMENT_LIMIT_BYTES,
      query: z.strictObject({ kind: z.enum(DOCUMENT_KINDS) }),
      body: z.instanceof(Uint8Array),
      answers: { 201: { description: 'Handed in', body: contract.documentSchema } },
      refusals: ['point_document_unreadable', 'point_state_conflict'],
      prepare: ({ world, owner, headers, body }) =>
        prepareDocument(world, owner, String(headers['content-type']).split(';')[0] ?? '', body, ports),
      handle: async ({ work, owner, caller, params, query, prepared }) => {
        const point = await findPoint(work.db, params.pointId);
        const isApplying = ONBOARDING_STATES.some((state) => state === point?.state);
        if (!isApplying) return refused('point_state_conflict', 'The point is past its application.');
        const document = {
          ...prepared,
          organisationId: owner as OrganisationId,
          pointId: params.pointId as PointId,
          kind: query.kind,
          byCaller: caller.id,
          recordedAt: work.now,
        };
        await insertDocument(work.db, document);
        return accepted(replyWith(201, documentView(document)));
      },
    }),
    readRoute({
      ...outlet,
      operation: 'listPointDocuments',
      method: 'GET',
      path: '/v1/points/:point_id/documents',
      summary: 'The papers of an outlet',
      effect: 'read',
      answers: { 200: { description: 'All of them, oldest first', body: documents } },
      handle: async ({ db, owner, params }) => {
        const found = await listDocuments(db, owner, params.pointId);
        return accepted(replyWith(200, { data: found.map(documentView) }));
      },
    }),
    openRoute({
      ...outlet,
      operation: 'readPointDocument',
      method: 'GET',
      path: '/v1/points/:point_id/documents/:document_id',
      summary: 'One paper',
      effect: 'own',
      params: contract.pointParams.extend({ documentId: idSchema('pdc') }),
      answers: { 200: { description: 'The bytes', contentType: 'application/pdf' } },
      handle: async ({ world, owner, params }) => {
        const outcome = await openDocument(world, owner, params, ports);
        if (!outcome.ok) return outcome;
        const { document, bytes } = outcome.value;
        return accepted({ kind: 'bytes' as const, status: 200, contentType: document.contentType, bytes });
      },
    }),
  ];
}

function documentView({
  blobKey: _key,
  sha256,
  byCaller: _by,
  organisationId: _owner,
  ...document
}: {
  readonly blobKey: string;
  readonly sha256: Uint8Array;
  readonly byCaller: string;
  readonly organisationId: string;
}) {
  return { ...document, sha256: Buffer.from(sha256).toString('hex') };
}
