import type { ScanPlace } from './model.ts';

/** A place without what makes it one spot: as coarse as towns are told. */
export type Town = Pick<ScanPlace, 'country' | 'city' | 'postcode'>;

/** Towns of one country that are remembered; a country's are forgotten when they are so many. Our default. */
const KEPT = 20_000;

/** Remembers what is told of towns: places repeat (hubs, depots, large cities). By country, then town and postcode. */
export function rememberTowns<Told>(tell: (town: Town) => Told): (town: Town) => Told {
  const known = new Map<string, Map<string, Told>>();
  return ({ country, city, postcode }) => {
    const towns = known.getOrInsertComputed(country, () => new Map());
    // Most are told without a postcode: then nothing is put together to look one up. Places hold no control characters.
    const key = postcode === undefined ? (city ?? '') : `${city ?? ''}\n${postcode}`;
    const found = towns.get(key);
    if (found !== undefined || towns.has(key)) return found as Told;
    const told = tell({ country, city, postcode } as Town);
    if (towns.size >= KEPT) towns.clear();
    towns.set(key, told);
    return told;
  };
}
