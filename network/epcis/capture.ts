import type { JobHandler } from '../../platform/jobs/index.ts';
import type { Work } from '../../platform/world/index.ts';
import type { Principal } from '../accounts/index.ts';
import { accepted, type Outcome, refused } from '../kernel/index.ts';
import { recordScanLines, reporterOf, takeContainment, withdrawScans } from '../tracking/index.ts';
import { readDocumentValue } from './document.ts';
import type { EventFault } from './event.schema.ts';
import type { Namespaces } from './event-hash.policy.ts';
import { containmentOfEvent, scansOfEvent, type WireScan } from './event-scans.policy.ts';
import {
  eventKey,
  insertEvents,
  insertTerms,
  listCapturedEvents,
  listErroneous,
  listKnownHashes,
} from './event-store.ts';
import { eventTerms } from './event-terms.policy.ts';
import { EpcisEventsCaptured } from './events.ts';
import type { Capture, CaptureId, ErrorBehaviour, RefusedScan, ScanCounts, StoredEvent } from './model.ts';
import {
  insertCapture,
  lockCapture,
  numberCapture,
  saveCaptured,
  saveScanCounts,
  takeDocument,
} from './store.ts';
import { storedEventOf } from './stored-event.policy.ts';
import { termsJob } from './terms.ts';
import { readMasterData } from './vocabulary-element.policy.ts';
import { replaceMasterData } from './vocabulary-element-store.ts';

/** Most events of a document, and most bytes of a body (our defaults, told in the GS1 headers). */
export const MAX_EVENTS = 1_000;
export const MAX_CAPTURE_BYTES = 4 * 1024 * 1024;

const STORE_EVENTS = 'epcis.store_events';
const RECORD_SCANS = 'epcis.record_scans';
const NOTE_SCANS = 'epcis.note_scans';
/** Scans of one transaction, as of the intake itself. */
const SCANS_AT_ONCE = 1_000;
/** Refused scans and faults that a capture keeps in words; all are counted. */
const MAX_TOLD = 100;

/** Why a scan does not count. */
const DECLARED_ERROR = 'its source declared the event an error';

type CaptureRef = { readonly organisationId: string; readonly captureId: CaptureId };

/** Takes a document in. Its events are read later, by a job; what is around them is read here. */
export async function startCapture(
  work: Work,
  caller: Principal,
  document: unknown,
  errorBehaviour: ErrorBehaviour,
  extensions: Namespaces,
): Promise<Outcome<Capture, 'epcis_document_invalid' | 'epcis_too_many_events' | 'forbidden'>> {
  const reporter = reporterOf(caller);
  if (reporter === undefined)
    return refused('forbidden', 'Your organisation does not work as a carrier of the registry.');
  const read = readDocumentValue(document);
  if (!read.ok) {
    const [first] = read.faults;
    return refused(
      'epcis_document_invalid',
      `${first?.pointer || 'document'}: ${first?.message ?? ''}`,
      read.faults.map(({ pointer, message }) => ({ pointer, message, code: 'invalid' })),
    );
  }
  if (read.events.length > MAX_EVENTS)
    return refused('epcis_too_many_events', `There are ${read.events.length}.`);
  const capture: Capture = {
    organisationId: caller.organisationId as Capture['organisationId'],
    id: work.newId('cap'),
    reporter,
    errorBehaviour,
    eventCount: read.events.length,
    captured: 0,
    duplicates: 0,
    errors: [],
    scans: { accepted: 0, duplicates: 0, refused: 0, first: [] },
    createdAt: work.now,
    finishedAt: undefined,
  };
  await insertCapture(work.db, capture, document, extensions);
  work.schedule(jobOf(STORE_EVENTS, capture.id, work, refOf(capture)));
  return accepted(capture);
}

function refOf({ organisationId, id }: Capture): CaptureRef {
  return { organisationId, captureId: id };
}

function jobOf(kind: string, key: string, { now }: Work, payload: object) {
  return { kind, key, runAt: now, payload };
}

/** Reads the events of a document and stores them, or all but the faulty ones. */
async function storeEvents(work: Work, ref: CaptureRef): Promise<void> {
  await work.actFor({ organisationId: ref.organisationId });
  const taken = await takeDocument(work.db, ref.organisationId, ref.captureId);
  if (taken === undefined) return;
  const { capture, document, extensions } = taken;
  const read = readDocumentValue(document, extensions);
  if (!read.ok) {
    // An earlier version took it, which looked at less of what is around the events.
    await saveCaptured(work.db, { ...capture, errors: read.faults, finishedAt: work.now });
    return;
  }
  const faults: EventFault[] = [];
  const distinct = new Map<string, StoredEvent>();
  let repeated = 0;
  for (const [position, { pointer, reading }] of read.events.entries()) {
    if (!reading.ok) {
      faults.push(...reading.faults);
      continue;
    }
    const stored = storedEventOf(reading.event, read.namespaces, position, work.now);
    const key = eventKey(stored.eventId, stored.declaresError);
    const before = distinct.get(key);
    if (before === undefined) distinct.set(key, stored);
    else if (before.hashId === stored.hashId) repeated += 1;
    else faults.push(takenId(pointer));
  }
  const { fresh, known, clashes } = await splitKnown(work, capture, [...distinct.values()]);
  faults.push(...clashes);
  const isRefused = capture.errorBehaviour === 'rollback' && faults.length > 0;
  const stored = isRefused ? new Set<string>() : await insertFresh(work, capture, fresh);
  if (!isRefused) {
    const told = readMasterData(read.masterData, read.namespaces);
    await replaceMasterData(work.db, ref.organisationId, ref.captureId, told, read.namespaces);
  }
  const hasScans = fresh.some((one) => isIn(stored, one) && (one.declaresError || speaksOfParcels(one)));
  await saveCaptured(work.db, {
    ...capture,
    captured: stored.size,
    duplicates: isRefused ? 0 : repeated + known + fresh.length - stored.size,
    errors: faults.slice(0, MAX_TOLD),
    finishedAt: hasScans ? undefined : work.now,
  });
  if (hasScans) work.schedule(jobOf(RECORD_SCANS, `${capture.id} 0`, work, { ...ref, from: 0 }));
  if (stored.size > 0) await tellCaptured(work, capture, stored.size);
}

async function tellCaptured(work: Work, { organisationId, id }: Capture, captured: number): Promise<void> {
  await numberCapture(work.db, organisationId, id, work.now);
  work.emit({
    type: EpcisEventsCaptured.name,
    group: { organisationId },
    subjectId: id,
    subjectSequence: 1,
    audience: [organisationId],
    payload: { organisationId, captureId: id, captured },
  });
}

/** Events with what they say; answers the keys of those that were not there. */
async function insertFresh(
  work: Work,
  { organisationId, id }: Capture,
  fresh: readonly StoredEvent[],
): Promise<ReadonlySet<string>> {
  const stored = await insertEvents(work.db, organisationId, id, fresh);
  const own = fresh.filter((one) => isIn(stored, one));
  await insertTerms(work.db, organisationId, id, eventTerms(own));
  return stored;
}

const isIn = (keys: ReadonlySet<string>, { eventId, declaresError }: StoredEvent) =>
  keys.has(eventKey(eventId, declaresError));

function speaksOfParcels(event: StoredEvent): boolean {
  return scansOfEvent(event).length > 0 || containmentOfEvent(event) !== undefined;
}

function takenId(pointer: string): EventFault {
  return { pointer: `${pointer}/eventID`, message: 'is the id of an event with another content' };
}

/** What is new; how many are known with the same content; those whose id another content has. */
async function splitKnown(work: Work, { organisationId }: Capture, events: readonly StoredEvent[]) {
  const known = await listKnownHashes(
    work.db,
    organisationId,
    events.map(({ eventId }) => eventId),
  );
  const hashOf = ({ eventId, declaresError }: StoredEvent) => known.get(eventKey(eventId, declaresError));
  return {
    fresh: events.filter((one) => hashOf(one) === undefined),
    known: events.filter((one) => hashOf(one) === one.hashId).length,
    clashes: events
      .filter((one) => hashOf(one) !== undefined && hashOf(one) !== one.hashId)
      .map(({ position }) => takenId(`/epcisBody/eventList/${position}`)),
  };
}

/**
 * Takes what the stored events say about parcels through the intake of scans, in the parcels' group. The intake knows a
 * scan by its content, so a repetition changes nothing. What came of it is written down by a job of its own, in the
 * organisation's group.
 */
async function recordScans(
  work: Work,
  { from, ...ref }: CaptureRef & { readonly from: number },
): Promise<void> {
  await work.actFor({ organisationId: ref.organisationId });
  const capture = await lockCapture(work.db, ref.organisationId, ref.captureId);
  if (capture === undefined) return;
  const events = await listCapturedEvents(work.db, ref.organisationId, ref.captureId);
  const scans = events.flatMap((event) =>
    scansOfEvent(event).map((scan) => ({ pointer: placeOf(event), scan })),
  );
  const part = scans.slice(from, from + SCANS_AT_ONCE);
  const isLast = from + part.length >= scans.length;
  const erroneous = isLast ? await listErroneous(work.db, ref.organisationId, ref.captureId) : [];
  await work.actFor('network');
  const loose = from === 0 ? await recordContainments(work, events, capture) : [];
  const outcome = await recordScanLines(
    work,
    part.map(({ scan }): WireScan => scan),
    capture.reporter,
  );
  // Others change the same parcels: the job is tried again.
  if (!outcome.ok) throw new Error('the parcels of a capture are being changed by others');
  const count = (result: string) => outcome.value.filter((line) => line.result === result).length;
  const refused = outcome.value.flatMap(({ index, result, code, message }): RefusedScan[] => {
    const line = part[index];
    if (result !== 'refused' || line === undefined) return [];
    return [{ pointer: line.pointer, number: line.scan.number, code: code ?? '', message: message ?? '' }];
  });
  refused.push(...loose);
  const next = from + part.length;
  const counts: ScanCounts = {
    accepted: count('accepted'),
    duplicates: count('duplicate'),
    refused: refused.length,
    first: refused.slice(0, MAX_TOLD),
  };
  await withdrawErroneous(work, erroneous, capture);
  work.schedule(jobOf(NOTE_SCANS, `${ref.captureId} ${from}`, work, { ...ref, counts, isLast }));
  if (!isLast) work.schedule(jobOf(RECORD_SCANS, `${ref.captureId} ${next}`, work, { ...ref, from: next }));
}

/** What events said that were declared errors does not count any more. A scan that is known is only looked up again. */
async function withdrawErroneous(
  work: Work,
  events: readonly StoredEvent[],
  { reporter }: Capture,
): Promise<void> {
  const scans = events.flatMap(scansOfEvent);
  for (let from = 0; from < scans.length; from += SCANS_AT_ONCE) {
    const outcome = await recordScanLines(work, scans.slice(from, from + SCANS_AT_ONCE), reporter);
    if (!outcome.ok) throw new Error('the parcels of a capture are being changed by others');
    await withdrawScans(work, outcome.value, DECLARED_ERROR);
  }
}

const placeOf = ({ position }: StoredEvent) => `/epcisBody/eventList/${position}`;

/** What aggregations say about containers; answers what could not be taken. */
async function recordContainments(
  work: Work,
  events: readonly StoredEvent[],
  { reporter }: Capture,
): Promise<RefusedScan[]> {
  const refused: RefusedScan[] = [];
  for (const event of events) {
    const report = containmentOfEvent(event);
    if (report === undefined) continue;
    const outcome = await takeContainment(work, report, reporter);
    if (outcome.ok) {
      for (const { index, code, message } of outcome.value.data)
        if (code !== undefined)
          refused.push({
            pointer: placeOf(event),
            number: report.contents?.[index]?.number ?? '',
            code,
            message: message ?? '',
          });
    } else if (outcome.rejection.code === 'scan_batch_busy')
      throw new Error('the parcels of a capture are being changed by others');
    else
      refused.push({
        pointer: placeOf(event),
        number: report.container.number,
        code: outcome.rejection.code,
        message: outcome.rejection.detail,
      });
  }
  return refused;
}

async function noteScans(
  work: Work,
  { counts, isLast, ...ref }: CaptureRef & { readonly counts: ScanCounts; readonly isLast: boolean },
): Promise<void> {
  await work.actFor({ organisationId: ref.organisationId });
  const capture = await lockCapture(work.db, ref.organisationId, ref.captureId);
  if (capture === undefined) return;
  const { scans } = capture;
  await saveScanCounts(work.db, {
    ...capture,
    scans: {
      accepted: scans.accepted + counts.accepted,
      duplicates: scans.duplicates + counts.duplicates,
      refused: scans.refused + counts.refused,
      first: [...scans.first, ...counts.first].slice(0, MAX_TOLD),
    },
    finishedAt: isLast ? work.now : capture.finishedAt,
  });
}

export const epcisJobs: readonly JobHandler[] = [
  { kind: STORE_EVENTS, run: storeEvents },
  { kind: RECORD_SCANS, run: recordScans },
  { kind: NOTE_SCANS, run: noteScans },
  termsJob,
];
