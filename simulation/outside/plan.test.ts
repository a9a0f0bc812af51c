import { expect, test } from 'vitest';
import { DAY } from '../calendar.ts';
import { merchantsFor, planWorld } from '../plan.ts';
import { actsOf } from './acts.ts';
import { booksOf, proofOf, receiptIn } from './books.ts';
import { looksFor } from './look.ts';
import { mistyped } from './numbers.ts';
import { crooksAmong, outsideOf, outsidersFor, planOutside } from './plan.ts';
import type { Claim, Story } from './story.ts';
import { HONEST_WAYS, isScheme, SCHEMES, type Way } from './ways.ts';

const start = Date.parse('2026-03-02T00:00:00Z');
const world = planWorld({ seed: 1, parcels: 1_000, days: 7, start, merchants: merchantsFor(1_000) });
const stories = planOutside(1, outsideOf(1_000), world, world.merchants);
const claims = stories.flatMap((story) => story.claims);

const storyOf = (way: Way): Story => {
  const story = stories.find((one) => one.way === way);
  if (story === undefined) throw new Error(`no story of ${way}`);
  return story;
};
const only = (story: Story): Claim => {
  const [claim] = story.claims;
  if (claim === undefined || story.claims.length !== 1) throw new Error(`${story.way} is not one claim`);
  return claim;
};
const firstOf = (story: Story) => Math.min(...story.scans.map((scan) => scan.occurredAt));
const goal = (story: Story) => story.scans.find((scan) => scan.milestone === 'delivered')?.place;

test('a small world knows every way once, and the same seed tells the same stories', () => {
  const small = planWorld({ seed: 5, parcels: 120, days: 5, start, merchants: merchantsFor(120) });
  const few = planOutside(5, outsideOf(120), small, small.merchants);
  expect(new Set(few.map((story) => story.way))).toEqual(new Set([...HONEST_WAYS, ...SCHEMES]));
  expect(planOutside(5, outsideOf(120), small, small.merchants)).toEqual(few);
});

test('who never cheats tells the truth, and three declarations of four are true', () => {
  const crooks = new Set(crooksAmong(world.merchants).map((merchant) => merchant.index));
  for (const story of stories)
    for (const claim of story.claims)
      expect(crooks.has(claim.order.merchant.index), claim.key).toBe(isScheme(story.way));
  const genuine = claims.filter((claim) => claim.isGenuine).length / claims.length;
  expect(genuine).toBeGreaterThan(0.6);
  expect(genuine).toBeLessThan(0.85);
  // Of what a cheat declares one is true: the parcel that is claimed for many buyers goes to the first of them.
  const lies = stories.filter((story) => isScheme(story.way)).flatMap((story) => story.claims);
  expect(lies.filter((claim) => claim.isGenuine).every((claim) => claim.key.endsWith('/0'))).toBe(true);
});

test('a number leads to more than one declaration exactly where a story says so', () => {
  const shared = ['shared_parcel', 'reused_number', 'collusion', 'right_postcode', 'swap_after_scan'];
  const uses = Map.groupBy(
    stories.flatMap((story) =>
      story.claims.flatMap((claim) => {
        const number = claim.correction?.number ?? claim.number;
        return number === undefined ? [] : [{ story, number }];
      }),
    ),
    (use) => use.number,
  );
  for (const [number, own] of uses)
    if (own.length > 1)
      expect(
        own.some((use) => shared.includes(use.story.way)),
        number,
      ).toBe(true);
  for (const way of shared) {
    const claim = storyOf(way as Way).claims.at(-1);
    expect(uses.get(claim?.correction?.number ?? claim?.number ?? '')?.length, way).toBeGreaterThan(1);
  }
});

test('each honest way looks odd in its own manner only', () => {
  const late = storyOf('late_scans');
  expect(firstOf(late)).toBeLessThan(only(late).at + 5 * DAY);
  expect(Math.min(...late.scans.map((scan) => scan.at))).toBeGreaterThan(only(late).at + 9 * DAY);
  const recycled = storyOf('recycled_number').scans;
  expect(recycled.filter((scan) => scan.milestone === 'delivered')).toHaveLength(2);
  expect(Math.min(...recycled.map((scan) => scan.occurredAt))).toBeLessThan(start - 365 * DAY);
  const typo = only(storyOf('typing_error'));
  expect(typo.number).toBe(mistyped(typo.correction?.number ?? ''));
  const twice = storyOf('wrong_zone').scans[0];
  if (twice === undefined || !('occurred_at' in twice.time)) throw new Error('no instant');
  expect(Date.parse(twice.time.occurred_at)).toBeLessThan(twice.occurredAt);
  for (const { time, place } of storyOf('unknown_zone').scans) {
    expect(time).toHaveProperty('local_time');
    expect(place).not.toHaveProperty('city');
  }
  const office = storyOf('next_postcode');
  const { postcode } = only(office).order.buyer.address;
  expect(goal(office)?.postcode).not.toBe(postcode);
  expect(goal(office)?.postcode?.slice(0, 2)).toBe(postcode.slice(0, 2));
  expect(storyOf('returned_after_delivery').scans.at(-1)?.milestone).toBe('returned');
});

test('no carrier says anything of the future, and what it hides from us it does not tell before', () => {
  for (const story of stories)
    for (const scan of story.scans) {
      expect(scan.at, story.way).toBeGreaterThanOrEqual(scan.occurredAt);
      expect(scan.at, story.way).toBeGreaterThan(start);
      if ('local_time' in scan.time)
        expect(Date.parse(`${scan.time.local_time}Z`), story.way).toBeLessThanOrEqual(scan.at);
    }
});

test('each scheme is the lie that its name says', () => {
  expect(storyOf('invented_number').scans).toEqual([]);
  expect(storyOf('invented_right_digit').scans).toEqual([]);
  expect(storyOf('never_used_label').scans.map((scan) => scan.milestone)).toEqual(['order_created']);
  const before = storyOf('delivered_before_order');
  expect(Math.max(...before.scans.map((scan) => scan.occurredAt))).toBeLessThan(only(before).order.at);
  for (const way of ['other_country', 'other_city', 'brushing', 'unseen_neighbour'] as const) {
    const story = storyOf(way);
    const { address } = only(story).order.buyer;
    const there = goal(story);
    expect(firstOf(story), way).toBeGreaterThan(only(story).at);
    expect(there?.country === address.country, way).toBe(way !== 'other_country');
    if (way === 'other_country') continue;
    expect(there?.city === address.city, way).toBe(way !== 'other_city');
    if (way !== 'other_city')
      expect(there?.postcode === address.postcode, way).toBe(way === 'unseen_neighbour');
  }
  const neighbour = only(storyOf('right_postcode'));
  const theirs = claims.find((claim) => claim.number === neighbour.number && claim.isGenuine);
  expect(theirs?.order.buyer.address.postcode).toBe(neighbour.order.buyer.address.postcode);
  expect(theirs?.order.merchant.index).not.toBe(neighbour.order.merchant.index);
  expect(
    new Set(storyOf('collusion').claims.map((claim) => claim.order.merchant.index)).size,
  ).toBeGreaterThan(1);
  expect(storyOf('aggregator_only').scans.every((scan) => scan.reporter === '4px')).toBe(true);
  expect(only(storyOf('other_ship_from')).shipFrom).not.toBe(
    storyOf('other_ship_from').scans[0]?.place.country,
  );
});

test('scales tell what lay on them, whatever was said to be in it', () => {
  const gramsOf = (story: Story) => story.scans.flatMap(({ grams }) => grams ?? []);
  const goodsOf = (story: Story) =>
    only(story).order.parcels.reduce((sum, { actualGrams }) => sum + actualGrams, 0);
  const told = (way: Way) => stories.filter((one) => one.way === way && gramsOf(one).length > 0);
  for (const story of told('plain')) {
    expect(Math.min(...gramsOf(story))).toBeGreaterThan(goodsOf(story) * 0.95);
    expect(Math.max(...gramsOf(story))).toBeLessThan(goodsOf(story) * 1.06 + 200);
  }
  for (const story of told('brushing')) expect(Math.max(...gramsOf(story))).toBeLessThan(220);
  const odd = storyOf('odd_scale');
  expect(gramsOf(odd)[0]).toBe(1);
  expect(gramsOf(odd)[1]).toBeGreaterThan(goodsOf(odd) * 0.95);
  const silent = stories.filter((one) => one.way === 'plain' && gramsOf(one).length === 0);
  expect(told('plain').length).toBeGreaterThan(10);
  expect(silent.length).toBeGreaterThan(10);
});

test('merchants say what a parcel weighs as scales or a guess do, cheats what would be likely', () => {
  const goodsOf = (claim: Claim) =>
    claim.order.parcels.reduce((sum, { actualGrams }) => sum + actualGrams, 0);
  const ofWay = (way: Way) => stories.filter((one) => one.way === way).flatMap((story) => story.claims);
  const plain = ofWay('plain');
  const stated = plain.filter((claim) => claim.statedGrams !== undefined);
  expect(stated.length / plain.length).toBeGreaterThan(0.4);
  expect(stated.length / plain.length).toBeLessThan(0.8);
  for (const { statedGrams = 0, ...claim } of stated) {
    expect(statedGrams, claim.key).toBeGreaterThan(goodsOf(claim as Claim) * 0.66);
    expect(statedGrams, claim.key).toBeLessThan(goodsOf(claim as Claim) * 1.6 + 400);
  }
  const parts = ofWay('split_order').filter((claim) => claim.statedGrams !== undefined);
  expect(parts.some(({ statedGrams = 0, ...claim }) => statedGrams < goodsOf(claim as Claim))).toBe(true);
  const empty = ofWay('brushing').flatMap((claim) => claim.statedGrams ?? []);
  expect(Math.max(...empty)).toBeGreaterThan(220);
});

test('stories that were asked for find merchants in the usual proportion, apart from those of the lines', () => {
  expect([outsidersFor(300, 8), outsidersFor(1_200, 8), outsidersFor(36, 8)]).toEqual([92, 392, 4]);
  expect(outsidersFor(outsideOf(1_000), merchantsFor(1_000))).toBe(0);
  const size = { seed: 1, parcels: 40, days: 7, start, merchants: merchantsFor(40) };
  const without = planWorld(size);
  const beside = planWorld({ ...size, outsiders: outsidersFor(1_200, size.merchants) });
  expect(beside.orders).toEqual(without.orders);
  expect(beside.merchants.slice(0, size.merchants)).toEqual(without.merchants);
  expect(beside.merchants).toHaveLength(400);
  const lies = planOutside(1, 1_200, beside, beside.merchants).flatMap((story) =>
    story.claims.filter((claim) => !claim.isGenuine),
  );
  const liars = Map.groupBy(lies, (claim) => claim.order.merchant.index);
  expect(liars.size).toBeGreaterThan(80);
  expect([...liars.values()].filter((own) => own.length < 7).length / liars.size).toBeGreaterThan(0.8);
});

test('buyers deny a delivery that they did not get, or that somebody took in for them', () => {
  for (const story of stories) {
    const isDenied = ['unseen_neighbour', 'brushing', 'buyer_mistaken'].includes(story.way);
    expect(story.denial !== undefined, story.way).toBe(isDenied);
    if (story.denial !== undefined)
      expect(story.denial.at, story.way).toBeGreaterThan(Math.max(...story.scans.map((scan) => scan.at)));
  }
});

test('an order is written down before it is declared, and declared before it is corrected', () => {
  for (const story of stories) {
    const acts = actsOf(story);
    for (const claim of acts.flatMap((act) => (act.kind === 'claim' ? [act] : []))) {
      const { order } = story.claims[claim.claim] ?? {};
      const written = acts.find(
        (act) => act.kind === 'record_order' && story.claims[act.claim]?.order.ref === order?.ref,
      );
      expect(written?.at ?? Number.POSITIVE_INFINITY, story.way).toBeLessThan(claim.at);
    }
    for (const { at, correction } of story.claims)
      if (correction !== undefined) expect(correction.at).toBeGreaterThan(at);
  }
});

test('the counter knows the parcels that it took in, for the order they were for', () => {
  const books = booksOf(stories);
  for (const claim of claims) {
    const entry = books.get(receiptIn(proofOf(claim) ?? '') ?? '');
    if (claim.isGenuine) expect(entry?.orderRef, claim.key).toBe(claim.order.ref);
  }
  const economy = only(storyOf('economy_as_fast'));
  expect(books.get(receiptIn(proofOf(economy) ?? '') ?? '')?.isLetterPost).toBe(true);
  expect(receiptIn(proofOf(only(storyOf('invented_number'))) ?? '')).toBeUndefined();
});

test('people look at their lists every day, as long as somebody may have to answer or decide', () => {
  const looks = looksFor(stories);
  const first = Math.min(...claims.map((claim) => claim.at));
  expect(looks[0]?.at).toBeGreaterThan(first);
  expect(looks[0]?.at).toBeLessThan(first + 2 * DAY);
  const last = Math.max(...claims.map((claim) => claim.at));
  expect(looks.at(-1)?.at).toBeGreaterThan(last + 19 * DAY);
  expect(new Set(looks.map((look) => look.at)).size).toBe(looks.length);
  expect(looksFor([])).toEqual([]);
});
