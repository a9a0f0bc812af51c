import { createRateLimiter, type Route, replyWith } from '../../platform/http/index.ts';
import type { Work, World } from '../../platform/world/index.ts';
import { openRoute } from '../accounts/index.ts';
import { IMAGE_LIMIT_BYTES } from '../deliveries/index.ts';
import { accepted, type Outcome, refused } from '../kernel/index.ts';
import { findOrder } from '../orders/index.ts';
import { applyForReturn } from './apply.ts';
import { actForBuyer } from './buyer.ts';
import { presentOptions, ROUTE_REFUSALS } from './choice-routes.ts';
import { PORTAL } from './code-store.ts';
import { optionsSchema, pictureSchema, returnSchema } from './contract.ts';
import type { ReturnCase } from './model.ts';
import { keepPicture } from './pictures.ts';
import {
  BUYER,
  linkOf,
  type OrderLink,
  openPortal,
  ownReturn,
  type PortalLimits,
  presentPortal,
} from './portal.ts';
import * as contract from './portal-contract.ts';
import type { ReturnPorts } from './ports.ts';
import { chooseRoute, doorOptions, pointOptions } from './route-choice.ts';
import { APPLICATION_REFUSALS } from './seller-routes.ts';
import { presentReturn } from './views.ts';

const TAG = 'return portal';
const worldOf = ({ body }: { readonly body: Uint8Array }) => PORTAL.worldOf(body);
const shared = { method: 'POST', tag: TAG, effect: 'own', worldOf } as const;
const answers = { 200: { description: 'The return', body: returnSchema } };
const NOT_FOUND = 'return_order_not_found';

/** What a buyer does without an account: an order number and his e-mail or phone open his order's returns for a while. */
export function portalRoutes(ports: ReturnPorts): readonly Route[] {
  const limits: PortalLimits = {
    perOrderAndAddress: createRateLimiter({ perMinute: 5, burst: 10 }),
    perAddress: createRateLimiter({ perMinute: 10, burst: 60 }),
    perOrder: createRateLimiter({ perMinute: 0.2, burst: 30 }),
  };
  return [...openingRoutes(ports, limits), ...applyingRoutes(ports), ...actingRoutes(ports)];
}

function openingRoutes(ports: ReturnPorts, limits: PortalLimits): readonly Route[] {
  return [
    openRoute({
      ...shared,
      operation: 'openReturnPortal',
      path: '/v1/return-portal',
      summary: 'Begin with the order number and the e-mail address or the last four digits of the phone',
      body: contract.openPortalSchema,
      answers: { 200: { description: 'A token for this order', body: contract.openedPortalSchema } },
      refusals: [NOT_FOUND],
      handle: async ({ world, body, remoteAddress }) => {
        const opened = await openPortal(world, ports, limits, body, remoteAddress);
        return opened.ok ? accepted(replyWith(200, opened.value)) : opened;
      },
    }),
    openRoute({
      ...shared,
      operation: 'readReturnPortal',
      path: '/v1/return-portal/order',
      summary: 'The order, what of it can be returned and why, and its returns with codes',
      body: contract.portalSchema,
      answers: { 200: { description: 'The buyer\u2019s view', body: contract.portalViewSchema } },
      refusals: [NOT_FOUND],
      handle: async ({ world, body }) => {
        const link = await linkOf(world, body.token);
        if (!link.ok) return link;
        const { organisationId } = link.value;
        const view = await world.read({ organisationId }, (db, now) =>
          presentPortal({ db, now }, ports, link.value),
        );
        return view === undefined ? refused(NOT_FOUND, '') : accepted(replyWith(200, view));
      },
    }),
  ];
}

/** Acts in the name of the merchant, whose the order is, and answers the return as its buyer sees it. */
async function within(
  world: World,
  ports: ReturnPorts,
  token: string,
  body: (work: Work, link: OrderLink) => Promise<Outcome<ReturnCase>>,
) {
  const link = await linkOf(world, token);
  if (!link.ok) return link;
  const { organisationId } = link.value;
  return world.command({ organisationId }, async (work) => {
    const outcome = await body(work, link.value);
    if (!outcome.ok) return outcome;
    return accepted(replyWith(200, await presentReturn(work, ports, outcome.value, 'buyer')));
  });
}

function applyingRoutes(ports: ReturnPorts): readonly Route[] {
  return [
    openRoute({
      ...shared,
      operation: 'applyInReturnPortal',
      path: '/v1/return-portal/returns',
      summary: 'Apply for a return; the same object_id again is the same return',
      body: contract.portalApplySchema,
      answers,
      refusals: [NOT_FOUND, ...APPLICATION_REFUSALS],
      handle: ({ world, body }) =>
        within(world, ports, body.token, async (work, { orderId }) => {
          const order = await findOrder(work.db, orderId);
          return order === undefined
            ? refused(NOT_FOUND, '')
            : applyForReturn(work, ports, order, BUYER, body.application);
        }),
    }),
    openRoute({
      ...shared,
      operation: 'addPortalPicture',
      path: '/v1/return-portal/pictures',
      summary: 'A picture for an application; sealed at once',
      body: contract.portalPictureSchema,
      bodyLimitBytes: 3 * 1024 * 1024,
      answers: { 201: { description: 'Name its id in the application', body: pictureSchema } },
      refusals: [NOT_FOUND, 'return_picture_unreadable', 'return_picture_limit'],
      handle: async ({ world, body }) => {
        const link = await linkOf(world, body.token);
        if (!link.ok) return link;
        const bytes = Buffer.from(body.picture, 'base64');
        if (bytes.length > IMAGE_LIMIT_BYTES) return refused('return_picture_unreadable', '');
        const { organisationId } = link.value;
        return world.command({ organisationId }, async (work) => {
          const kept = await keepPicture(work, ports.vault, link.value, BUYER, bytes);
          return kept.ok ? accepted(replyWith(201, kept.value)) : kept;
        });
      },
    }),
  ];
}

function actingRoutes(ports: ReturnPorts): readonly Route[] {
  return [
    openRoute({
      ...shared,
      operation: 'listPortalOptions',
      path: '/v1/return-portal/options',
      summary: 'Points near the buyer that take the goods, best first, and windows of couriers',
      body: contract.portalOptionsSchema,
      answers: { 200: { description: 'Options', body: optionsSchema } },
      refusals: [NOT_FOUND],
      handle: async ({ world, body }) => {
        const link = await linkOf(world, body.token);
        if (!link.ok) return link;
        const { organisationId } = link.value;
        return world.command({ organisationId }, async (work) => {
          const one = await ownReturn(work.db, link.value, body.returnId);
          if (one === undefined) return refused(NOT_FOUND, '');
          const points = await pointOptions(work, ports, one, body.where);
          const doors = await doorOptions(work, ports, one);
          return accepted(replyWith(200, presentOptions(one, points, doors)));
        });
      },
    }),
    openRoute({
      ...shared,
      operation: 'routeInReturnPortal',
      path: '/v1/return-portal/route',
      summary: 'Choose how the goods go back',
      body: contract.portalRouteSchema,
      answers,
      refusals: [NOT_FOUND, ...ROUTE_REFUSALS],
      handle: ({ world, body }) =>
        within(world, ports, body.token, async (work, link) => {
          const one = await ownReturn(work.db, link, body.returnId);
          if (one === undefined) return refused(NOT_FOUND, '');
          return chooseRoute(work, ports, one, BUYER, body.route);
        }),
    }),
    openRoute({
      ...shared,
      operation: 'actInReturnPortal',
      path: '/v1/return-portal/actions',
      summary: 'Withdraw, call the platform, give a number, accept, amend, confirm',
      body: contract.portalActionSchema,
      answers,
      refusals: [NOT_FOUND, 'return_state_conflict'],
      handle: ({ world, body }) =>
        within(world, ports, body.token, async (work, link) => {
          const one = await ownReturn(work.db, link, body.returnId);
          if (one === undefined) return refused(NOT_FOUND, '');
          return actForBuyer(work, ports, one, BUYER, body.act);
        }),
    }),
  ];
}
