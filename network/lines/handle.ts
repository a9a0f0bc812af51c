import type { Work } from '../../platform/world/index.ts';
import type { Principal } from '../accounts/index.ts';
import { findCarrier } from '../carriers/index.ts';
import { accepted, type FieldError, type Instant, type Outcome, refused } from '../kernel/index.ts';
import { digestOf } from '../rulebooks/index.ts';
import { distrustCachedLines } from './catalogue.ts';
import { compileLine } from './compiled-line.ts';
import { LineEnded, LinePublished } from './events.ts';
import { findLineProblems } from './line-check.policy.ts';
import type { LineErrorCode, ServiceLine } from './model.ts';
import {
  insertLine,
  insertLineVersion,
  listLastVersions,
  listLineVersions,
  lockLine,
  markLineEnded,
  SHIPPED,
} from './store.ts';

export type PublishLine = {
  readonly line: ServiceLine;
  /** From when the version holds; now, when absent. */
  readonly from: Instant | undefined;
  readonly note: string | undefined;
};

/** A line that was not there before. */
export async function addLine(
  work: Work,
  caller: Principal,
  command: PublishLine,
): Promise<Outcome<number, LineErrorCode>> {
  const faults = findPublicationFaults(command, work.now);
  if (faults !== undefined) return faults;
  if (!(await insertLine(work.db, command.line.code, work.now)))
    return refused('line_exists', `There is a line ${command.line.code}; add a version to it.`);
  return publish(work, caller, command);
}

/** The next version of a line; it is the last word from its moment on, and everything before it stays as it was. */
export async function addLineVersion(
  work: Work,
  caller: Principal,
  code: string,
  command: PublishLine,
): Promise<Outcome<number, LineErrorCode | 'not_found'>> {
  const known = await lockLine(work.db, code);
  if (known === undefined) return refused('not_found', '');
  if (known.endedAt !== undefined)
    return refused('line_ended', `It ended at ${known.endedAt}; add a line with another code.`);
  if (command.line.code !== code) {
    return refused('line_invalid', 'A version has the code of its line.', [
      { pointer: '/line/code', code: 'line_code_differs', message: `this is a version of ${code}` },
    ]);
  }
  const faults = findPublicationFaults(command, work.now);
  return faults ?? publish(work, caller, command);
}

/** Ends a line. It is never deleted: what was bought before is charged by it. */
export async function endLine(
  work: Work,
  caller: Principal,
  code: string,
  at: Instant | undefined,
): Promise<Outcome<Instant, LineErrorCode | 'not_found'>> {
  const known = await lockLine(work.db, code);
  if (known === undefined) return refused('not_found', '');
  if (known.endedAt !== undefined) return refused('line_ended', `It ended at ${known.endedAt}.`);
  const endsAt = at ?? work.now;
  if (endsAt < work.now) return refused('line_in_past', `It is ${work.now}.`, [inPast('/at')]);
  await markLineEnded(work.db, code, endsAt);
  distrustCachedLines();
  const [last] = await listLineVersions(work.db, code);
  tell(work, caller, LineEnded.name, code, (last?.version ?? 0) + 1, {
    lineCode: code,
    endsAt,
    occurredAt: work.now,
  });
  return accepted(endsAt);
}

async function publish(
  work: Work,
  caller: Principal,
  { line, from, note }: PublishLine,
): Promise<Outcome<number, LineErrorCode>> {
  const validFrom = from ?? work.now;
  const version = await insertLineVersion(
    work.db,
    { code: line.code, document: line, digest: digestOf(line), author: caller.id, note, validFrom },
    work.now,
  );
  distrustCachedLines();
  tell(work, caller, LinePublished.name, line.code, version, {
    lineCode: line.code,
    carrierCode: line.carrierCode,
    version,
    validFrom,
    occurredAt: work.now,
  });
  return accepted(version);
}

/** Why a line may not be published from then on; undefined when it may. */
export function findPublicationFaults({ line, from }: PublishLine, now: Instant) {
  if (from !== undefined && from < now)
    return refused('line_in_past' as const, `It is ${now}.`, [inPast('/from')]);
  const errors: FieldError[] = findLineProblems(line).map(({ code, where }) => ({
    pointer: '/line',
    code,
    message: where,
  }));
  if (line.selling.length === 0) {
    errors.push({ pointer: '/line/selling', code: 'selling_missing', message: 'a line has a selling table' });
  }
  const carriers: [string, string][] = [
    ['/line/carrier_code', line.carrierCode],
    ...line.legs.map((leg, index): [string, string] => [`/line/legs/${index}/carrier_code`, leg.carrierCode]),
  ];
  for (const [pointer, code] of carriers) {
    if (findCarrier(code) === undefined)
      errors.push({ pointer, code: 'carrier_unknown', message: `${code} is no carrier of the registry` });
  }
  if (errors[0] === undefined && !compiles(line))
    errors.push({ pointer: '/line', code: 'area_malformed', message: 'an area cannot be read' });
  if (errors[0] === undefined) return undefined;
  return refused('line_invalid' as const, `${errors.length} things are wrong with this line.`, errors);
}

/** What is published is compiled in every process from then on: it must never throw there. */
function compiles(line: ServiceLine): boolean {
  try {
    compileLine(line);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function inPast(pointer: string): FieldError {
  return { pointer, code: 'line_in_past', message: 'not before now' };
}

function tell(
  work: Work,
  caller: Principal,
  type: string,
  code: string,
  sequence: number,
  payload: object,
): void {
  work.emit({
    type,
    group: { organisationId: caller.organisationId },
    subjectId: `line:${code}`,
    subjectSequence: sequence,
    audience: [caller.organisationId],
    payload,
  });
}

/**
 * Brings the program's lines into a world. A line that is there and whose last word is an operator's is left alone,
 * as is one that ended; one that a newer program changed gets a new version from now on, so that what was bought
 * before keeps its prices. Harmless when repeated.
 */
export async function shipLines(work: Work, lines: readonly ServiceLine[]): Promise<void> {
  const last = await listLastVersions(work.db);
  for (const line of lines) {
    const digest = digestOf(line);
    const known = last.get(line.code);
    if (known !== undefined && (known.author !== SHIPPED || known.digest === digest)) continue;
    await insertLine(work.db, line.code, work.now);
    const row = await lockLine(work.db, line.code);
    if (row === undefined || row.endedAt !== undefined) continue;
    // Two servers may start at once: the second finds the line that the first one brought.
    const again = (await listLastVersions(work.db)).get(line.code);
    if (again !== undefined && (again.author !== SHIPPED || again.digest === digest)) continue;
    const validFrom = again === undefined ? line.validFrom : work.now;
    await insertLineVersion(
      work.db,
      { code: line.code, document: line, digest, author: SHIPPED, note: undefined, validFrom },
      work.now,
    );
    distrustCachedLines();
  }
}
