import { planAnew, type Queryable, sql } from '../../platform/db/index.ts';
import type { MasterData } from './event.schema.ts';
import type { Namespaces } from './event-hash.policy.ts';
import { GLN, OWN_PLACE } from './place-hierarchy.policy.ts';
import type { ToldMasterData } from './vocabulary-element.policy.ts';

/** What an organisation tells of elements in a capture, in place of what it told of them before. A document tells 10,000 things at most. */
export async function replaceMasterData(
  db: Queryable,
  organisationId: string,
  captureId: string,
  { elements, attributes, children }: ToldMasterData,
  namespaces: Namespaces,
): Promise<void> {
  if (elements.length === 0) return;
  // One after another, or two documents about an element would leave what each of them says.
  await db.rows(
    sql`select pg_advisory_xact_lock(hashtextextended(${`epcis master data:${organisationId}`}, 0))`,
  );
  const names = elements.map(({ element }) => element);
  await db.run(sql`
    delete from epcis.master_attribute
    where organisation_id = ${organisationId} and element = any(${names}::text[])`);
  await db.run(sql`
    delete from epcis.master_child
    where organisation_id = ${organisationId} and parent = any(${names}::text[])`);
  await db.run(sql`
    update epcis.capture set extensions = ${Object.fromEntries(namespaces)}::jsonb
    where organisation_id = ${organisationId} and capture_id = ${captureId}`);
  await db.run(sql`
    insert into epcis.master_element (organisation_id, element, vocabularies, capture_id)
    select ${organisationId}, element, vocabularies, ${captureId}
    from jsonb_to_recordset(${JSON.stringify(elements)}::jsonb) as e(element text, vocabularies jsonb)
    on conflict (organisation_id, element) do update
    set vocabularies = excluded.vocabularies, capture_id = excluded.capture_id`);
  await db.run(sql`
    insert into epcis.master_attribute (organisation_id, element, name, value)
    select ${organisationId}, element, name, value
    from unnest(${attributes.map(({ element }) => element)}::text[], ${attributes.map(({ name }) => name)}::text[],
      ${attributes.map(({ value }) => value)}::text[]) as a(element, name, value)`);
  await db.run(sql`
    insert into epcis.master_child (organisation_id, parent, child)
    select ${organisationId}, parent, child
    from unnest(${children.map(({ parent }) => parent)}::text[], ${children.map(({ child }) => child)}::text[])
      as c(parent, child)`);
}

/** What an organisation last told of an element, as it was sent. `element` is canonical. */
export async function findMasterData(
  db: Queryable,
  organisationId: string,
  element: string,
): Promise<{ vocabularies: MasterData; context: Readonly<Record<string, string>> } | undefined> {
  const [row] = await db.rows<{ vocabularies: MasterData; context: Record<string, string> }>(sql`
    select e.vocabularies, c.extensions as context
    from epcis.master_element e
    join epcis.capture c on c.organisation_id = e.organisation_id and c.capture_id = e.capture_id
    where e.organisation_id = ${organisationId} and e.element = ${element}`);
  return row;
}

/**
 * Places, all canonical, with every place that lies inside one of them because master data lists it there, or lists it in a
 * place that the identifier of one of them holds (place-hierarchy.policy.ts). Each once, also when places hold each other.
 */
export async function listPlacesInside(
  db: Queryable,
  organisationId: string,
  places: readonly string[],
): Promise<string[]> {
  // By ranges alone, which the index serves under row-level security (query-store.ts). OFFSET keeps each step a look-up in
  // it: a plan made before the statistics know of many children would read all of them at each.
  const rows = await db.rows<{ place: string }>(
    planAnew(sql`
    with recursive inside(place) as (
      select place collate "C" from unnest(${[...places]}::text[]) as asked(place)
      union
      select m.child from inside i
      cross join lateral (values
        (i.place, i.place),
        (case when i.place ~ ${GLN.source} then i.place || '/254/' end, i.place || '/254/' || chr(1114111)),
        (case when i.place ~ ${OWN_PLACE.source} then i.place || ':' end, i.place || ':' || chr(1114111))
      ) as r(low, high)
      cross join lateral (
        select child from epcis.master_child
        where organisation_id = ${organisationId} and parent >= r.low collate "C" and parent <= r.high collate "C"
        offset 0
      ) as m)
    select place from inside`),
  );
  return rows.map(({ place }) => place);
}
