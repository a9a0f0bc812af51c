import { createRateLimiter, type Route, replyWith } from '../../platform/http/index.ts';
import type { Work, World } from '../../platform/world/index.ts';
import { openRoute } from '../accounts/index.ts';
import { accepted, type Outcome, refused, withErrorsAt } from '../kernel/index.ts';
import { CHANGE_REFUSALS, HANDOVER_REFUSALS, ORDER_REFUSALS, optionsFor } from './app-routes.ts';
import { PORTAL } from './code-store.ts';
import { mailingSchema, optionsSchema, quoteSchema } from './contract.ts';
import { SENDER } from './handle.ts';
import type { Mailing } from './model.ts';
import { cancelMailing, chooseHandover, modifyMailing, placeMailing } from './place.ts';
import { enterOperator, mailingOf } from './portal.ts';
import * as contract from './portal-contract.ts';
import type { MailingPorts } from './ports.ts';
import { quoteMailing } from './quote.ts';
import { findMailing, type MailingRef } from './store.ts';
import { presentMailing, presentQuote } from './views.ts';

const worldOf = ({ body }: { readonly body: Uint8Array }) => PORTAL.worldOf(body);
const shared = { method: 'POST', tag: 'mailing portal', effect: 'own', worldOf } as const;
const answers = { 200: { description: 'The mailing', body: mailingSchema } };
const NOT_FOUND = 'mailing_not_found';

/** What a person does without an account: a quote needs nothing of him, an order opens his mailing by a token. */
export function portalRoutes(ports: MailingPorts): readonly Route[] {
  return [...askingRoutes(ports), orderingRoute(ports), ...ownRoutes(ports)];
}

function askingRoutes(ports: MailingPorts): readonly Route[] {
  // An address that asks all day is a program; it has the routes with a key. Our default.
  const perAddress = createRateLimiter({ perMinute: 60, burst: 120 });
  return [
    openRoute({
      ...shared,
      operation: 'quoteInMailingPortal',
      path: '/v1/mailing-portal/quotes',
      summary:
        'What takes the parcel, at what price and by when, and why not; nothing personal, nothing stored',
      body: contract.portalQuoteSchema,
      answers: { 200: { description: 'Offers and refusals', body: quoteSchema } },
      refusals: ['address_invalid', 'mailing_line_unfit'],
      handle: async ({ world, body: { quote }, remoteAddress }) => {
        if (!perAddress.take(`${world.name} ${remoteAddress}`).allowed) return refused('rate_limited', '');
        return world.command('network', async (work) => {
          const owner = await enterOperator(work);
          if (!owner.ok) return owner;
          const asker = { organisationId: owner.value, clientPlatformId: undefined };
          const quoted = withErrorsAt('/quote', await quoteMailing(work, ports, asker, quote));
          return quoted.ok ? accepted(replyWith(200, presentQuote(quoted.value, quote))) : quoted;
        });
      },
    }),
    openRoute({
      ...shared,
      operation: 'listMailingPortalOptions',
      path: '/v1/mailing-portal/options',
      summary: 'Counters near a place that take the parcel, best first, and windows of couriers',
      body: contract.portalOptionsSchema,
      answers: { 200: { description: 'Options', body: optionsSchema } },
      refusals: ['mailing_line_unfit'],
      handle: async ({ world, body, remoteAddress }) => {
        if (!perAddress.take(`${world.name} ${remoteAddress}`).allowed) return refused('rate_limited', '');
        return world.command('network', async (work) => {
          const owner = await enterOperator(work);
          if (!owner.ok) return owner;
          // A courier takes no money, and a person without an account has no wallet.
          const asker = { organisationId: owner.value, clientPlatformId: undefined };
          return accepted(replyWith(200, await optionsFor(work, ports, asker, body.where)));
        });
      },
    }),
  ];
}

function orderingRoute(ports: MailingPorts): Route {
  // Nobody fills the counters' hours with parcels that do not come. Our default.
  const perAddress = createRateLimiter({ perMinute: 5, burst: 30 });
  return openRoute({
    ...shared,
    operation: 'placeInMailingPortal',
    path: '/v1/mailing-portal/mailings',
    summary: 'Order a mailing that is paid at the counter; the same object_id again is the same mailing',
    body: contract.portalOrderSchema,
    answers: { 201: { description: 'The mailing and its token', body: contract.portalOrderedSchema } },
    refusals: ORDER_REFUSALS,
    handle: async ({ world, body: { order }, remoteAddress }) => {
      if (!perAddress.take(`${world.name} ${remoteAddress}`).allowed) return refused('rate_limited', '');
      return world.command('network', async (work) => {
        const owner = await enterOperator(work);
        if (!owner.ok) return owner;
        const asker = { organisationId: owner.value, clientPlatformId: undefined };
        const orderer = { ...asker, placedBy: 'person', role: 'merchant', by: SENDER } as const;
        const input = { ...order, payment: 'counter', ceiling: undefined } as const;
        const placed = withErrorsAt(
          '/order',
          await placeMailing(work, ports, orderer, input, order.handover),
        );
        if (!placed.ok) return placed;
        const { organisationId, id: subjectId } = placed.value;
        const opened = await PORTAL.open(work, { organisationId, subjectId });
        const mailing = await presentMailing(work, ports, placed.value, 'sender');
        return accepted(replyWith(201, { ...opened, mailing }, { 'cache-control': 'no-store' }));
      });
    },
  });
}

/** Acts in the name of the owner and answers the mailing as its sender sees it. */
async function within(
  world: World,
  ports: MailingPorts,
  token: string,
  body: (work: Work, ref: MailingRef) => Promise<Outcome<Mailing>>,
) {
  const ref = await mailingOf(world, token);
  if (!ref.ok) return ref;
  return world.command({ organisationId: ref.value.organisationId }, async (work) => {
    const outcome = await body(work, ref.value);
    if (!outcome.ok) return outcome;
    return accepted(replyWith(200, await presentMailing(work, ports, outcome.value, 'sender')));
  });
}

function ownRoutes(ports: MailingPorts): readonly Route[] {
  return [
    openRoute({
      ...shared,
      operation: 'readMailingPortal',
      path: '/v1/mailing-portal/mailing',
      summary: 'The mailing with its code, its steps and its receipt',
      body: contract.portalTokenSchema,
      answers,
      refusals: [NOT_FOUND],
      handle: async ({ world, body }) => {
        const ref = await mailingOf(world, body.token);
        if (!ref.ok) return ref;
        const { organisationId, id } = ref.value;
        return world.read({ organisationId }, async (db, now) => {
          const one = await findMailing(db, id);
          if (one === undefined) return refused(NOT_FOUND, '');
          return accepted(replyWith(200, await presentMailing({ db, now }, ports, one, 'sender')));
        });
      },
    }),
    openRoute({
      ...shared,
      operation: 'changeInMailingPortal',
      path: '/v1/mailing-portal/changes',
      summary: 'Change recipient, goods, size or line until a counter has the parcel',
      body: contract.portalChangeSchema,
      answers,
      refusals: [NOT_FOUND, ...CHANGE_REFUSALS],
      handle: ({ world, body }) =>
        within(world, ports, body.token, async (work, ref) => {
          const asker = { organisationId: ref.organisationId, clientPlatformId: undefined };
          return withErrorsAt('/change', await modifyMailing(work, ports, asker, ref, SENDER, body.change));
        }),
    }),
    openRoute({
      ...shared,
      operation: 'routeInMailingPortal',
      path: '/v1/mailing-portal/handover',
      summary: 'Choose the counter anew; a place is held there',
      body: contract.portalHandoverSchema,
      answers,
      refusals: [NOT_FOUND, ...HANDOVER_REFUSALS],
      handle: ({ world, body }) =>
        within(world, ports, body.token, (work, ref) =>
          chooseHandover(work, ports, ref, SENDER, body.handover),
        ),
    }),
    openRoute({
      ...shared,
      operation: 'cancelInMailingPortal',
      path: '/v1/mailing-portal/cancellation',
      summary: 'Cancel it until a counter has the parcel',
      body: contract.portalTokenSchema,
      answers,
      refusals: [NOT_FOUND, 'mailing_state_conflict'],
      handle: ({ world, body }) =>
        within(world, ports, body.token, (work, ref) => cancelMailing(work, ref, SENDER)),
    }),
  ];
}
