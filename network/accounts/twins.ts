import type { Queryable } from '../../platform/db/index.ts';
import type { PublishedEvent, Reaction } from '../../platform/outbox/index.ts';
import type { Work, World } from '../../platform/world/index.ts';
import { accepted, type OrganisationId, type Outcome, refused } from '../kernel/index.ts';
import {
  OrganisationOpened,
  OrganisationRenamed,
  PasswordChanged,
  PersonDisabled,
  PersonEnabled,
  PersonRoleChanged,
} from './events.ts';
import { type MintedKey, type MintKey, mintKey, noteOpening } from './handle.ts';
import type { AccountErrorCode, Organisation } from './model.ts';
import { findPerson, type Person } from './people-store.ts';
import { distrustCached } from './revocations.ts';
import { revokeSessionsBefore } from './session-store.ts';
import { findOperatorOrganisation, findOrganisation } from './store.ts';
import {
  findTwinSource,
  saveTwinOrganisation,
  saveTwinPerson,
  type TwinSource,
  updateTwinPerson,
} from './twin-store.ts';

export type Worlds = { readonly live: World; readonly test: World };

/** Stands in the events of the test world for the program itself. */
const PROGRAM = 'bootstrap';

/**
 * The twin of a live organisation in the test world: same id, kind, name, marketplace and carrier. Makes it, and its
 * marketplace's, when the live outbox has not done so yet. `liveDb` reads in the scope of the network. Undefined: the
 * live world has no such organisation. Who holds a transaction of the live world may wait for one of the test world,
 * never the other way round: the pools cannot block each other.
 */
export async function ensureTwin(
  liveDb: Queryable,
  test: World,
  organisationId: string,
): Promise<Organisation | undefined> {
  const source = await findTwinSource(liveDb, organisationId);
  if (source === undefined) return undefined;
  const { clientPlatformId } = source.organisation;
  if (clientPlatformId !== undefined) await ensureTwin(liveDb, test, clientPlatformId);
  const outcome = await test.command('network', async (work) => accepted(await twinOf(work, source)));
  return outcome.ok ? outcome.value : undefined;
}

async function twinOf(work: Work, source: TwinSource): Promise<Organisation> {
  const { organisation, version } = source;
  if (organisation.kind === 'operator') {
    // A world has one operator; a test world that had its own before keeps it.
    const operatorId = await findOperatorOrganisation(work.db);
    const operator = operatorId === undefined ? undefined : await findOrganisation(work.db, operatorId);
    if (operator !== undefined && operator.id !== organisation.id) return operator;
  }
  const saved = await saveTwinOrganisation(work.db, source, work.now);
  if (saved === 'opened') noteOpening();
  if (saved !== 'unchanged')
    work.emit({
      type: saved === 'opened' ? OrganisationOpened.name : OrganisationRenamed.name,
      group: { organisationId: organisation.id },
      subjectId: organisation.id,
      subjectSequence: version,
      audience: [],
      payload:
        saved === 'opened'
          ? {
              organisationId: organisation.id,
              kind: organisation.kind,
              country: organisation.country,
              clientPlatformId: organisation.clientPlatformId,
              carrierCode: organisation.carrierCode,
              by: PROGRAM,
            }
          : { organisationId: organisation.id, by: PROGRAM },
    });
  return organisation;
}

/** Mints a key of the test world for a caller of the live one. Commits in the test world at once. */
export async function mintTestKey(
  liveDb: Queryable,
  test: World,
  command: MintKey,
): Promise<Outcome<MintedKey, AccountErrorCode | 'not_found'>> {
  const twin = await ensureTwin(liveDb, test, command.organisationId);
  if (twin === undefined) return refused('not_found', '');
  return test.command({ organisationId: twin.id }, (work) =>
    mintKey(work, test.name, { ...command, organisationId: twin.id }),
  );
}

/** The person's twin as he is now, for a session of the test world. */
export async function ensureTwinPerson(liveDb: Queryable, test: World, person: Person): Promise<Person> {
  const organisation = await ensureTwin(liveDb, test, person.organisationId);
  if (organisation === undefined) throw new Error(`${person.id} is of no organisation`);
  const twin: Person = { ...person, organisationId: organisation.id, isTwin: true };
  await test.command({ organisationId: twin.organisationId }, async (work) => {
    await saveTwinPerson(work.db, twin);
    return accepted(undefined);
  });
  return twin;
}

/**
 * What the session check believes of a twin: role and state are the living person's of now, whatever the twin has
 * heard of yet. Undefined: there is no such person any more.
 */
export async function findLivePerson(
  live: World,
  personId: string,
): Promise<Pick<Person, 'role' | 'state'> | undefined> {
  return live.read('network', (db) => findPerson(db, personId));
}

/** Of the live world alone: what happens to organisations and people there reaches their twins. */
export function twinReactions(ports: { readonly worlds: Worlds }): readonly Reaction[] {
  const organisations = [OrganisationOpened.name, OrganisationRenamed.name];
  const endings = [PersonDisabled.name, PasswordChanged.name];
  return [
    {
      name: 'accounts.twins',
      on: [...organisations, ...endings, PersonRoleChanged.name, PersonEnabled.name],
      run: async (work, event: PublishedEvent<{ readonly organisationId: OrganisationId }>) => {
        const { test } = ports.worlds;
        if (organisations.includes(event.type)) {
          await ensureTwin(work.db, test, event.payload.organisationId);
          return;
        }
        await followPerson(work.db, test, event.subjectId, {
          endsSessions: endings.includes(event.type),
          at: event.occurredAt,
        });
      },
    },
  ];
}

async function followPerson(
  liveDb: Queryable,
  test: World,
  personId: string,
  news: { readonly endsSessions: boolean; readonly at: PublishedEvent['occurredAt'] },
): Promise<void> {
  const person = await findPerson(liveDb, personId);
  if (person === undefined) return;
  await test.command('network', async (work) => {
    const twin = await findPerson(work.db, personId);
    if (twin === undefined) return accepted(undefined);
    await work.actFor({ organisationId: twin.organisationId });
    await updateTwinPerson(work.db, { ...person, organisationId: twin.organisationId });
    if (news.endsSessions)
      // Sessions of later were opened with the new password, or after the person was enabled again.
      for (const session of await revokeSessionsBefore(work.db, twin, news.at)) distrustCached(session);
    distrustCached(personId);
    return accepted(undefined);
  });
}
