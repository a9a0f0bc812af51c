import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from '../../platform/db/index.ts';
import { newId, type Work } from '../../platform/world/index.ts';
import { startTestWorld, type TestWorld } from '../../test/setup/database.ts';
import {
  accepted,
  addDays,
  addMs,
  type Instant,
  latest,
  type OrganisationId,
  type Outcome,
} from '../kernel/index.ts';
import { shipRulebook } from '../rulebooks/index.ts';
import { claim, day, factsOf, HONEST_SCANS } from './facts.fixture.ts';
import type { DeclarationFacts } from './facts.ts';
import { act, lookAgain, openCase } from './handle.ts';
import type { Verification } from './model.ts';
import { listPenalties, standingPenalties } from './penalty-store.ts';
import type { AuthenticityPorts } from './ports.ts';
import { authenticityJobs } from './reactions.ts';
import { DEFAULT_FALSE_TRACKING } from './rulebook.ts';
import { FALSE_TRACKING_KIND } from './rulebook-kind.ts';
import {
  findVerification,
  listCasesOf,
  listDeclaredVerifications,
  listSteps,
  listVerifications,
} from './store.ts';

const MARKET = newId('org') as OrganisationId;
const RIVAL = newId('org') as OrganisationId;
const MERCHANT = newId('org') as OrganisationId;

let bed: TestWorld;
let now: Instant = day(1);
/** What `external` would know of each declaration. */
const declared = new Map<
  string,
  { organisationId: OrganisationId; facts: DeclarationFacts; withdrawnAt?: Instant }
>();

const ports: AuthenticityPorts = {
  vault: undefined as never,
  rulebook: FALSE_TRACKING_KIND,
  readDeclaration: async (work, externalShipmentId) => {
    const known = declared.get(externalShipmentId);
    if (known === undefined) return undefined;
    return {
      organisationId: known.organisationId,
      clientPlatformId: MARKET,
      orderId: 'ord_1',
      withdrawnAt: known.withdrawnAt,
      facts: { ...known.facts, at: work.now },
    };
  },
};

beforeAll(async () => {
  bed = await startTestWorld({ now: () => now });
  await within('network', (work) =>
    shipRulebook(work, { kind: FALSE_TRACKING_KIND, document: DEFAULT_FALSE_TRACKING }),
  );
});
afterAll(() => bed?.stop());

async function within<T>(
  scope: Parameters<typeof bed.world.command>[0],
  body: (work: Work) => Promise<T>,
): Promise<T> {
  const outcome = await bed.world.command(scope, async (work) => accepted(await body(work)));
  if (!outcome.ok) throw new Error('refused');
  return outcome.value;
}

/** A declaration of an own number whose scans are as told, made at `now`. */
async function declare(
  facts: Partial<DeclarationFacts>,
  organisationId = MERCHANT,
): Promise<{ id: string; caseId: string }> {
  const id = newId('ext');
  const whole = factsOf();
  declared.set(id, {
    organisationId,
    facts: {
      ...whole,
      ...facts,
      declaration: {
        ...whole.declaration,
        externalShipmentId: id,
        number: `N${id}`,
        declaredAt: now,
        numberDeclaredAt: now,
      },
      order: { ...whole.order, placedAt: addDays(now, -1) },
    },
  });
  await within('network', (work) => openCase(work, ports, id));
  const [one] = await bed.world.read('network', (db) => listCasesOf(db, { externalShipmentId: id }));
  if (one === undefined) throw new Error('no case');
  return { id, caseId: one.id };
}

const read = async (caseId: string): Promise<Verification> => {
  const one = await bed.world.read('network', (db) => findVerification(db, caseId));
  if (one === undefined) throw new Error('no case');
  return one;
};
const lookIn = (work: Work, caseId: string, organisationId = MERCHANT) =>
  lookAgain(work, ports, [{ organisationId, id: caseId as Verification['id'] }]);
const look = (caseId: string, organisationId = MERCHANT) =>
  within('network', (work) => lookIn(work, caseId, organisationId));
const know = (id: string, facts: Partial<DeclarationFacts>) => {
  const known = declared.get(id);
  if (known === undefined) throw new Error('not declared');
  declared.set(id, { ...known, facts: { ...known.facts, ...facts } });
};
const points = () => bed.world.read('network', (db) => standingPenalties(db, MERCHANT, now));
const steps = async (caseId: string) => (await history(caseId)).map((step) => step.name);
const history = async (caseId: string) => {
  const one = await read(caseId);
  return bed.world.read('network', (db) => listSteps(db, one));
};
const eventsOf = (caseId: string) =>
  bed.world.read('network', async (db) =>
    (
      await db.rows<{ type: string }>(
        sql`select type from platform.outbox_organisation where subject_id = ${caseId} order by subject_sequence`,
      )
    )
      .map((row) => row.type)
      // The states that it got to are those of its steps.
      .filter((type) => type !== 'VerificationMoved'),
  );

async function acting(
  caseId: string,
  command: Parameters<typeof act>[4],
): Promise<Outcome<Verification, string>> {
  const ref = { organisationId: MERCHANT, id: caseId as Verification['id'] };
  return bed.world.command({ organisationId: MERCHANT }, (work) =>
    act(work, ports, ref, { judge: 'operator', callerId: 'per_1', reason: 'seen' }, command),
  );
}

/** Forward to when its next look convicts. */
async function untilConviction(caseId: string, organisationId = MERCHANT): Promise<void> {
  now = latest(now, (await read(caseId)).firstScanDueAt);
  await look(caseId, organisationId);
  now = latest(now, (await read(caseId)).settlesAt ?? now);
  await look(caseId, organisationId);
  now = latest(now, (await read(caseId)).proofDueAt ?? now);
}

async function convict(caseId: string, organisationId = MERCHANT): Promise<void> {
  await untilConviction(caseId, organisationId);
  await look(caseId, organisationId);
}

/** Cases of a merchant of its own whose next look convicts. */
async function due(count: number, organisationId: OrganisationId): Promise<string[]> {
  const cases = await Promise.all(
    Array.from({ length: count }, async () => (await declare({ scans: [] }, organisationId)).caseId),
  );
  for (const caseId of cases) await untilConviction(caseId, organisationId);
  return cases;
}

async function verdictsOf(cases: readonly string[]): Promise<string[]> {
  const found = await Promise.all(cases.map(read));
  return found.map(({ state, level, proposedLevel }) => `${state} ${level ?? '-'} ${proposedLevel}`);
}

test('a number that nobody ever saw goes its whole way, and its points are taken back exactly', async () => {
  const { id, caseId } = await declare({ scans: [] });
  expect((await read(caseId)).state).toBe('pending');
  const before = await points();
  await convict(caseId);
  const penalised = await read(caseId);
  expect([penalised.state, penalised.level, penalised.decidedBy]).toEqual(['penalised', 'general', 'rules']);
  expect((await points()).points - before.points).toBe(2);
  // The carrier was down: its scans come weeks later.
  const { declaredAt } = penalised;
  const scans = HONEST_SCANS.map((one, index) => ({
    ...one,
    occurredAt: addMs(declaredAt, (index + 1) * 3_600_000 * 20),
  }));
  know(id, { scans });
  await look(caseId);
  expect((await read(caseId)).state).toBe('revoked');
  expect(await points()).toEqual(before);
  expect(await steps(caseId)).toEqual([
    'pending',
    'suspected',
    'under_review',
    'confirmed',
    'penalised',
    'revoked',
  ]);
  const told = [
    'VerificationSuspected',
    'VerificationUnderReview',
    'VerificationConfirmed',
    'PenaltyImposed',
    'PenaltyRevoked',
  ];
  expect(await eventsOf(caseId)).toEqual(told);
});

test('news that comes twice, and many at once, have one effect', async () => {
  const { id, caseId } = await declare({ scans: [] });
  await within('network', (work) => openCase(work, ports, id));
  await untilConviction(caseId);
  await Promise.all(Array.from({ length: 8 }, () => look(caseId)));
  const penalties = await bed.world.read('network', (db) => listPenalties(db, MERCHANT, now, 100));
  expect(penalties.filter((one) => one.verificationId === caseId)).toHaveLength(1);
  expect((await eventsOf(caseId)).filter((type) => type === 'PenaltyImposed')).toHaveLength(1);
  await look(caseId);
  expect(await steps(caseId)).toHaveLength(5);
});

test('a conviction sees one of the same merchant that is under way', async () => {
  const merchant = newId('org') as OrganisationId;
  const [first = '', second = '', ...before] = await due(
    DEFAULT_FALSE_TRACKING.levels.seriousFrom + 1,
    merchant,
  );
  for (const caseId of before) await look(caseId, merchant);
  const [held, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const convicting = within('network', async (work) => {
    await lookIn(work, first, merchant);
    held.resolve();
    await release.promise;
  });
  await Promise.race([held.promise, convicting]);
  let isOver = false;
  const other = look(second, merchant).finally(() => {
    isOver = true;
  });
  // It gets as far as it can without the first one's end.
  const isWaiting = async () => {
    const { waiting } = await bed.world.read('network', (db) =>
      db.row<{ waiting: number }>(sql`
        select count(*)::integer as waiting from pg_locks where locktype = 'advisory' and not granted
          and database = (select oid from pg_database where datname = current_database())`),
    );
    return waiting > 0;
  };
  while (!isOver && !(await isWaiting())) await setTimeout(5);
  release.resolve();
  await Promise.all([convicting, other]);
  expect(await verdictsOf([first, second])).toEqual([
    'penalised general general',
    // More than the mildest level is a person's to say.
    'under_review - serious',
  ]);
});

test('of many convictions of one merchant at once as many are of the mildest level as one after the other', async () => {
  const merchant = newId('org') as OrganisationId;
  const { seriousFrom } = DEFAULT_FALSE_TRACKING.levels;
  const cases = await due(2 * seriousFrom, merchant);
  await Promise.all(cases.map((caseId) => look(caseId, merchant)));
  expect((await verdictsOf(cases)).sort()).toEqual([
    ...Array(seriousFrom).fill('penalised general general'),
    ...Array(seriousFrom).fill('under_review - serious'),
  ]);
  const standing = await bed.world.read('network', (db) => standingPenalties(db, merchant, now));
  expect([standing.count, standing.points]).toEqual([seriousFrom, 2 * seriousFrom]);
  const told = await bed.world.read('network', (db) =>
    db.rows<{ total: number; changes: number }>(sql`
      select (payload->>'total')::integer as total, (payload->>'changes')::integer as changes
      from platform.outbox_organisation where organisation_id = ${merchant} and type = 'PenaltyImposed' order by 1`),
  );
  // Whoever hears of them in another order knows which word is the last.
  expect(told).toEqual(
    Array.from({ length: seriousFrom }, (_, at) => ({ total: 2 * at + 2, changes: at + 1 })),
  );
});

test('the clocks are jobs, and they look at the case', async () => {
  const { caseId } = await declare({ scans: [] });
  const one = await read(caseId);
  const jobs = await bed.world.read('network', (db) =>
    db.rows<{ run_at: Instant; payload: object }>(
      sql`select run_at, payload from platform.job where kind = 'authenticity.look_again' and key like ${`${caseId}/%`}`,
    ),
  );
  expect(jobs).toEqual([
    { run_at: one.firstScanDueAt, payload: { organisationId: MERCHANT, verificationId: caseId } },
  ]);
  now = one.firstScanDueAt;
  const [job] = authenticityJobs(ports);
  await within('network', async (work) => job?.run(work, jobs[0]?.payload as never, ''));
  expect((await read(caseId)).state).toBe('suspected');
});

test('points of a year ago do not count any more', async () => {
  const { caseId } = await declare({ scans: [] });
  await convict(caseId);
  const { points: counted } = await points();
  expect(counted).toBeGreaterThan(0);
  const later = addDays(now, 366);
  expect(await bed.world.read('network', (db) => standingPenalties(db, MERCHANT, later))).toEqual({
    count: 0,
    points: 0,
    newestAt: undefined,
  });
});

test('the marketplace of the order reads the case, another one does not', async () => {
  const { caseId } = await declare({});
  const seenBy = (organisationId: OrganisationId) =>
    bed.world.read({ organisationId }, async (db) => (await findVerification(db, caseId))?.id);
  expect(await seenBy(MERCHANT)).toBe(caseId);
  expect(await seenBy(MARKET)).toBe(caseId);
  expect(await seenBy(RIVAL)).toBeUndefined();
  const filter = {
    state: undefined,
    externalShipmentId: undefined,
    organisationId: undefined,
    before: undefined,
  };
  const listed = await bed.world.read({ organisationId: MARKET }, (db) =>
    listVerifications(db, { marketplace: MARKET }, filter, 100),
  );
  expect(listed.map((one) => one.id)).toContain(caseId);
});

test('a declaration that is taken back ends quietly, and frees the number for others', async () => {
  const first = await declare({});
  const second = await declare({
    claims: [claim({ externalShipmentId: first.id, declaredAt: addMs(now, -1) })],
  });
  expect((await read(second.caseId)).state).toBe('suspected');
  const known = declared.get(first.id);
  if (known !== undefined) declared.set(first.id, { ...known, withdrawnAt: now });
  know(second.id, {
    claims: [claim({ externalShipmentId: first.id, declaredAt: addMs(now, -1), withdrawnAt: now })],
  });
  await look(first.caseId);
  await look(second.caseId);
  expect((await read(first.caseId)).state).toBe('withdrawn');
  expect(['pending', 'genuine']).toContain((await read(second.caseId)).state);
  expect(await eventsOf(second.caseId)).toEqual(['VerificationSuspected', 'VerificationCleared']);
});

test('a person decides once, and the case keeps who and why', async () => {
  const { caseId } = await declare({ numberCheck: 'fails', scans: [] });
  await look(caseId);
  expect((await read(caseId)).state).toBe('pending');
  now = addDays(now, 1);
  const slip = await bed.world.read('network', (db) =>
    db.rows(sql`select 1 from platform.job where key = ${`${caseId}/${now}`}`),
  );
  expect(slip).toHaveLength(1);
  await look(caseId);
  const by = { judge: 'operator', id: 'per_1' } as const;
  const both = await Promise.all([
    acting(caseId, () => ({ kind: 'confirm', by, level: 'serious' })),
    acting(caseId, () => ({ kind: 'confirm', by, level: 'serious' })),
  ]);
  expect(both.map((one) => one.ok).sort()).toEqual([false, true]);
  expect((await history(caseId)).at(-1)).toMatchObject({
    name: 'penalised',
    judge: 'operator',
    byCaller: 'per_1',
    reason: 'seen',
  });
});

test('a dry run reads the declarations of the period with what is known of them', async () => {
  const { caseId } = await declare({});
  const period = { clientPlatformId: MARKET, from: addMs(now, -1), to: addMs(now, 1), limit: 10_000 };
  const cases = await bed.world.read({ organisationId: MARKET }, (db) =>
    listDeclaredVerifications(db, period),
  );
  expect(cases.map((one) => one.id)).toContain(caseId);
  const others = await bed.world.read('network', (db) =>
    listDeclaredVerifications(db, { ...period, clientPlatformId: RIVAL }),
  );
  expect(others).toEqual([]);
});
