import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openDatabase, sql } from '../../platform/db/index.ts';
import { createWorld, type World } from '../../platform/world/index.ts';
import { cloneDatabase } from '../../test/setup/network.ts';
import { type Instant, instant, type OrganisationId } from '../kernel/index.ts';
import { type HighWaterMarks, openMarksFile } from './high-water-marks.ts';
import { type IssueContext, issueWaybills } from './issue.ts';
import type { Holder, NumberSegment, Waybill, WaybillRequest } from './model.ts';
import type { NumberIssuer } from './number-issuer.ts';
import { createRuleBook } from './routing-handle.ts';
import { type LoadSegment, loadSegment } from './segment-handle.ts';

export const MERCHANT = 'org_01jd3v9k2m4n6p8q0r1s2t3v4w' as OrganisationId;
export const CARRIER = 'postroad_express_cn';

export type TestWorld = {
  readonly url: string;
  readonly database: Database;
  readonly world: World;
  readonly marks: HighWaterMarks;
  readonly folder: string;
  setNow(at: Instant): void;
  stop(): Promise<void>;
};

/** A world on a fresh database whose clock the test holds, with its marks in a folder of its own. */
export async function startTestWorld(): Promise<TestWorld> {
  const [cloned, folder] = await Promise.all([cloneDatabase(), mkdtemp(join(tmpdir(), 'postroad-marks-'))]);
  const database = openDatabase({ url: cloned.url, role: 'postroad_app' });
  let now = instant('2026-11-22T08:00:00.000Z');
  const world = createWorld('live', database, { now: () => now });
  await database.transaction('network', async (tx) => {
    await tx.run(sql`
      insert into accounts.organisation (organisation_id, kind, name, country, opened_at)
      values (${MERCHANT}, 'merchant', 'M', 'CN', ${now})`);
    return { keep: true, value: undefined };
  });
  return {
    url: cloned.url,
    database,
    world,
    folder,
    marks: openMarksFile(join(folder, 'marks.ndjson')),
    setNow: (at) => {
      now = at;
    },
    stop: async () => {
      await database.close();
      await cloned.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export async function load(
  { world, marks }: Pick<TestWorld, 'world' | 'marks'>,
  range: Partial<LoadSegment> & { holder?: Holder } = {},
) {
  const reading = await marks.read();
  return world.command('network', (work) =>
    loadSegment(
      work,
      reading,
      {
        carrierCode: CARRIER,
        holder: 'network',
        prefix: 'PRC',
        suffix: '',
        digits: 11,
        fromSerial: 1,
        toSerial: 1_000,
        checkRule: 'mod11',
        checkCovers: 'serial',
        ...range,
      },
      'test',
    ),
  );
}

export async function mustLoad(
  on: Pick<TestWorld, 'world' | 'marks'>,
  range: Partial<LoadSegment> = {},
): Promise<NumberSegment> {
  const outcome = await load(on, range);
  if (!outcome.ok) throw new Error(`${outcome.rejection.code} ${outcome.rejection.detail}`);
  return outcome.value;
}

/** These tests give parties by reference only. */
const NO_VAULT: IssueContext['vault'] = {
  storeParties: async () => {
    throw new Error('no party comes with these requests');
  },
};

/** What a route does: makes sure of numbers, then issues in one transaction. */
export async function issue(
  world: World,
  issuer: NumberIssuer,
  requests: readonly (Partial<WaybillRequest> & { objectId: string })[],
) {
  const whole = requests.map((request) => ({ carrierCode: CARRIER, ...request }));
  const counts = new Map<string, number>();
  for (const { carrierCode } of whole) counts.set(carrierCode, (counts.get(carrierCode) ?? 0) + 1);
  for (const [carrierCode, count] of counts) {
    const ready = await issuer.ensure(MERCHANT, carrierCode, count);
    if (!ready.ok) return whole.map(() => ready);
  }
  const outcome = await world.command({ organisationId: MERCHANT }, async (work) => ({
    ok: true as const,
    value: await issueWaybills(work, { issuer, rules: createRuleBook(), vault: NO_VAULT }, MERCHANT, whole),
  }));
  if (!outcome.ok) throw new Error('never refused');
  return outcome.value;
}

export async function mustIssue(
  world: World,
  issuer: NumberIssuer,
  requests: readonly (Partial<WaybillRequest> & { objectId: string })[],
): Promise<Waybill[]> {
  return (await issue(world, issuer, requests)).map((outcome) => {
    if (!outcome.ok) throw new Error(`${outcome.rejection.code} ${outcome.rejection.detail}`);
    return outcome.value;
  });
}
