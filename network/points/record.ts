import type { Work } from '../../platform/world/index.ts';
import { findOperatorOrganisation } from '../accounts/index.ts';
import { addDays } from '../kernel/index.ts';
import { POINT_LIFE, type PointEventName, timersOf } from './decide.ts';
import type { Point } from './model.ts';
import { insertFacts } from './partner-store.ts';

export const POINT_TIMER = 'points.timer';
export const FILING_DUE = 'points.filing_due';

/** Sets the timers of what a point has announced or is on; those that were set before do nothing twice. */
export function scheduleTimers(work: Work, point: Point): void {
  for (const timer of timersOf(point, work.now)) {
    work.schedule({
      kind: POINT_TIMER,
      key: `${point.id} ${timer.type} ${timer.at}`,
      runAt: timer.at,
      payload: { pointId: point.id, organisationId: point.organisationId, type: timer.type },
    });
  }
}

export function scheduleFiling(work: Work, point: Point): void {
  work.schedule({
    kind: FILING_DUE,
    key: point.id,
    runAt: addDays(work.now, POINT_LIFE.filingDays),
    payload: { pointId: point.id, organisationId: point.organisationId },
  });
}

/** What happened to a point. Notes and text of people stay in the facts; the event carries words of ours. */
export type Recorded = {
  readonly event: PointEventName | 'PointApplied';
  readonly fact: string;
  readonly byCaller: string;
  readonly reason?: string | undefined;
  readonly note?: string | undefined;
};

export function recordOne(work: Work, point: Point, told: Recorded): Promise<void> {
  return recordAll(work, [{ point, told }]);
}

/** Writes and tells what happened to points of one network, in its scope. */
export async function recordAll(
  work: Work,
  changes: readonly { readonly point: Point; readonly told: Recorded }[],
): Promise<void> {
  if (changes.length === 0) return;
  await insertFacts(
    work.db,
    changes.map(({ point: { organisationId, id, version, state }, told }) => ({
      organisationId,
      pointId: id,
      version,
      state,
      fact: told.fact,
      reason: told.reason,
      note: told.note,
      byCaller: told.byCaller,
      recordedAt: work.now,
    })),
  );
  const operator = await findOperatorOrganisation(work.db);
  for (const { point, told } of changes) emitChange(work, point, told, operator);
}

function emitChange(work: Work, point: Point, told: Recorded, operator: string | undefined): void {
  const { organisationId, version, state } = point;
  work.emit({
    type: told.event,
    group: { organisationId },
    subjectId: point.id,
    subjectSequence: version,
    audience: operator === undefined ? [organisationId] : [organisationId, operator],
    payload: {
      pointId: point.id,
      organisationId,
      outletCode: point.outletCode,
      country: point.country,
      state,
      occurredAt: work.now,
      fact: told.fact,
      reason: told.reason,
      pausedFrom: point.pausedFrom,
      pausedUntil: point.pausedUntil,
      exitsAt: point.exitsAt,
    },
  });
}
