import { monotonicMs } from '../../platform/clock/index.ts';
import { type Gather, openGather, sqlState } from '../../platform/db/index.ts';
import type { Work, World } from '../../platform/world/index.ts';
import type { Principal } from '../accounts/index.ts';
import { accepted, type Outcome, type ParcelId, refused } from '../kernel/index.ts';
import { mappingsIn, mappingsOf } from './code-mapping-cache.ts';
import { resolveNumber } from './directory.policy.ts';
import { insertEntries, listLives, type NumberEntry } from './directory-store.ts';
import type { LineRefusal } from './errors.ts';
import { facilitiesOf } from './facility-cache.ts';
import { readFacilityLists } from './facility-store.ts';
import { type IntakeFacts, type RefusedLine, readScanLine, type ScanLine } from './intake-line.ts';
import { mintedParcel } from './parcel.ts';
import { insertParcels, listParcelsByIds } from './parcel-store.ts';
import { type Reporter, sourceOf } from './recognition.policy.ts';
import { type RecordedScan, recordUnder } from './record.ts';
import { nextGeneration } from './register.ts';
import { addSourceHours } from './source-hour-store.ts';
import { addTally, tallyOf } from './source-tally.ts';
import { hintOf, issuerOf } from './whose-number.policy.ts';

export type LineResult = {
  readonly index: number;
  readonly result: 'accepted' | 'duplicate' | 'refused';
  readonly scanId?: string;
  readonly parcelId?: ParcelId;
  readonly code?: LineRefusal;
  readonly message?: string;
};

/** Lines that commit together: long enough to share statements, short enough not to hold locks long (our default). */
const LINES_PER_COMMIT = 1_000;
/** So few lines wait for others that come at the same time; at most so many share a commit. Our defaults. */
const SMALL = 16;
const TOGETHER = 500;
/**
 * How long a batch that meets others on the same parcels is tried before the caller has to, well inside a request's
 * time. Each try has waited for the commit of another, so there are few.
 */
const PATIENCE_MS = 10_000;

/** Lines of one caller. */
type Share = { readonly lines: readonly (ScanLine | RefusedLine)[]; readonly reporter: Reporter };

/** How often numbers are looked up that others mint at the same time. */
const LOOKS = 3;

/** As whom a caller brings scans; undefined for roles that bring none. */
export function reporterOf(caller: Principal): Reporter | undefined {
  const { organisationId } = caller;
  switch (caller.role) {
    case 'operator':
      return { kind: 'operator', organisationId };
    case 'warehouse_staff':
    case 'courier':
      return { kind: 'hands', organisationId };
    case 'merchant_app':
      return { kind: 'merchant', organisationId };
    case 'carrier':
      return caller.carrierCode === undefined
        ? undefined
        : { kind: 'carrier', organisationId, carrierCode: caller.carrierCode };
    default:
      return undefined;
  }
}

/**
 * Takes a batch in: commits at most 1,000 lines at a time and answers when all are committed, in order of the lines.
 * A line that cannot be taken is refused alone. The same batch may be sent again.
 */
export async function takeScans(
  world: World,
  lines: readonly ((facts: IntakeFacts) => ScanLine | RefusedLine)[],
  reporter: Reporter,
): Promise<Outcome<LineResult[], 'scan_batch_busy'>> {
  const results: LineResult[] = [];
  for (let start = 0; start < lines.length; start += LINES_PER_COMMIT) {
    const [mappings, facilities] = await Promise.all([mappingsOf(world), facilitiesOf(world)]);
    const facts = { reporter, now: world.clock.now(), world: world.name, mappings, facilities };
    const part = lines.slice(start, start + LINES_PER_COMMIT).map((read) => read(facts));
    const share = { lines: part, reporter };
    const outcome =
      lines.length <= SMALL ? await gatherOf(world).take(share) : await commitAlone(world, share);
    if (!outcome.ok) return outcome;
    addTally(world, tallyOf(sourceOf(reporter), facts.now, part, outcome.value));
    results.push(...outcome.value);
  }
  return accepted(results);
}

/**
 * Takes scans in inside the transaction of another room, which acts for the network and tries again when it is refused
 * as busy. `scans`: at most 1,000, as they stand on the wire of POST /v1/scans.
 */
export async function recordScanLines(
  work: Work,
  scans: readonly unknown[],
  reporter: Reporter,
): Promise<Outcome<LineResult[], 'scan_batch_busy'>> {
  // Only what a replay makes up differs between the worlds, and nobody but the intake's own route takes that.
  const [mappings, facilities] = await Promise.all([mappingsIn(work.db), readFacilityLists(work.db)]);
  const facts = { reporter, now: work.now, world: 'live', mappings, facilities } as const;
  const lines = scans.map((scan, index) => readScanLine(index, scan, facts));
  const outcome = onlyShare(await writeShares(work, [{ lines, reporter }]));
  if (outcome.ok)
    await addSourceHours(work.db, [tallyOf(sourceOf(reporter), work.now, lines, outcome.value)]);
  return outcome;
}

async function commitAlone(world: World, share: Share): Promise<Outcome<LineResult[], 'scan_batch_busy'>> {
  return onlyShare(await commitShares(world, [share]));
}

function onlyShare(
  outcome: Outcome<LineResult[][], 'scan_batch_busy'>,
): Outcome<LineResult[], 'scan_batch_busy'> {
  return outcome.ok ? accepted(outcome.value[0] ?? []) : outcome;
}

const gathers = new WeakMap<World, Gather<Share, Outcome<LineResult[], 'scan_batch_busy'>>>();

/** Few lines of different callers that meet share a commit. */
function gatherOf(world: World) {
  return gathers.getOrInsertComputed(world, () =>
    openGather({
      sizeOf: ({ lines }) => lines.length,
      atOnce: TOGETHER,
      together: async (shares) => {
        const outcome = await commitShares(world, shares);
        return outcome.ok ? outcome.value.map((results) => accepted(results)) : undefined;
      },
      alone: (share) => commitAlone(world, share),
    }),
  );
}

/** One or several callers' lines in one transaction, tried again as long as others are in the way. */
async function commitShares(
  world: World,
  shares: readonly Share[],
): Promise<Outcome<LineResult[][], 'scan_batch_busy'>> {
  if (!shares.some(({ lines }) => lines.some((line) => line.ok)))
    return accepted(shares.map(({ lines }) => lines.flatMap((line) => (line.ok ? [] : refusalOf(line)))));
  const began = monotonicMs();
  do {
    try {
      const outcome = await world.command('network', (work) => writeShares(work, shares));
      if (outcome.ok) return outcome;
    } catch (error) {
      // A deadlock or a serialisation failure: PostgreSQL undid all of it, so all of it may be tried again.
      if (!['40P01', '40001'].includes(sqlState(error) ?? '')) throw error;
    }
  } while (monotonicMs() - began < PATIENCE_MS);
  return refused('scan_batch_busy', '');
}

/** A readable line and who brought it. */
type Held = { readonly line: ScanLine; readonly reporter: Reporter };

/** A number that seeks its parcel at an instant, and who says it. */
export type Seeker = {
  readonly line: Pick<ScanLine, 'index' | 'number' | 'statedCarrier'> & {
    readonly scan: Pick<ScanLine['scan'], 'occurredAt'>;
  };
  readonly reporter: Reporter;
};

/**
 * One attempt; answers the results of each share. When a parcel was merged between our look and our lock, its number is
 * looked up once more under the locks that we have: nobody merges those parcels now, so that this ends, while a new
 * attempt would meet the next registration. Refused as busy when it does not end.
 */
async function writeShares(
  work: Work,
  shares: readonly Share[],
): Promise<Outcome<LineResult[][], 'scan_batch_busy'>> {
  const held: Held[] = [];
  for (const { lines, reporter } of shares)
    for (const line of lines) if (line.ok) held.push({ line, reporter });
  for (let look = 0; look < LOOKS; look += 1) {
    const parcels = await parcelsOfLines(work, held);
    if (parcels === undefined) break;
    const found = await refuseForeign(work, held, parcels);
    const placed = held.filter((_, index) => typeof found[index] === 'string');
    const recorded = await recordUnder(
      work,
      placed.map(({ line }) => line.scan),
      found.filter((parcel) => typeof parcel === 'string'),
    );
    if (recorded !== undefined) return accepted(resultsOf(shares, found, recorded));
  }
  return refused('scan_batch_busy', '');
}

/** `found` and `recorded`: of the readable lines, in order; the latter of those that have a parcel. */
function resultsOf(
  shares: readonly Share[],
  found: readonly (ParcelId | RefusedLine)[],
  recorded: readonly RecordedScan[],
): LineResult[][] {
  let readable = 0;
  let placed = 0;
  return shares.map(({ lines }) =>
    lines.map((line): LineResult => {
      if (!line.ok) return refusalOf(line);
      const parcel = found[readable];
      readable += 1;
      if (typeof parcel === 'object') return { ...refusalOf(parcel), scanId: line.scan.id };
      const one = recorded[placed];
      placed += 1;
      if (one === undefined) throw new Error('a scan was recorded without a result');
      return {
        index: line.index,
        result: one.isNew ? 'accepted' : 'duplicate',
        scanId: one.id,
        parcelId: one.parcelId,
      };
    }),
  );
}

/**
 * The parcel of each line; numbers that nobody knows get one. Who was second with a number waited for the first one's
 * commit, so the next look finds that parcel. Undefined when that goes on for ever.
 */
export async function parcelsOfLines(
  work: Work,
  held: readonly Seeker[],
): Promise<(ParcelId | RefusedLine)[] | undefined> {
  const numbers = held.map(({ line }) => line.number);
  for (let look = 0; look < LOOKS; look += 1) {
    const lives = await listLives(work.db, numbers);
    const fresh = new Map<string, NumberEntry[]>();
    const found = held.map(({ line, reporter }, index) => {
      const known = lives[index] ?? [];
      // The number may stand on an earlier line, too.
      const minted = fresh.size === 0 ? undefined : fresh.get(line.number);
      return parcelOfLine(work, line, reporter, minted === undefined ? known : [...known, ...minted], fresh);
    });
    const minted = [...fresh.values()].flat();
    const written = await insertEntries(work.db, minted);
    if (written.length > 0) {
      await insertParcels(
        work.db,
        written.map((entry) => mintedParcel(entry.parcelId, entry.number, entry.carrierCode, work.now)),
      );
    }
    if (written.length === minted.length) return found;
  }
  return undefined;
}

/** A life that it makes up is added to `fresh`, which is by number. */
function parcelOfLine(
  work: Work,
  line: Seeker['line'],
  reporter: Reporter,
  known: readonly NumberEntry[],
  fresh: Map<string, NumberEntry[]>,
): ParcelId | RefusedLine {
  const hint = hintOf(reporter, line.statedCarrier);
  const resolution = resolveNumber(known, line.scan.occurredAt, hint);
  if (resolution.kind === 'found') return resolution.parcelId;
  const { index } = line;
  if (resolution.kind === 'ambiguous') {
    const message = `Several carriers use this number: state carrier as one of ${resolution.carriers.join(', ')}.`;
    return { index, ok: false, code: 'number_ambiguous', message };
  }
  if (reporter.kind === 'merchant') return unknownNumber(index);
  const entry: NumberEntry = {
    number: line.number,
    generation: nextGeneration(known),
    carrierCode: issuerOf(line.number, hint),
    from: resolution.from,
    to: resolution.to,
    parcelId: work.newId('pcl'),
    provisional: true,
  };
  fresh.getOrInsertComputed(entry.number, () => []).push(entry);
  return entry.parcelId;
}

/** A merchant speaks of its own parcels only; a foreign number answers like one that does not exist. */
async function refuseForeign(
  work: Work,
  held: readonly Held[],
  found: readonly (ParcelId | RefusedLine)[],
): Promise<readonly (ParcelId | RefusedLine)[]> {
  const ids = found.filter((parcel, index) => typeof parcel === 'string' && isMerchants(held[index]));
  if (ids.length === 0) return found;
  const parcels = await listParcelsByIds(work.db, [...new Set(ids as ParcelId[])]);
  const owners = new Map<string, string | undefined>(
    parcels.map(({ id, organisationId }) => [id, organisationId]),
  );
  return found.map((parcel, index) => {
    const one = held[index];
    if (typeof parcel !== 'string' || one?.reporter.kind !== 'merchant') return parcel;
    return owners.get(parcel) === one.reporter.organisationId ? parcel : unknownNumber(one.line.index);
  });
}

const isMerchants = (held: Held | undefined) => held?.reporter.kind === 'merchant';

function unknownNumber(index: number): RefusedLine {
  return { index, ok: false, code: 'number_unknown', message: 'You have no parcel with this number.' };
}

function refusalOf(line: RefusedLine): LineResult {
  return { index: line.index, result: 'refused', code: line.code, message: line.message };
}
