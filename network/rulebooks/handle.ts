import type { Work } from '../../platform/world/index.ts';
import type { Principal } from '../accounts/index.ts';
import { accepted, type Instant, instant, type Outcome, refused } from '../kernel/index.ts';
import { activate, afterTests, giveWay, periodAt, retire, stateAt } from './decide.ts';
import { digestOf } from './digest.ts';
import {
  RulebookVersionActivated,
  RulebookVersionDrafted,
  RulebookVersionRetired,
  RulebookVersionTested,
} from './events.ts';
import type { DryRunResult, RulebookKind, TestFailure } from './kind.ts';
import {
  NETWORK,
  type Period,
  PRODUCT,
  type RulebookErrorCode,
  type RulebookScope,
  type RulebookVersion,
} from './model.ts';
import { distrustCachedPeriods } from './reader.ts';
import {
  findVersion,
  findVersionByDigest,
  insertTrial,
  insertVersion,
  listDatedVersions,
  listPeriods,
  lockRulebook,
  readDatedDocument,
  saveLife,
} from './store.ts';

/** Whose books a caller edits: the operator those of the network, a marketplace its own. */
export function editedScope(caller: Pick<Principal, 'organisationKind' | 'organisationId'>): RulebookScope {
  return caller.organisationKind === 'operator' ? NETWORK : caller.organisationId;
}

export type DraftVersion = {
  readonly scope: RulebookScope;
  readonly author: string;
  readonly note: string;
  readonly document: unknown;
};

/** Writes a new version; the book is opened with its first. The document must already fit the kind's schema. */
export async function draftVersion(
  work: Work,
  kind: RulebookKind,
  command: DraftVersion,
): Promise<Outcome<RulebookVersion, RulebookErrorCode>> {
  const level = command.scope === NETWORK ? 'network' : 'platform';
  if (!kind.scopes.includes(level)) {
    return refused(
      'rulebook_kind_unknown',
      `A rulebook of kind ${kind.kind} belongs to ${kind.scopes.join(' or ')}.`,
    );
  }
  await work.actFor({ organisationId: command.scope });
  const book = await lockRulebook(work.db, {
    id: work.newId('rbk'),
    organisationId: command.scope,
    kind: kind.kind,
    openedAt: work.now,
  });
  const version = await insertVersion(
    work.db,
    {
      id: work.newId('rbv'),
      rulebookId: book.id,
      organisationId: command.scope,
      kind: kind.kind,
      digest: digestOf(command.document),
      author: command.author,
      note: command.note,
      draftedAt: work.now,
      state: 'draft',
      validFrom: undefined,
      validTo: undefined,
      revision: 1,
    },
    command.document,
  );
  publish(work, RulebookVersionDrafted.name, version);
  return accepted(version);
}

/** Runs the tests of a version and keeps the result. Passing makes a draft `tested`, failing a tested one a `draft`. */
export async function runVersionTests(
  work: Work,
  kind: RulebookKind,
  found: { readonly version: RulebookVersion; readonly document: unknown },
  by: string,
): Promise<{ version: RulebookVersion; failures: readonly TestFailure[] }> {
  const failures = kind.runTests(found.document);
  await insertTrial(
    work.db,
    { id: work.newId('rbt'), version: found.version, kind: 'tests', by, result: { failures } },
    work.now,
  );
  // Tests may take their time: what became of the version meanwhile is not overwritten.
  const before = (await lockVersion(work, found.version.id))?.version ?? found.version;
  const state = afterTests(stateAt(before, work.now), failures.length);
  if (state === stateAt(before, work.now)) return { version: before, failures };
  const version = await saveLife(work.db, before, { ...before, state });
  publish(work, RulebookVersionTested.name, version, { failures: failures.length });
  return { version, failures };
}

/** At most so many cases are judged in one dry run. Our default: a week of a middling platform, some seconds. */
const DRY_RUN_CASES = 10_000;

/** Judges real cases by this version and by the one in force now; nothing changes but the record of it. */
export async function dryRunVersion(
  work: Work,
  kind: RulebookKind,
  found: { readonly version: RulebookVersion; readonly document: unknown },
  command: { readonly from: Instant; readonly to: Instant; readonly by: string },
): Promise<Outcome<{ result: DryRunResult; againstVersionId: string | undefined }, RulebookErrorCode>> {
  if (kind.dryRun === undefined) return refused('rulebook_no_dry_run', '');
  const { version, document } = found;
  const period = periodAt(
    await listPeriods(work.db, kind.kind, version.organisationId),
    version.organisationId,
    work.now,
  );
  const against = period === undefined ? undefined : await readDatedDocument(work.db, period);
  // The network's rules are tried on what everybody asked; a platform's on what its own merchants did.
  if (version.organisationId === NETWORK) await work.actFor('network');
  const cases = await kind.dryRun.listCases(work.db, {
    scope: version.organisationId,
    from: command.from,
    to: command.to,
    limit: DRY_RUN_CASES,
  });
  const result = kind.dryRun.run(document, against, cases);
  const trial = { from: command.from, to: command.to, against: period?.versionId, result };
  await insertTrial(
    work.db,
    { id: work.newId('rbt'), version, kind: 'dry_run', by: command.by, result: trial },
    work.now,
  );
  return accepted({ result, againstVersionId: period?.versionId });
}

/** Puts a version into force from `at`; the one before ends there. */
export async function activateVersion(
  work: Work,
  kind: RulebookKind,
  versionId: string,
  at: Instant,
): Promise<Outcome<RulebookVersion, RulebookErrorCode | 'not_found'>> {
  const found = await lockVersion(work, versionId);
  if (found === undefined) return refused('not_found', '');
  const dated = await listDatedVersions(work.db, found.version.organisationId, found.version.rulebookId);
  const others = dated.filter((other) => other.state === 'active').flatMap(periodOf);
  const failures = kind.runTests(found.document).length;
  const decided = activate(found.version, { at, now: work.now, failures }, others);
  if (!decided.ok) return decided;
  let mine = found.version;
  for (const other of dated.filter((one) => one.state === 'active')) {
    const life = periodOf(other).map((period) => giveWay(period, at))[0];
    if (life === undefined) continue;
    const moved = await saveLife(work.db, other, life);
    if (moved.id === mine.id) mine = moved;
    publish(work, RulebookVersionActivated.name, moved, dates(moved));
  }
  const version = await saveLife(work.db, mine, decided.value);
  publish(work, RulebookVersionActivated.name, version, dates(version));
  distrustCachedPeriods(version.kind);
  return accepted(version);
}

/** Ends a version now, or throws a draft away. Nothing takes its place: the network's rules hold again. */
export async function retireVersion(
  work: Work,
  versionId: string,
): Promise<Outcome<RulebookVersion, RulebookErrorCode | 'not_found'>> {
  const found = await lockVersion(work, versionId);
  if (found === undefined) return refused('not_found', '');
  const decided = retire(found.version, work.now);
  if (!decided.ok) return decided;
  const version = await saveLife(work.db, found.version, decided.value);
  publish(work, RulebookVersionRetired.name, version, dates(version));
  distrustCachedPeriods(version.kind);
  return accepted(version);
}

/** The first shipped version of a kind holds since ever: a test world may live in the past. */
const EVER = instant('1970-01-01T00:00:00Z');

type Shipped<Document> = {
  readonly kind: RulebookKind<Document>;
  readonly document: NoInfer<Document>;
  readonly note?: string;
};

/**
 * Brings a document that the product ships into force for the network. Does nothing when this document was shipped
 * before. When the operator activated a version of his own, the shipped one only waits as `tested`. Acts for the
 * network, and goes on so. Throws when the document does not fit its schema or fails its tests.
 */
export async function shipRulebook<Document>(
  work: Work,
  shipped: Shipped<Document>,
): Promise<RulebookVersion> {
  const version = await ship(work, shipped);
  await work.actFor('network');
  return version;
}

async function ship<Document>(work: Work, shipped: Shipped<Document>): Promise<RulebookVersion> {
  const kind = shipped.kind as RulebookKind;
  const document = kind.schema.parse(shipped.document);
  const failures = kind.runTests(document);
  if (failures[0] !== undefined) {
    throw new Error(
      `the shipped rulebook ${kind.kind} fails its test ${failures[0].test}: ${failures[0].message}`,
    );
  }
  await work.actFor({ organisationId: NETWORK });
  const opened = {
    id: work.newId('rbk'),
    organisationId: NETWORK,
    kind: kind.kind,
    openedAt: work.now,
  } as const;
  const book = await lockRulebook(work.db, opened);
  const known = await findVersionByDigest(work.db, NETWORK, book.id, digestOf(document));
  if (known !== undefined) return known;
  const note = shipped.note ?? 'shipped with the product';
  const drafted = await draftVersion(work, kind, { scope: NETWORK, author: PRODUCT, note, document });
  if (!drafted.ok) throw new Error(`the rulebook kind ${kind.kind} is not for the network`);
  const { version } = await runVersionTests(work, kind, { version: drafted.value, document }, PRODUCT);
  const dated = await listDatedVersions(work.db, NETWORK, book.id);
  if (dated.some((other) => other.author !== PRODUCT && stateAt(other, work.now) === 'active'))
    return version;
  if (dated.length === 0) {
    const first = await saveLife(work.db, version, { state: 'active', validFrom: EVER, validTo: undefined });
    publish(work, RulebookVersionActivated.name, first, dates(first));
    distrustCachedPeriods(kind.kind);
    return first;
  }
  const activated = await activateVersion(work, kind, version.id, work.now);
  if (!activated.ok)
    throw new Error(`the shipped rulebook ${kind.kind} was refused: ${activated.rejection.code}`);
  return activated.value;
}

/** The version as it is under the lock of its book. */
async function lockVersion(work: Work, versionId: string) {
  const seen = await findVersion(work.db, versionId);
  if (seen === undefined) return undefined;
  const { organisationId, kind, rulebookId } = seen.version;
  await lockRulebook(work.db, { id: rulebookId, organisationId, kind, openedAt: work.now });
  return findVersion(work.db, versionId);
}

function periodOf(version: RulebookVersion): Period[] {
  if (version.validFrom === undefined) return [];
  return [
    {
      organisationId: version.organisationId,
      versionId: version.id,
      number: version.number,
      validFrom: version.validFrom,
      validTo: version.validTo,
    },
  ];
}

function dates(version: RulebookVersion) {
  return { validFrom: version.validFrom, validTo: version.validTo };
}

function publish(work: Work, type: string, version: RulebookVersion, more: object = {}): void {
  work.emit({
    type,
    group: { organisationId: version.organisationId },
    subjectId: version.id,
    subjectSequence: version.revision,
    audience: version.organisationId === NETWORK ? [] : [version.organisationId],
    payload: {
      rulebookVersionId: version.id,
      rulebookId: version.rulebookId,
      kind: version.kind,
      number: version.number,
      digest: version.digest,
      ...more,
    },
  });
}
