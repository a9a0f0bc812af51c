import { z } from 'zod';
import { decodeCursor, encodeCursor, type Route, replyWith } from '../../platform/http/index.ts';
import {
  ownerRelations,
  type Principal,
  pageSchema,
  type RelationFinder,
  readRoute,
  writeRoute,
} from '../accounts/index.ts';
import {
  accepted,
  idSchema,
  type OrganisationId,
  type Outcome,
  type Rejection,
  refused,
} from '../kernel/index.ts';
import { normaliseNumber } from '../numbers/index.ts';
import * as contract from './contract.ts';
import { correctShipment, type DeclareCommand, declareShipment, withdrawShipment } from './handle.ts';
import { importShipments } from './import.ts';
import type { ExternalShipment } from './model.ts';
import { findShipment, listShipments, type Viewer } from './store.ts';
import { presentShipments } from './views.ts';

const TAG = 'external shipments';
const params = z.strictObject({ externalShipmentId: idSchema('ext') });
const resource = { kind: 'external_shipment', param: 'externalShipmentId' } as const;
const answers = { 200: { description: 'The declaration', body: contract.externalShipmentSchema } };

export const externalRelations: Readonly<Record<string, RelationFinder>> = {
  external_shipment: async (db, id, caller) => {
    const found = await findShipment(db, id);
    return found === undefined
      ? undefined
      : { owner: found.organisationId, relations: ownerRelations(found, caller) };
  },
};

export function externalRoutes(): readonly Route[] {
  return [declareRoute(), importRoute(), ...readRoutes(), ...changeRoutes()];
}

function declareRoute(): Route {
  return writeRoute({
    operation: 'declareShipments',
    method: 'POST',
    path: '/v1/external-shipments',
    tag: TAG,
    summary: 'Declare up to 500 shipments that you made with carriers of your own choice',
    description:
      'For orders that no line of the network brings. Several numbers may bring one order (send_type part, the last one all), and one number several orders. The same order, carrier and number again is answered as existing, and refused as external_declared_otherwise when a detail that it states is another one: correct the declaration that stands. A number that a declaration of the order was corrected away from is refused as external_number_corrected, unless despite_correction says that it is meant. Each number is looked into: see the verifications.',
    effect: 'write',
    body: contract.declarationBatchSchema,
    answers: { 200: { description: 'Outcome by object_id', body: contract.declarationAnswerSchema } },
    handle: async ({ work, owner, body }) => {
      const results: Answered[] = [];
      for (const { objectId, shipment } of body.shipments) {
        const outcome = await declareShipment(work, owner as OrganisationId, commandOf(shipment));
        results.push(
          outcome.ok
            ? {
                objectId,
                outcome: outcome.value.isNew ? 'created' : 'existing',
                externalShipmentId: outcome.value.shipment.id,
              }
            : { objectId, outcome: 'refused', error: outcome.rejection },
        );
      }
      return accepted(replyWith(200, { ...countsOf(results), results }));
    },
  });
}

type Answered = {
  readonly objectId: string;
  readonly outcome: 'created' | 'existing' | 'refused';
  readonly externalShipmentId?: string;
  readonly error?: Rejection;
};

function commandOf({ orderReference, ...shipment }: contract.DeclarationInput): DeclareCommand {
  return { ...shipment, reference: orderReference };
}

function countsOf(results: readonly { readonly outcome: 'created' | 'existing' | 'refused' }[]) {
  const count = (of: string) => results.filter(({ outcome }) => outcome === of).length;
  return { created: count('created'), existing: count('existing'), refused: count('refused') };
}

function importRoute(): Route {
  return writeRoute({
    operation: 'importExternalShipments',
    method: 'POST',
    path: '/v1/external-shipments/import',
    tag: TAG,
    summary: 'Declare shipments from a CSV file of up to 5,000 rows',
    description:
      'Each row is answered by its line. The same file again declares nothing twice; a row with other details is refused as external_declared_otherwise, and one whose number was corrected since as external_number_corrected, which says to what.',
    effect: 'write',
    consumes: ['text/csv'],
    bodyLimitBytes: contract.MAX_FILE_BYTES,
    answers: { 200: { description: 'What became of each row', body: contract.externalImportAnswerSchema } },
    refusals: ['external_file_unreadable', 'external_file_too_large'],
    handle: async ({ work, owner, body }) => {
      const outcome = await importShipments(work, owner as OrganisationId, body as unknown as Uint8Array);
      if (!outcome.ok) return outcome;
      const results = outcome.value;
      return accepted(replyWith(200, { rows: results.length, ...countsOf(results), results }));
    },
  });
}

function readRoutes(): readonly Route[] {
  return [
    readRoute({
      operation: 'listExternalShipments',
      method: 'GET',
      path: '/v1/external-shipments',
      tag: TAG,
      summary: 'Declared shipments, newest first: yours, or those of your merchants',
      effect: 'read',
      query: contract.externalListQuery,
      answers: { 200: { description: 'A page', body: pageSchema(contract.externalShipmentSchema) } },
      handle: async ({ db, caller, query, relation }) => {
        const before = query.cursor === undefined ? undefined : decodeCursor(query.cursor, ['string']);
        if (query.cursor !== undefined && before === undefined)
          return refused('invalid_request', 'cursor: take it from next_cursor of the page before.');
        const { limit, state, orderId, since, verificationState } = query;
        const number = query.number === undefined ? undefined : (normaliseNumber(query.number) ?? '');
        const found = await listShipments(
          db,
          viewerOf(caller, relation),
          { state, orderId, since, number, verificationState },
          before === undefined ? undefined : String(before[0]),
          limit + 1,
        );
        const page = found.slice(0, limit);
        const data = await presentShipments(db, page);
        const last = page.at(-1);
        const isMore = found.length > limit && last !== undefined;
        return accepted(replyWith(200, isMore ? { data, nextCursor: encodeCursor([last.id]) } : { data }));
      },
    }),
    readRoute({
      operation: 'readExternalShipment',
      method: 'GET',
      path: '/v1/external-shipments/:external_shipment_id',
      tag: TAG,
      summary: 'One declared shipment with every number that was declared for it',
      effect: 'read',
      params,
      resource,
      answers,
      handle: async ({ db, params }) => {
        const found = await findShipment(db, params.externalShipmentId);
        if (found === undefined) return refused('not_found', '');
        const [view] = await presentShipments(db, [found]);
        return accepted(replyWith(200, view));
      },
    }),
  ];
}

function viewerOf(caller: Principal, relation: string): Viewer {
  if (relation === 'any') return 'network';
  return caller.organisationKind === 'marketplace'
    ? { marketplace: caller.organisationId }
    : { merchant: caller.organisationId };
}

function changeRoutes(): readonly Route[] {
  const answer = async (db: Parameters<typeof presentShipments>[0], outcome: Outcome<ExternalShipment>) => {
    if (!outcome.ok) return outcome;
    const [view] = await presentShipments(db, [outcome.value]);
    return accepted(replyWith(200, view));
  };
  return [
    writeRoute({
      operation: 'correctExternalShipment',
      method: 'PATCH',
      path: '/v1/external-shipments/:external_shipment_id',
      tag: TAG,
      summary: 'Correct a declaration; what was declared before stays in its history',
      description:
        'Carrier and number may be corrected 5 times. What is left out stays; a detail that is null is taken away (RFC 7396). external_shipment.modified tells what the details said before. While your declarations are suspended only one mistyped character or the wrong carrier can be put right, counted from what you declared first, and only until a carrier has seen the number or somebody has decided on it.',
      effect: 'write',
      params,
      resource,
      body: contract.correctionSchema,
      answers,
      refusals: [
        'external_state_conflict',
        'external_carrier_unknown',
        'external_number_unreadable',
        'external_correction_limit',
        'declarations_suspended',
      ],
      handle: async ({ work, db, owner, params, body }) =>
        answer(db, await correctShipment(work, owner as OrganisationId, params.externalShipmentId, body)),
    }),
    writeRoute({
      operation: 'withdrawExternalShipment',
      method: 'POST',
      path: '/v1/external-shipments/:external_shipment_id/withdrawal',
      tag: TAG,
      summary: 'Take a declaration back; its number is free again',
      effect: 'write',
      params,
      resource,
      body: contract.withdrawalSchema,
      answers,
      refusals: ['external_state_conflict'],
      handle: async ({ work, db, owner, params, body }) =>
        answer(
          db,
          await withdrawShipment(work, owner as OrganisationId, params.externalShipmentId, body.reason),
        ),
    }),
  ];
}
