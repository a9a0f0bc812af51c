import {
  accepted,
  type Dimensions,
  type FieldError,
  type Money,
  type Outcome,
  refused,
} from '../kernel/index.ts';
import type { GoodsClass } from '../lines/index.ts';
import type { LineOffer, OfferPlace, OfferRequest } from '../offers/index.ts';
import { findCountry } from '../places/index.ts';
import { findPoint } from '../points/index.ts';
import { policyAt } from './handle.ts';
import type { Asker, MailingPorts, Reading } from './ports.ts';
import type { MailingPolicy } from './rulebook.ts';

/** What somebody wants to send, and nothing of him. */
export type QuoteRequest = {
  readonly from: OfferPlace;
  readonly to: OfferPlace;
  readonly weightGrams: number;
  readonly size?: Dimensions | undefined;
  readonly goodsClass: GoodsClass;
  readonly value?: Money | undefined;
  readonly insuredAmount?: Money | undefined;
};
type WhyNot = {
  readonly lineCode: string;
  readonly reasons: readonly { readonly code: string; readonly message: string }[];
};
export type MailingQuote = {
  /** Best first. */
  readonly offers: readonly LineOffer[];
  readonly refused: readonly WhyNot[];
  readonly policy: MailingPolicy;
};

/**
 * What takes the parcel of a person, at what price and by when, and why the other lines do not. Begins in any scope and
 * ends in that of the asker.
 */
export async function quoteMailing(
  reading: Reading,
  ports: Pick<MailingPorts, 'search'>,
  asker: Asker,
  request: QuoteRequest,
): Promise<Outcome<MailingQuote, 'address_invalid'>> {
  const errors = (['from', 'to'] as const).flatMap((end): FieldError[] => {
    const { country } = request[end];
    if (findCountry(country) !== undefined) return [];
    const message = `${country} is no country of ISO 3166-1.`;
    return [{ pointer: `/${end}/country`, code: 'country_unknown', message }];
  });
  if (errors[0] !== undefined) return refused('address_invalid', errors[0].message, errors);
  const { document: policy } = await policyAt(reading.db, asker, reading.now);
  const found = await ports.search(reading, asker, searchOf(request));
  const offers: LineOffer[] = [];
  const against: WhyNot[] = [...found.refused];
  for (const { offer, tags } of found.offers) {
    const reasons = reasonsOf(policy, tags, offer, request);
    if (reasons.length === 0) offers.push(offer);
    else against.push({ lineCode: offer.lineCode, reasons });
  }
  return accepted({ offers, refused: against, policy });
}

function searchOf({ from, to, goodsClass, value, insuredAmount, ...parcel }: QuoteRequest): OfferRequest {
  return {
    from,
    to,
    parcels: [parcel],
    goods: [{ goodsClass, quantity: 1, unitValue: value }],
    insuredAmount,
  };
}

/** What the rules of mailings say against a line that could carry it. */
function reasonsOf(
  policy: MailingPolicy,
  tags: readonly string[],
  offer: LineOffer,
  { goodsClass }: QuoteRequest,
): WhyNot['reasons'] {
  const reasons = [];
  if (!tags.some((tag) => policy.lineTags.includes(tag)))
    reasons.push({ code: 'not_for_persons', message: 'The line takes no parcels of persons.' });
  if (!offer.handoverChoices.some((choice) => choice === 'drop_off' || choice === 'door_pickup'))
    reasons.push({
      code: 'no_counter',
      message: 'The line is handed over neither at a counter nor at a door.',
    });
  if (policy.refusedGoodsClasses.includes(goodsClass))
    reasons.push({ code: 'goods_class_refused', message: 'Persons may not send this class of goods.' });
  return reasons;
}

/** Where a point is, for a quote of who stands before it. */
export async function placeOfPoint(db: Reading['db'], pointId: string): Promise<OfferPlace | undefined> {
  const point = await findPoint(db, pointId);
  if (point === undefined) return undefined;
  const { country, city, postcode, divisionCodes } = point;
  return { country, city, postcode, division: divisionCodes?.[0] };
}
