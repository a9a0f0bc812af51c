import type { Work } from '../../platform/world/index.ts';
import type { Principal } from '../accounts/index.ts';
import { accepted, type Instant, type Outcome, refused } from '../kernel/index.ts';
import type { Vault } from '../vault/index.ts';
import { bucketOf } from './bucket.policy.ts';
import type { TrackingErrorCode } from './errors.ts';
import { StatusReportAnswered, StatusReportClosed, StatusReported } from './events.ts';
import type { TrackedParcel } from './parcel.ts';
import { touchParcel } from './parcel-store.ts';
import { audienceOf } from './recognition.policy.ts';
import {
  type Answerer,
  insertReport,
  lockReport,
  type ReportKind,
  type StatusReport,
  saveReport,
} from './status-report-store.ts';

/** The vault's part in it: people write names and addresses. */
export type ReportSeal = Pick<Vault, 'sealBlob' | 'openBlob'>;

export type ReportStatus = {
  readonly kind: ReportKind;
  readonly text?: string | undefined;
  /** The entry that is meant; absent: the status itself. */
  readonly step?: { readonly milestone: string; readonly occurredAt: Instant } | undefined;
};

type Reported = Outcome<StatusReport, TrackingErrorCode | 'not_found'>;

/** A buyer, who was let in to the parcel, says that something is not right: once for each state of the parcel. */
export async function reportStatus(
  work: Work,
  seal: ReportSeal,
  parcel: TrackedParcel,
  { kind, text, step }: ReportStatus,
): Promise<Reported> {
  const { organisationId } = parcel;
  // A parcel that nobody owns has nobody who could answer, and no key to seal with.
  if (organisationId === undefined) return refused('track_not_found', '');
  const id = work.newId('rpt');
  const report: StatusReport = {
    ...{ id, parcelId: parcel.id, organisationId, number: parcel.number, kind, step, state: 'open' },
    clientPlatformId: parcel.clientPlatformId,
    carrierId: parcel.carrierId,
    warehouseId: parcel.warehouseId,
    status: parcel.timeline.status,
    about: stateOf(parcel),
    sealedText:
      text === undefined
        ? undefined
        : await seal.sealBlob(work, { organisationId, name: id, bytes: new TextEncoder().encode(text) }),
    reportedAt: work.now,
    ...{ answer: undefined, answeredBy: undefined, answeredByKind: undefined, answeredAt: undefined },
    ...{ closedBy: undefined, closedAt: undefined },
  };
  if (!(await insertReport(work.db, report))) return refused('status_already_reported', '');
  await tell(work, StatusReported.name, 1, report);
  return accepted(report);
}

/** The same until something is reported about the parcel that changes its state or its newest scan. */
export function stateOf({ timeline, lastScanAt }: Pick<TrackedParcel, 'timeline' | 'lastScanAt'>): string {
  return [timeline.status, timeline.substatus ?? '', lastScanAt ?? ''].join(' ');
}

export async function answerReport(
  work: Work,
  caller: Principal,
  id: string,
  answer: string,
): Promise<Reported> {
  const report = await lockReport(work.db, id);
  if (report === undefined) return refused('not_found', '');
  if (report.state !== 'open') return refused('status_report_not_open', '');
  const answered: StatusReport = {
    ...report,
    ...{ state: 'answered', answer, answeredBy: caller.id, answeredAt: work.now },
    answeredByKind: answererOf(caller),
  };
  await saveReport(work.db, answered);
  await tell(work, StatusReportAnswered.name, 2, answered);
  return accepted(answered);
}

export async function closeReport(work: Work, caller: Principal, id: string): Promise<Reported> {
  const report = await lockReport(work.db, id);
  if (report === undefined) return refused('not_found', '');
  if (report.state !== 'answered') return refused('status_report_not_answered', '');
  const closed: StatusReport = { ...report, state: 'closed', closedBy: caller.id, closedAt: work.now };
  await saveReport(work.db, closed);
  await tell(work, StatusReportClosed.name, 3, closed);
  return accepted(closed);
}

function answererOf({ organisationKind }: Principal): Answerer {
  return organisationKind === 'merchant' ||
    organisationKind === 'marketplace' ||
    organisationKind === 'carrier'
    ? organisationKind
    : 'network';
}

/** To those who have a part in the parcel; and the parcel's row changes, so that its readers are shown it. */
async function tell(work: Work, type: string, subjectSequence: number, report: StatusReport): Promise<void> {
  await touchParcel(work.db, report.parcelId, work.now);
  work.emit({
    type,
    group: { bucket: bucketOf(report.parcelId) },
    subjectId: report.id,
    subjectSequence,
    audience: audienceOf(report),
    payload: {
      reportId: report.id,
      parcelId: report.parcelId,
      organisationId: report.organisationId,
      number: report.number,
      kind: report.kind,
      status: report.status,
      state: report.state,
      occurredAt: work.now,
    },
  });
}
