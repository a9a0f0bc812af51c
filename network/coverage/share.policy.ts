/** Distances of the law and of the field: 3 km in towns, 10 km in the country (domain reference 5.6, 5.7). */
export const BANDS_METERS = [3_000, 5_000, 10_000] as const;
export const WIDEST_METERS = 10_000;

/** Source: our reading of "village" in domain reference 5.7 on what GeoNames knows. */
export const VILLAGE_PEOPLE = 5_000;

/** A place with the distance to the nearest point; Infinity beyond the widest band. `people`: 0 where nobody counted. */
export type MeasuredPlace = {
  readonly divisionCode: string | undefined;
  readonly people: number;
  readonly nearestMeters: number;
};

export type Share = {
  readonly places: number;
  readonly villages: number;
  readonly people: number;
  readonly within: readonly {
    readonly meters: number;
    readonly places: number;
    readonly villages: number;
    readonly people: number;
    /** 0 to 1; 0 where there is nothing to divide by. */
    readonly placesShare: number;
    readonly villagesShare: number;
    readonly peopleShare: number;
  }[];
};

/** How many places, villages and counted people have a point near. */
export function shareOf(places: readonly MeasuredPlace[]): Share {
  const all = countOf(places);
  return {
    ...all,
    within: BANDS_METERS.map((meters) => {
      const near = countOf(places.filter((place) => place.nearestMeters <= meters));
      return {
        meters,
        ...near,
        placesShare: ratio(near.places, all.places),
        villagesShare: ratio(near.villages, all.villages),
        peopleShare: ratio(near.people, all.people),
      };
    }),
  };
}

/** By level 1 division, the least covered people first; places of no known division are left out. */
export function sharesByDivision(
  places: readonly MeasuredPlace[],
): (Share & { readonly divisionCode: string })[] {
  return [...Map.groupBy(places, (place) => place.divisionCode)]
    .flatMap(([divisionCode, own]) => (divisionCode === undefined ? [] : [{ divisionCode, ...shareOf(own) }]))
    .sort((a, b) => widest(a) - widest(b) || (a.divisionCode < b.divisionCode ? -1 : 1));
}

function widest(share: Share): number {
  return share.within.at(-1)?.peopleShare ?? 0;
}

function countOf(places: readonly MeasuredPlace[]) {
  let [villages, people] = [0, 0];
  for (const place of places) {
    if (place.people < VILLAGE_PEOPLE) villages += 1;
    people += place.people;
  }
  return { places: places.length, villages, people };
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 1e6) / 1e6;
}
