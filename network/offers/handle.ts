import type { Work, World } from '../../platform/world/index.ts';
import type { Principal } from '../accounts/index.ts';
import { accepted, addMs, type FieldError, type OfferId, type Outcome, refused } from '../kernel/index.ts';
import { findCountry } from '../places/index.ts';
import {
  listSpendableProgrammes,
  type Programme,
  type ProgrammePart,
  type Purchase,
  programmesPaying,
} from '../programmes/index.ts';
import { destinationZone } from '../tracking/index.ts';
import { type LineOffer, type LineRefusal, OFFER_LIFE_MS, type OfferRequest } from './model.ts';
import type { OfferFacts } from './ports.ts';
import { type SearchFacts, type SearchResult, searchLines } from './search.policy.ts';
import { insertOfferSets, type OfferSetRow } from './store.ts';

export type OfferAnswer = {
  readonly expiresAt: string;
  readonly destinationZone: string | undefined;
  readonly offers: readonly (LineOffer & {
    readonly offerId: OfferId;
    /** Of the merchant's marketplace, that would pay for it now; the purchase names one. */
    readonly programmes: readonly ProgrammePart[];
  })[];
  readonly refused: readonly LineRefusal[];
};

/** Searches and stores what can be bought. One statement for all requests together. */
export async function makeOffers(
  work: Work,
  world: World,
  caller: Principal,
  requests: readonly OfferRequest[],
  factsOf: OfferFacts,
): Promise<Outcome<readonly OfferAnswer[], 'address_invalid'>> {
  const errors = requests.flatMap((request, index) =>
    placeErrors(request, requests.length === 1 ? '' : `/requests/${index}/request`),
  );
  if (errors[0] !== undefined) return refused('address_invalid', errors[0].message, errors);
  const facts = await factsOf(work, world, caller);
  const programmes = await programmesFor(work, caller);
  const expiresAt = addMs(work.now, OFFER_LIFE_MS);
  const answers: OfferAnswer[] = [];
  const sets: OfferSetRow[] = [];
  for (const request of requests) {
    const result = searchLines(request, facts);
    const offers = result.offers.map((entry) => ({ id: work.newId('ofr'), ...entry }));
    sets.push({ requestId: work.newId('ofq'), request, offers });
    answers.push({
      expiresAt,
      destinationZone: destinationZone(request.to),
      offers: offers.map(({ id, offer }) => ({
        offerId: id,
        ...offer,
        programmes: programmesPaying(programmes, purchaseOf(request, offer), work.now),
      })),
      refused: result.refused,
    });
  }
  insertOfferSets(work.db, caller, sets, work.now, expiresAt);
  return accepted(answers);
}

/** Only his own marketplace pays for a merchant. */
async function programmesFor(work: Work, caller: Principal): Promise<readonly Programme[]> {
  if (caller.clientPlatformId === undefined) return [];
  await work.actFor({ organisationId: caller.clientPlatformId });
  const programmes = await listSpendableProgrammes(work.db, caller.clientPlatformId, work.now);
  await work.actFor({ organisationId: caller.organisationId });
  return programmes;
}

/** What a programme looks at, of an offer as of its purchase (shipments, payersOf). */
export function purchaseOf(request: OfferRequest, offer: LineOffer): Purchase {
  return {
    lineCode: offer.lineCode,
    serviceClass: offer.serviceClass,
    destination: request.to.country,
    parcelCount: request.parcels.length,
    total: offer.total,
  };
}

function placeErrors(request: OfferRequest, root: string): FieldError[] {
  return (['from', 'to'] as const)
    .filter((end) => findCountry(request[end].country) === undefined)
    .map((end) => ({
      pointer: `${root}/${end}/country`,
      code: 'country_unknown',
      message: `${request[end].country} is no country of ISO 3166-1.`,
    }));
}

/** The same search without storing anything. */
export function quote(request: OfferRequest, facts: SearchFacts): SearchResult {
  return searchLines(request, facts);
}
