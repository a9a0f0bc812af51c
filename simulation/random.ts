import { createHash } from 'node:crypto';

/**
 * Drawn numbers of one stream. The same seed and name give the same numbers for ever, and streams do not disturb each
 * other: what one parcel draws never depends on how many others there are or in which order they act.
 */
export type Random = {
  /** From 0 inclusive to 1 exclusive. */
  next(): number;
  /** A whole number from `low` to `high`, both inclusive. */
  whole(low: number, high: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
  /** An item with the likelihood of its weight. */
  weighted<Item>(items: readonly (readonly [item: Item, weight: number])[]): Item;
  /** Log-normal by its median and its 90th percentile, in the unit of both. */
  spread(p50: number, p90: number): number;
};

/** Quantile 0.9 of the standard normal distribution. */
const Z_90 = 1.2815515655446004;

export function randomOf(seed: number, name: string): Random {
  const digest = createHash('sha256').update(`${seed}/${name}`).digest();
  const state = Uint32Array.from({ length: 4 }, (_, index) => digest.readUInt32LE(index * 4));
  const next = () => nextOf(state);
  const pick = <Item>(items: readonly Item[]): Item => {
    const item = items[Math.floor(next() * items.length)];
    if (item === undefined) throw new RangeError('nothing to pick from');
    return item;
  };
  return {
    next,
    whole: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (probability) => next() < probability,
    pick,
    weighted: (items) => {
      let left = next() * items.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [item, weight] of items) {
        left -= weight;
        if (left < 0) return item;
      }
      return pick(items)[0];
    },
    spread: (p50, p90) => p50 * Math.exp((normal(next) * Math.log(p90 / p50)) / Z_90),
  };
}

/** xoshiro128** by Blackman and Vigna: https://prng.di.unimi.it/xoshiro128starstar.c */
function nextOf(state: Uint32Array): number {
  const [a = 0, b = 0, c = 0, d = 0] = state;
  const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
  const crossed = c ^ a;
  const mixed = d ^ b;
  state[0] = a ^ mixed;
  state[1] = b ^ crossed;
  state[2] = crossed ^ (b << 9);
  state[3] = rotate(mixed, 11);
  return result / 0x1_0000_0000;
}

function rotate(word: number, by: number): number {
  return ((word << by) | (word >>> (32 - by))) >>> 0;
}

/** Box and Muller; cut at three deviations, so that no leg takes a year. */
function normal(next: () => number): number {
  const drawn = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  return Math.max(-3, Math.min(3, drawn));
}
