import { DAY, HOUR, MINUTE } from '../calendar.ts';
import { citiesByCountry } from '../geography.ts';
import type { Merchant } from '../plan.ts';
import { randomOf } from '../random.ts';
import { drawOf } from './draw.ts';
import { honestStory } from './honest.ts';
import { toldLate } from './journey.ts';
import { withWeights } from './scales.ts';
import { cheatStory, type Surroundings } from './schemes.ts';
import type { Claim, Story } from './story.ts';
import { HONEST_SHARES, HONEST_WAYS, type HonestWay, SCHEMES, type Scheme, type Way } from './ways.ts';

/** For every parcel of the network's lines so many stories outside. */
const SHARE = 0.3;
export const outsideOf = (parcels: number): number => Math.ceil(parcels * SHARE);
/**
 * Whoever cheats again and again is suspended and declares nothing more: for three stories there is a merchant, as there is
 * in a world of the usual share, so that most schemes come to be judged.
 */
const STORIES_PER_MERCHANT = 3;
export const outsidersFor = (stories: number, merchants: number): number =>
  Math.max(0, Math.ceil(stories / STORIES_PER_MERCHANT) - merchants);
/** Of them those that cheats have to do with. */
const CHEATED = 0.3;
/** Two days before Qingming of 2026, which is Good Friday's week as well: holidays in all regions of the world. */
const BEFORE_HOLIDAY = Date.parse('2026-04-01T03:00:00Z');

/** Every fourth merchant of a country cheats outside now and then; the others never. */
export function crooksAmong(merchants: readonly Merchant[]): readonly Merchant[] {
  const byCountry = Map.groupBy(merchants, (merchant) => merchant.home.country);
  return [...byCountry.values()].flatMap((own) => own.filter((_, place) => place % 4 === 1));
}

/** Each way once, then as often as it happens: a small world knows all of them. */
export function planOutside(
  seed: number,
  count: number,
  span: { readonly start: number; readonly days: number },
  merchants: readonly Merchant[],
): readonly Story[] {
  const cities = citiesByCountry();
  const crooks = crooksAmong(merchants);
  const honest = merchants.filter((merchant) => !crooks.includes(merchant));
  const stories: Story[] = [];
  const victims: Claim[] = [];
  for (let index = 0; index < count; index += 1) {
    const random = randomOf(seed, `outside/kind/${index}`);
    const drawn = wayOf(index, random);
    // Where no parcel of others is left to be named, that of a stranger has to do.
    const way = NEEDS_VICTIM.has(drawn) && victims.length === 0 ? 'unseen_neighbour' : drawn;
    const isCheat = (SCHEMES as readonly Way[]).includes(way);
    const sellers = (isCheat ? crooks : honest).filter((merchant) => maySell(way, merchant));
    const merchant = random.weighted(sellers.map((one) => [one, one.weight] as const));
    const drawnAt = span.start + DAY / 2 + Math.floor(random.next() * span.days * DAY);
    const at =
      Math.round((way === 'holiday_drop_off' ? Math.max(drawnAt, BEFORE_HOLIDAY) : drawnAt) / MINUTE) *
      MINUTE;
    const draw = drawOf(seed, index, at, merchant, cities);
    const around: Surroundings = { cities, accomplices: crooks, victims };
    const told = isCheat
      ? cheatStory(draw, way as Scheme, around)
      : honestStory(draw, way as HonestWay, span.start);
    const story = withWeights(
      told,
      randomOf(seed, `outside/scales/${index}`),
      randomOf(seed, `outside/stated/${index}`),
    );
    stories.push(toldFrom(story, span.start + HOUR));
    if (story.way === 'plain') victims.unshift(...story.claims);
    if (NEEDS_VICTIM.has(story.way)) {
      const used = victims.findIndex((claim) => story.claims.some((one) => isAbout(one, claim)));
      victims.splice(used, 1);
    }
  }
  return stories;
}

const NEEDS_VICTIM: ReadonlySet<Way> = new Set(['right_postcode', 'swap_after_scan']);

/** Nobody tells anything before the world begins. */
const toldFrom = (story: Story, start: number): Story => ({ ...story, scans: toldLate(story.scans, start) });

const isAbout = (claim: Claim, theirs: Claim): boolean =>
  [claim.number, claim.correction?.number].includes(theirs.number);

function wayOf(index: number, random: ReturnType<typeof randomOf>): Way {
  // The plain ones first: others' numbers must be there before somebody can take them.
  const inTurn: readonly Way[] = ['plain', 'plain', ...HONEST_WAYS, ...SCHEMES];
  const turn = inTurn[index];
  if (turn !== undefined) return turn;
  return random.chance(CHEATED) ? random.pick(SCHEMES) : random.weighted(HONEST_SHARES);
}

/** Some ways need a carrier, or a way abroad, that is not to be had everywhere. */
function maySell(way: Way, merchant: Merchant): boolean {
  const { country } = merchant.home;
  switch (way) {
    case 'unrecognised_carrier':
    case 'economy_as_fast':
    case 'other_ship_from':
    case 'aggregator_only':
    case 'released_number':
      return country === 'CN';
    case 'collusion':
      return country === 'CN';
    case 'wrong_zone':
      return country === 'CN' || country === 'BR';
    default:
      return true;
  }
}
