import { type Route, replyWith } from '../../platform/http/index.ts';
import type { Work } from '../../platform/world/index.ts';
import { readRoute, writeRoute } from '../accounts/index.ts';
import { accepted, type OrganisationId, refused } from '../kernel/index.ts';
import { findOrder } from '../orders/index.ts';
import type { OpenWindow } from '../pickups/index.ts';
import { coarsePlaceOf, readParty } from '../places/index.ts';
import type { Party, PartyAddress } from '../vault/index.ts';
import { actForBuyer } from './buyer.ts';
import * as contract from './contract.ts';
import { answerClaim } from './insurance.ts';
import { type FreightInsurance, insertInsurance } from './insurance-store.ts';
import type { ReturnCase, ReturnSettings } from './model.ts';
import { findSettings, saveSettings } from './order-store.ts';
import type { PointOption, ReturnPorts } from './ports.ts';
import { chooseRoute, doorOptions, pointOptions } from './route-choice.ts';
import { answerReturn, byOf, partyOf, returnAnswers, returnResource, TAG } from './seller-routes.ts';
import { findReturn } from './store.ts';
import { ADDRESS_NAME, pointFaceOf } from './views.ts';

export function choiceRoutes(ports: ReturnPorts): readonly Route[] {
  return [...buyerRoutes(ports), ...settingsRoutes(ports), ...insuranceRoutes(ports)];
}

export const ROUTE_REFUSALS = [
  'return_state_conflict',
  'return_address_missing',
  'return_route_unavailable',
  'no_point_fits',
  'point_full',
  'point_closed',
  'point_does_not_serve',
  'pickup_window_unknown',
  'pickup_window_full',
  'pickup_not_served',
  'pickup_blocked',
];

/** How the goods may go back, best for the buyer first. */
export function presentOptions(
  one: ReturnCase,
  points: readonly PointOption[],
  doors: readonly OpenWindow[],
) {
  return {
    points: points.map(({ point, distanceMeters, score, hours }) => ({
      ...{ point: pointFaceOf(point), distanceMeters, score, hours: [...hours] },
    })),
    doors,
    selfPost: one.returnToRef !== undefined,
  };
}

const shared = {
  method: 'POST',
  tag: TAG,
  params: contract.returnParams,
  resource: returnResource,
} as const;

function buyerRoutes(ports: ReturnPorts): readonly Route[] {
  return [
    readRoute({
      ...shared,
      operation: 'listReturnOptions',
      path: '/v1/returns/:return_id/options',
      summary:
        'Points that take the goods, by the buyer\u2019s convenience, windows of couriers, and whether he may post them',
      effect: 'read',
      body: contract.whereSchema,
      answers: { 200: { description: 'Options', body: contract.optionsSchema } },
      refusals: ['return_state_conflict'],
      handle: async ({ db, now, world, params, body, actFor }) => {
        const one = await findReturn(db, params.returnId);
        if (one === undefined) return refused('not_found', '');
        if (!['agreed', 'routed', 'code_issued'].includes(one.state.name))
          return refused('return_state_conflict', `The return is ${one.state.name}.`);
        const points = await pointOptions({ db, now, world: world.name, actFor }, ports, one, body);
        const doors = await doorOptions({ db, now, actFor }, ports, one);
        return accepted(replyWith(200, presentOptions(one, points, doors)));
      },
    }),
    writeRoute({
      ...shared,
      operation: 'routeReturn',
      path: '/v1/returns/:return_id/route',
      summary: 'Choose how the goods go back; a point holds a place, and a code opens its counter',
      effect: 'write',
      body: contract.routeInputSchema,
      answers: returnAnswers,
      refusals: ROUTE_REFUSALS,
      handle: async ({ work, owner, caller, params, body, relation }) => {
        const ref = { organisationId: owner, id: params.returnId };
        const outcome = await chooseRoute(work, ports, ref, byOf(caller, partyOf(relation)), body);
        return answerReturn(ports, { work, relation }, outcome);
      },
    }),
    writeRoute({
      ...shared,
      operation: 'actForReturningBuyer',
      path: '/v1/returns/:return_id/buyer-actions',
      summary: 'What the buyer does: withdraw, call the platform, give a number, accept, amend, confirm',
      effect: 'write',
      body: contract.buyerActionSchema,
      answers: returnAnswers,
      refusals: ['return_state_conflict'],
      handle: async ({ work, owner, caller, params, body, relation }) => {
        const ref = { organisationId: owner, id: params.returnId };
        const outcome = await actForBuyer(work, ports, ref, byOf(caller, 'buyer'), body);
        return answerReturn(ports, { work, relation }, outcome);
      },
    }),
  ];
}

function presentSettings(settings: ReturnSettings | undefined) {
  return {
    windowDays: settings?.windowDays,
    autoAgreeUpTo: settings?.autoAgreeUpTo,
    excludedGoodsClasses: settings?.excludedGoodsClasses ?? [],
    restockingPercent: settings?.restockingPercent ?? 0,
    freeReturns: settings?.freeReturns ?? false,
    carrierCode: settings?.carrierCode,
    returnTo: settings?.returnTo,
    changedAt: settings?.changedAt,
  };
}

function settingsRoutes(ports: ReturnPorts): readonly Route[] {
  const answers = { 200: { description: 'Your return policy', body: contract.settingsSchema } };
  return [
    readRoute({
      operation: 'readReturnSettings',
      method: 'GET',
      path: '/v1/return-settings',
      tag: TAG,
      summary: 'What you decided about returns of your goods',
      effect: 'read',
      answers,
      handle: async ({ db, caller }) =>
        accepted(replyWith(200, presentSettings(await findSettings(db, caller.organisationId)))),
    }),
    writeRoute({
      operation: 'putReturnSettings',
      method: 'PUT',
      path: '/v1/return-settings',
      tag: TAG,
      summary:
        'Give more than the marketplace asks: a longer window, free returns; and where goods come back to',
      effect: 'write',
      body: contract.settingsInputSchema,
      answers,
      refusals: ['address_invalid', 'phone_malformed', 'phone_masked'],
      handle: async ({ work, caller, body }) => {
        const { returnTo, ...stated } = body;
        const { organisationId } = caller;
        const read = returnTo ? readParty(returnTo, '/return_to') : undefined;
        if (read?.ok === false) return read;
        const address =
          returnTo === undefined
            ? await findSettings(work.db, organisationId)
            : read && (await keepAddress(work, ports, organisationId, read.value));
        const settings: ReturnSettings = {
          ...{ organisationId, changedAt: work.now },
          ...{ windowDays: stated.windowDays, autoAgreeUpTo: stated.autoAgreeUpTo },
          ...{ excludedGoodsClasses: stated.excludedGoodsClasses, freeReturns: stated.freeReturns },
          ...{ restockingPercent: stated.restockingPercent, carrierCode: stated.carrierCode },
          returnToRef: address?.returnToRef,
          returnTo: address?.returnTo,
          sealedAddress: address?.sealedAddress,
        };
        await saveSettings(work.db, settings);
        return accepted(replyWith(200, presentSettings(settings)));
      },
    }),
  ];
}

type Address = Pick<ReturnSettings, 'returnToRef' | 'returnTo' | 'sealedAddress'>;

/** As a party, and as the lines that a buyer who posts his parcel himself is shown. */
async function keepAddress(
  work: Work,
  ports: ReturnPorts,
  organisationId: OrganisationId,
  party: Party & { readonly address: PartyAddress },
): Promise<Address> {
  const bytes = new TextEncoder().encode(JSON.stringify(shownAddress(party)));
  return {
    returnToRef: await ports.vault.storeParty(work, { organisationId, party }),
    returnTo: coarsePlaceOf(party.address),
    sealedAddress: await ports.vault.sealBlob(work, { organisationId, name: ADDRESS_NAME, bytes }),
  };
}

type Addressed = {
  readonly name: string;
  readonly company?: string | undefined;
  readonly phone?: string | undefined;
  readonly address?:
    | {
        readonly lines: readonly string[];
        readonly city: string;
        readonly division?: string | undefined;
        readonly postcode?: string | undefined;
        readonly country: string;
      }
    | undefined;
};

/** The lines that a buyer writes on the parcel that he posts himself. */
function shownAddress({ name, company, phone, address }: Addressed): string[] {
  const place = [address?.postcode, address?.city, address?.division, address?.country];
  return [company, name, ...(address?.lines ?? []), place.filter(Boolean).join(' '), phone].filter(
    (text): text is string => text !== undefined && text !== '',
  );
}

function insuranceRoutes(ports: ReturnPorts): readonly Route[] {
  return [
    writeRoute({
      operation: 'insureReturnFreight',
      method: 'POST',
      path: '/v1/orders/:order_id/return-insurance',
      tag: TAG,
      summary: 'Record that the freight of a return of this order is insured',
      effect: 'write',
      params: contract.orderParams,
      resource: { kind: 'order', param: 'orderId' },
      body: contract.insuranceInputSchema,
      answers: { 201: { description: 'Insured', body: contract.insuranceSchema } },
      refusals: ['return_insured_already'],
      handle: async ({ work, owner, params, body }) => {
        const order = await findOrder(work.db, params.orderId);
        if (order === undefined) return refused('not_found', '');
        const insurance: FreightInsurance = {
          ...{ id: work.newId('rin'), organisationId: owner as OrganisationId, orderId: order.id },
          ...{ clientPlatformId: order.clientPlatformId, state: 'active', boughtAt: work.now },
          ...body,
        };
        if (!(await insertInsurance(work.db, insurance))) return refused('return_insured_already', '');
        return accepted(replyWith(201, insurance));
      },
    }),
    writeRoute({
      ...shared,
      operation: 'answerReturnClaim',
      path: '/v1/returns/:return_id/insurance-claim',
      summary: 'The insurer\u2019s word on the freight: accepted, then paid',
      effect: 'write',
      body: contract.claimAnswerSchema,
      answers: returnAnswers,
      refusals: ['return_claim_conflict'],
      handle: async ({ work, owner, params, body, relation }) => {
        const outcome = await answerClaim(work, { organisationId: owner, id: params.returnId }, body.state);
        return answerReturn(ports, { work, relation }, outcome);
      },
    }),
  ];
}
