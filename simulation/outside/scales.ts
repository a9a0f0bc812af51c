import { WARES } from '../goods.ts';
import type { Order } from '../plan.ts';
import type { Random } from '../random.ts';
import type { Claim, OutsideScan, Story } from './story.ts';

/** Shares of carriers whose counter, and whose sorting machine, tells a weight. Our assumptions. */
const TOLD: Readonly<Record<string, number>> = { picked_up: 0.6, departed_origin: 0.3 };
/** Bags and boxes. */
const PACKING_GRAMS = [15, 180] as const;
const STEP_GRAMS = 10;
/** Who guesses says full hundreds. */
const GUESS_GRAMS = 100;
/** What a label printer shows when nothing lies on its scale. */
const PLACEHOLDER_GRAMS = 1;

/**
 * The story with what the carriers weighed, what lay on the scale whatever was said to be in it, and with what the
 * merchants say (`saying`: a stream of its own).
 */
export function withWeights(story: Story, random: Random, saying: Random): Story {
  const byNumber = new Map<string, number>();
  const scans = story.scans.map((scan): OutsideScan => {
    const key = `${scan.number} ${isEarlierLife(story, scan)}`;
    const grams = byNumber.get(key) ?? onScale(insideOf(story, scan, random), random);
    byNumber.set(key, grams);
    if (story.way === 'odd_scale' && scan.milestone === 'picked_up')
      return { ...scan, grams: PLACEHOLDER_GRAMS };
    const isTold =
      random.chance(TOLD[scan.milestone] ?? 0) ||
      (story.way === 'odd_scale' && scan.milestone === 'departed_origin');
    return isTold ? { ...scan, grams } : scan;
  });
  const claims = story.claims.map((claim) => {
    const number = claim.correction?.number ?? claim.number;
    return withStated(claim, byNumber.get(`${number} false`), saying);
  });
  return { ...story, claims, scans };
}

/** Who says what his parcel weighs, and of them who reads it off a scale. Our assumptions. */
const STATES = 0.6;
const READS = 0.8;
/** Of the cheats who say a weight those who name that of the parcel that they sent. */
const NAMES_THE_SENT = 0.25;

/** Who is honest says what his own scale shows, or guesses; a cheat says what the goods would weigh, or what it sent. */
function withStated(claim: Claim, sentGrams: number | undefined, random: Random): Claim {
  const goods = onScale(goodsGrams(claim.order), random);
  const isOfSent = claim.isGenuine || random.chance(NAMES_THE_SENT);
  const grams = (isOfSent ? sentGrams : undefined) ?? goods;
  const read = Math.max(
    STEP_GRAMS,
    Math.round((grams * (0.95 + random.next() * 0.1)) / STEP_GRAMS) * STEP_GRAMS,
  );
  const guessed = Math.ceil((grams * (0.7 + random.next() * 0.8)) / GUESS_GRAMS) * GUESS_GRAMS;
  const isRead = random.chance(READS);
  return random.chance(STATES) ? { ...claim, statedGrams: isRead ? read : guessed } : claim;
}

/** Scales show full steps; the packing is on it, too. */
function onScale(insideGrams: number, random: Random): number {
  const packed = insideGrams * (0.97 + random.next() * 0.08) + random.whole(...PACKING_GRAMS);
  return Math.max(STEP_GRAMS, Math.ceil(packed / STEP_GRAMS) * STEP_GRAMS);
}

function insideOf(story: Story, scan: OutsideScan, random: Random): number {
  if (isEarlierLife(story, scan)) return ofSomebody(random);
  switch (story.way) {
    case 'brushing':
      return random.whole(1, 20);
    case 'unseen_neighbour':
    case 'delivered_before_order':
    case 'other_country':
    case 'other_city':
    case 'collusion':
      return ofSomebody(random);
    case 'split_order':
      return goodsGrams(story.claims[0]?.order) / 2;
    case 'shared_parcel':
      return story.claims.reduce((sum, claim) => sum + goodsGrams(claim.order), 0);
    default:
      return goodsGrams(story.claims[0]?.order);
  }
}

/** Of a parcel that has nothing to do with the order. */
function ofSomebody(random: Random): number {
  const ware = random.weighted(WARES);
  return Math.min(1_900, Math.max(20, random.spread(...ware.grams)));
}

const goodsGrams = (order: Order | undefined): number =>
  order?.parcels.reduce((sum, { actualGrams }) => sum + actualGrams, 0) ?? 0;

const isEarlierLife = ({ claims, way }: Story, scan: OutsideScan): boolean =>
  way === 'recycled_number' && scan.occurredAt < (claims[0]?.order.at ?? 0);
