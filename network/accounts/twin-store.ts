import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Instant } from '../kernel/index.ts';
import type { Organisation } from './model.ts';
import type { Person } from './people-store.ts';
import { findOrganisation } from './store.ts';

/** An organisation as its twin copies it. */
export type TwinSource = { readonly organisation: Organisation; readonly version: number };

export async function findTwinSource(db: Queryable, id: string): Promise<TwinSource | undefined> {
  const organisation = await findOrganisation(db, id);
  if (organisation === undefined) return undefined;
  const { version } = await db.row<{ version: number }>(
    sql`select version from accounts.organisation where organisation_id = ${id}`,
  );
  return { organisation, version };
}

/** Makes the twin or brings it to a newer version. Older news, and an organisation of the same id, change nothing. */
export async function saveTwinOrganisation(
  db: Queryable,
  { organisation, version }: TwinSource,
  now: Instant,
): Promise<'opened' | 'renamed' | 'unchanged'> {
  const row = await db.maybeRow<{ opened: boolean }>(sql`
    insert into accounts.organisation as o
      (organisation_id, kind, name, country, client_platform_id, carrier_code, opened_at, version, is_twin)
    values (${organisation.id}, ${organisation.kind}, ${organisation.name}, ${organisation.country},
      ${organisation.clientPlatformId}, ${organisation.carrierCode}, ${now}, ${version}, true)
    on conflict (organisation_id) do update set name = excluded.name, version = excluded.version
      where o.is_twin and o.version < excluded.version
    returning xmax = 0 as opened`);
  if (row === undefined) return 'unchanged';
  return row.opened ? 'opened' : 'renamed';
}

export async function isTwinOrganisation(db: Queryable, id: string): Promise<boolean> {
  const row = await db.maybeRow<{ is_twin: boolean }>(
    sql`select is_twin from accounts.organisation where organisation_id = ${id}`,
  );
  return row?.is_twin === true;
}

/** In the place of a password hash: unreadable, so no password fits it (as `!` in shadow(5)). */
const NO_PASSWORD = '!';

/** Brings a person's twin, if there is one, to a newer version. */
export async function updateTwinPerson(db: Queryable, person: Person): Promise<void> {
  await db.run(sql`
    update accounts.person set name = ${person.name}, email = ${person.email}, role = ${person.role},
      state = ${person.state}, disabled_at = ${person.disabledAt}, version = ${person.version}
    where organisation_id = ${person.organisationId} and person_id = ${person.id} and is_twin
      and version < ${person.version}`);
}

/** The twin of a person as he is now. It claims no e-mail: log-ins look for him in the live world. */
export async function saveTwinPerson(db: Queryable, person: Person): Promise<void> {
  await db.run(sql`
    insert into accounts.person (organisation_id, person_id, name, email, role, state, password_hash, version, joined_at, is_twin)
    values (${person.organisationId}, ${person.id}, ${person.name}, ${person.email}, ${person.role}, ${person.state},
      ${NO_PASSWORD}, ${person.version}, ${person.joinedAt}, true)
    on conflict do nothing`);
  await updateTwinPerson(db, person);
}
