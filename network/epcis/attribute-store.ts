import { type Queryable, sql } from '../../platform/db/index.ts';
import type { MasterAttribute } from './attributes.policy.ts';

/** Attributes of one statement. */
const AT_ONCE = 5_000;

/** What an organisation tells of elements, in place of what it told of them before. */
export async function replaceAttributes(
  db: Queryable,
  organisationId: string,
  elements: readonly string[],
  attributes: readonly MasterAttribute[],
): Promise<void> {
  if (elements.length === 0) return;
  // One after another, or two documents about an element would leave what each of them says.
  await db.rows(
    sql`select pg_advisory_xact_lock(hashtextextended(${`epcis master data:${organisationId}`}, 0))`,
  );
  await db.run(sql`
    delete from epcis.master_attribute
    where organisation_id = ${organisationId} and element = any(${[...elements]}::text[])`);
  for (let from = 0; from < attributes.length; from += AT_ONCE) {
    const part = attributes.slice(from, from + AT_ONCE);
    await db.run(sql`
      insert into epcis.master_attribute (organisation_id, element, name, value)
      select ${organisationId}, element, name, value
      from unnest(${part.map(({ element }) => element)}::text[], ${part.map(({ name }) => name)}::text[],
        ${part.map(({ value }) => value)}::text[]) as a(element, name, value)`);
  }
}
