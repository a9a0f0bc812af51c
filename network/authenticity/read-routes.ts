import { decodeCursor, encodeCursor, type Route, replyWith } from '../../platform/http/index.ts';
import {
  findOrganisation,
  openRoute,
  ownerRelations,
  type Principal,
  pageSchema,
  readRoute,
} from '../accounts/index.ts';
import { accepted, refused } from '../kernel/index.ts';
import * as contract from './contract.ts';
import { rulesInForce } from './handle.ts';
import { listPenalties, standingPenalties } from './penalty-store.ts';
import { findPicture } from './picture-store.ts';
import type { AuthenticityPorts } from './ports.ts';
import { suspendedUntil } from './restriction.policy.ts';
import { findVerification, listVerifications, type VerificationViewer } from './store.ts';
import { presentSummary, presentVerification } from './views.ts';

const TAG = 'verifications';
const params = contract.verificationParams;
const resource = { kind: 'verification', param: 'verificationId' } as const;

export function verificationReadRoutes(ports: AuthenticityPorts): readonly Route[] {
  return [listRoute(), readOneRoute(ports), pictureRoute(ports), pointsRoute(ports)];
}

function viewerOf(caller: Principal, relation: string): VerificationViewer {
  if (relation === 'any') return 'network';
  return caller.organisationKind === 'marketplace'
    ? { marketplace: caller.organisationId }
    : { merchant: caller.organisationId };
}

function listRoute(): Route {
  return readRoute({
    operation: 'listVerifications',
    method: 'GET',
    path: '/v1/verifications',
    tag: TAG,
    summary: 'Verifications of declared numbers, newest first: yours, or those of your merchants',
    effect: 'read',
    query: contract.verificationListQuery,
    answers: { 200: { description: 'A page', body: pageSchema(contract.verificationSummarySchema) } },
    handle: async ({ db, caller, query, relation }) => {
      const before = query.cursor === undefined ? undefined : decodeCursor(query.cursor, ['string']);
      if (query.cursor !== undefined && before === undefined)
        return refused('invalid_request', 'cursor: take it from next_cursor of the page before.');
      const { limit, cursor: _cursor, state, externalShipmentId, organisationId } = query;
      const found = await listVerifications(
        db,
        viewerOf(caller, relation),
        {
          state,
          externalShipmentId,
          organisationId,
          before: before === undefined ? undefined : String(before[0]),
        },
        limit + 1,
      );
      const page = found.slice(0, limit);
      const data = page.map((one) => presentSummary(one, relation));
      const last = page.at(-1);
      const more = found.length > limit && last !== undefined ? { nextCursor: encodeCursor([last.id]) } : {};
      return accepted(replyWith(200, { data, ...more }));
    },
  });
}

function readOneRoute(ports: AuthenticityPorts): Route {
  return readRoute({
    operation: 'readVerification',
    method: 'GET',
    path: '/v1/verifications/:verification_id',
    tag: TAG,
    summary:
      'One verification: what speaks against the number and for it, its clocks, what was said and decided',
    effect: 'read',
    params,
    resource,
    answers: { 200: { description: 'The verification', body: contract.verificationSchema } },
    handle: async ({ db, params: { verificationId }, relation }) => {
      const one = await findVerification(db, verificationId);
      if (one === undefined) return refused('not_found', '');
      return accepted(replyWith(200, await presentVerification(db, ports.vault, one, relation)));
    },
  });
}

function pictureRoute(ports: AuthenticityPorts): Route {
  return openRoute({
    operation: 'readVerificationPicture',
    method: 'GET',
    path: '/v1/verifications/:verification_id/pictures/:picture_id',
    tag: TAG,
    summary: 'A picture that the merchant gave as a proof',
    effect: 'own',
    params: contract.pictureParams,
    resource,
    answers: { 200: { description: 'The bytes', contentType: 'image/jpeg' } },
    handle: ({ world, owner, params: { verificationId, pictureId } }) =>
      world.read({ organisationId: owner }, async (db) => {
        const one = await findVerification(db, verificationId);
        const picture = one === undefined ? undefined : await findPicture(db, one, pictureId);
        if (one === undefined || picture === undefined) return refused('not_found', '');
        const sealed = { organisationId: one.organisationId, name: picture.id, sealed: picture.sealedBytes };
        return accepted({
          kind: 'bytes' as const,
          status: 200,
          contentType: picture.contentType,
          bytes: await ports.vault.openBlob(db, sealed),
          headers: {
            'content-disposition': `attachment; filename="${picture.id}"`,
            'content-security-policy': "default-src 'none'; sandbox",
            'x-content-type-options': 'nosniff',
            'cache-control': 'private, no-store',
          },
        });
      }),
  });
}

/** Enough for a year of a merchant who is still allowed to sell. */
const LISTED_PENALTIES = 100;

function pointsRoute(ports: AuthenticityPorts): Route {
  return readRoute({
    operation: 'readPenaltyPoints',
    method: 'GET',
    path: '/v1/penalty-points',
    tag: TAG,
    summary: 'Penalty points of a merchant over the last 365 days',
    effect: 'read',
    query: contract.penaltyPointsQuery,
    answers: { 200: { description: 'The points', body: contract.penaltyPointsSchema } },
    refusals: ['organisation_unknown'],
    handle: async ({ db, caller, query, relation, now }) => {
      const organisationId = query.organisationId ?? caller.organisationId;
      const organisation = await findOrganisation(db, organisationId);
      const mayRead =
        organisation !== undefined &&
        (relation === 'any' ||
          ownerRelations({ organisationId, clientPlatformId: organisation.clientPlatformId }, caller).length >
            0);
      if (!mayRead) return refused('organisation_unknown', '');
      const [standing, penalties] = [
        await standingPenalties(db, organisationId, now),
        await listPenalties(db, organisationId, now, LISTED_PENALTIES),
      ];
      const rules = await rulesInForce(db, ports.rulebook, organisation.clientPlatformId, now);
      const until = suspendedUntil(standing, rules.document);
      return accepted(
        replyWith(200, {
          ...{ organisationId, points: standing.points, penalties },
          ...(until === undefined || until <= now ? {} : { suspendedUntil: until }),
        }),
      );
    },
  });
}
