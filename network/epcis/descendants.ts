import type { Queryable } from '../../platform/db/index.ts';
import { placesInside } from './place-hierarchy.policy.ts';
import type { EventFilter } from './query.policy.ts';
import { listPlacesInside } from './vocabulary-element-store.ts';

/** A filter that names, where it asks for places with descendants, those of its organisation's master data, too. */
export async function withDescendants(
  db: Queryable,
  organisationId: string,
  filter: EventFilter,
): Promise<EventFilter> {
  if (!filter.said.some(({ isWithDescendants }) => isWithDescendants)) return filter;
  const said = [];
  for (const one of filter.said) {
    if (one.isWithDescendants !== true) said.push(one);
    else {
      const values = await listPlacesInside(db, organisationId, one.values);
      said.push({ ...one, values, patterns: values.flatMap((place) => placesInside(place) ?? []) });
    }
  }
  return { ...filter, said };
}
