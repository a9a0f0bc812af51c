import type { Instant, Money } from '../kernel/index.ts';
import { type CompiledLine, findTable } from './compiled-line.ts';
import type { Area, Place } from './model.ts';
import { marginOf, priceParcels } from './price.policy.ts';

/** Net amounts, without tax. `buying` and `margin` are absent where no buying table prices the same in its currency. */
export type MarginExample = {
  readonly zone: string;
  readonly weightGrams: number;
  readonly selling: Money;
  readonly buying: Money | undefined;
  readonly margin: Money | undefined;
};

/** Weights that examples are reckoned for (our choice: small packet, shoe box, carton). */
const EXAMPLE_GRAMS = [100, 500, 1_000, 2_000, 5_000, 10_000] as const;

/**
 * What the network keeps on one normal parcel, by price zone and weight, with the tables in force at `at`. Each zone
 * is shown once, by the first pair of places that reaches it; zones that no area of the table names stay out.
 */
export function marginExamples(line: CompiledLine, at: Instant): readonly MarginExample[] {
  const table = findTable(line.selling, at);
  if (table === undefined) return [];
  const ends = table.table.zones.regions.flatMap((region) => region.areas.slice(0, 1).flatMap(placesOf));
  const starts = [...line.line.origins.slice(0, 1).flatMap(placesOf), ...ends];
  const seen = new Set<string>();
  const examples: MarginExample[] = [];
  for (const origin of table.table.zones.rule.kind === 'by_pair' ? starts : starts.slice(0, 1)) {
    for (const destination of ends) {
      const zone = table.zoneOf(origin, destination);
      if (zone === undefined || seen.has(zone)) continue;
      seen.add(zone);
      examples.push(...examplesOf(line, zone, origin, destination, at));
    }
  }
  return examples;
}

function examplesOf(
  line: CompiledLine,
  zone: string,
  origin: Place,
  destination: Place,
  at: Instant,
): MarginExample[] {
  const { minWeightGrams = 1, maxWeightGrams } = line.line.limits;
  return EXAMPLE_GRAMS.flatMap((weightGrams) => {
    if (weightGrams < minWeightGrams || weightGrams > maxWeightGrams) return [];
    const parcels = [{ weightGrams, goodsClasses: ['normal'] as const }];
    const selling = priceParcels(line, 'selling', parcels, { origin, destination }, at);
    if (!selling.ok) return [];
    const bought = priceParcels(line, 'buying', parcels, { origin, destination }, at);
    const buying = bought.ok ? bought.value : undefined;
    return [
      {
        zone,
        weightGrams,
        selling: selling.value.net,
        buying: buying?.net,
        margin: buying === undefined ? undefined : marginOf(selling.value, buying),
      },
    ];
  });
}

/** A place inside an area, as precise as the area is. */
function placesOf(area: Area): Place[] {
  if (area.country === '*') return [];
  const [division] = area.divisions ?? [];
  const postcode = area.postcodePrefixes?.[0] ?? area.postcodeRanges?.[0]?.from;
  return [
    {
      country: area.country,
      ...(division === undefined ? {} : { division }),
      ...(postcode === undefined ? {} : { postcode }),
    } as Place,
  ];
}
