import { DAY, days, HOUR, minutes } from '../calendar.ts';
import { UTC_OFFSET_HOURS } from '../geography.ts';
import {
  alsoFor,
  carrierFor,
  checkedCarrierFor,
  claimOf,
  type Draw,
  declaredAt,
  denialAfter,
  handedOverAt,
  lifeFor,
  numberFor,
} from './draw.ts';
import {
  longAgo,
  nextPostcode,
  toldLate,
  wayBack,
  withOffsetTwice,
  withoutZone,
  YEAR_AND_MORE,
} from './journey.ts';
import { mistyped, type NumberedCarrier } from './numbers.ts';
import type { Claim, OutsideScan, Story } from './story.ts';
import type { HonestWay } from './ways.ts';

/** Days between the declaration and the first scan over a holiday of four days: five of them are working days at most. */
const HOLIDAY_HOLD_DAYS = 7.2;

/** A shipment that is what its merchant says, and how it looks from outside. */
export function honestStory(draw: Draw, way: HonestWay, start: number): Story {
  const { random, index } = draw;
  const order = draw.order(0);
  const carrier = way === 'unrecognised_carrier' ? strangerFor(order.isAbroad) : carrierOf(draw, way);
  const number = numberFor(draw, carrier);
  const at = declaredAt(order, random);
  const startAt = handedOverAt(at, random);
  const claim = claimOf(`${index}/0`, order, carrier, number, at);
  const scans = lifeFor(order, carrier, number, startAt, random);
  const told = (claims: readonly Claim[], seen: readonly OutsideScan[]): Story => ({
    ...{ index, way, claims, scans: seen },
  });
  switch (way) {
    case 'plain':
    case 'odd_scale':
    case 'unrecognised_carrier':
      return told([claim], scans);
    case 'outage':
      return told([claim], toldLate(scans, startAt + days(random.spread(1.6, 2.4))));
    case 'late_scans':
      return told([claim], toldLate(scans, at + days(10 + random.next() * 3)));
    case 'recycled_number':
      return told(
        [claim],
        [...longAgo(anotherLife(draw, carrier, number), YEAR_AND_MORE, start + HOUR), ...scans],
      );
    case 'split_order':
      return told(...splitInTwo(draw, claim, scans));
    case 'shared_parcel': {
      const second = alsoFor(order, draw.order(1));
      const later = claimOf(`${index}/1`, second, carrier, number, Math.max(at, second.at + HOUR));
      return told([claim, later], toldLate(scans, later.at + HOUR));
    }
    case 'typing_error': {
      const correction = {
        ...{ at: at + minutes(random.spread(200, 900)), carrier, number },
        reason: 'a digit was mistyped',
      };
      return told([{ ...claim, number: mistyped(number), correction }], scans);
    }
    case 'wrong_zone': {
      // Close to the order, so that the scan seems to come before it.
      const soon = { ...claim, at: order.at + HOUR, shippedAt: order.at + HOUR };
      const seen = lifeFor(order, carrier, number, order.at + 2 * HOUR, random);
      return told([soon], withOffsetTwice(seen, UTC_OFFSET_HOURS[order.origin.country] ?? 0));
    }
    case 'unknown_zone':
      return told([claim], withoutZone(scans));
    case 'returned_after_delivery':
      return told([claim], wayBack(scans, order.origin, random));
    case 'next_postcode': {
      const postcode = nextPostcode(order.buyer.address.postcode);
      return told([claim], lifeFor(order, carrier, number, startAt, random, { postcode }));
    }
    case 'buyer_mistaken':
      return { ...told([claim], scans), ...denialAfter(scans, random) };
    case 'holiday_drop_off':
      return told([claim], lifeFor(order, carrier, number, at + days(HOLIDAY_HOLD_DAYS), random));
  }
}

const carrierOf = (draw: Draw, way: HonestWay): NumberedCarrier =>
  (way === 'typing_error' ? checkedCarrierFor : carrierFor)(draw.order(0), draw.random);

/** Real carriers that no marketplace of the world has checked. */
const strangerFor = (isAbroad: boolean): NumberedCarrier => (isAbroad ? '4px' : 'zto');

/** Somebody else's parcel, under the same number, to another place. */
function anotherLife(draw: Draw, carrier: NumberedCarrier, number: string): OutsideScan[] {
  const other = draw.order(2);
  return lifeFor(other, carrier, number, draw.at, draw.random);
}

function splitInTwo(draw: Draw, first: Claim, scans: readonly OutsideScan[]): [Claim[], OutsideScan[]] {
  const { order, at } = first;
  const carrier = carrierFor(order, draw.random);
  const number = numberFor(draw, carrier, 1);
  const second = claimOf(`${draw.index}/1`, order, carrier, number, at + 3 * HOUR, { sendType: 'part' });
  const rest = lifeFor(order, carrier, number, handedOverAt(at, draw.random) + DAY / 2, draw.random);
  return [
    [{ ...first, sendType: 'part' }, second],
    [...scans, ...rest],
  ];
}
