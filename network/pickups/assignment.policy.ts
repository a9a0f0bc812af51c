import { compileZones, type ZoneMatcher, zoneOf } from '../places/index.ts';
import type { Area, AreaId, Block, Courier, PickupPlace } from './model.ts';

/** The courier with the fewest open visits; of equals the one who was taken on first. Undefined: nobody is there. */
export function leastLoaded(
  couriers: readonly Courier[],
  areaId: AreaId,
  loads: ReadonlyMap<string, number>,
): Courier | undefined {
  return couriers
    .filter((courier) => courier.isOn && courier.areaIds.includes(areaId))
    .sort((a, b) => (loads.get(a.id) ?? 0) - (loads.get(b.id) ?? 0) || (a.id < b.id ? -1 : 1))[0];
}

/**
 * The areas that hold a place, one for each carrier: of one carrier's areas the most specific, as `places` judges it.
 */
export function areasOf(areas: readonly Area[], place: PickupPlace): Area[] {
  const byCarrier = Map.groupBy(areas, (area) => area.organisationId);
  return [...byCarrier.values()].flatMap((own) => {
    const zones = own.map((area) => ({ code: area.id, matchers: matchersOf(area) }));
    const hit = zoneOf(compileZones({ zones }), {
      country: place.country,
      postcode: place.postcode,
      divisionCodes: place.division === undefined ? undefined : [place.division],
    });
    return own.filter((area) => area.id === hit?.zone);
  });
}

function matchersOf(area: Area): ZoneMatcher[] {
  const { country } = area;
  const matchers: ZoneMatcher[] = [
    ...area.divisions.map((code) => ({ kind: 'division', country, code }) as const),
    ...area.postcodePrefixes.map((prefix) => ({ kind: 'postcode_prefix', country, prefix }) as const),
  ];
  return matchers.length === 0 ? [{ kind: 'country', country }] : matchers;
}

/** The first block that keeps a carrier from this door, if any. */
export function findBlock(
  blocks: readonly Block[],
  door: { readonly organisationId: string; readonly senderRef: string; readonly place: PickupPlace },
): Block | undefined {
  return blocks.find((block) => {
    if (block.kind === 'user') return block.blockedOrganisationId === door.organisationId;
    if (block.partyRef !== undefined) {
      return block.partyRef === door.senderRef && block.blockedOrganisationId === door.organisationId;
    }
    return block.country === door.place.country && block.postcode === door.place.postcode;
  });
}
