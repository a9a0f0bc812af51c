import type { Queryable } from '../../platform/db/index.ts';
import type { Work } from '../../platform/world/index.ts';
import type { Principal } from '../accounts/index.ts';
import { findCarrier } from '../carriers/index.ts';
import { accepted, type Instant, type Outcome, refused } from '../kernel/index.ts';
import {
  type CodeMapping,
  type CodeMappingId,
  isFittingDetail,
  type SourceCode,
} from './code-mapping.policy.ts';
import { APPLY_KIND } from './code-mapping-job.ts';
import {
  type CodeMappingVersion,
  findMapping,
  findMappingOf,
  insertMapping,
  insertMappingVersion,
} from './code-mapping-store.ts';
import type { TrackingErrorCode } from './errors.ts';
import { factsOf } from './facts.ts';
import { foldScans } from './fold.ts';
import { meaningFrom } from './intake-line.ts';
import type { Milestone, ParcelSubstatus } from './model.ts';
import { listParcelsByIds } from './parcel-store.ts';
import type { Reporter } from './recognition.policy.ts';
import { reinterpretationsOf } from './reinterpretation.policy.ts';
import { listScans } from './scan-store.ts';
import { asPlatformSays } from './silence.policy.ts';
import { countReach, isSeen, listNewestOf } from './unmapped-store.ts';

export type MapCode = SourceCode & {
  readonly milestone: Milestone;
  readonly substatus?: ParcelSubstatus | undefined;
  readonly occurredFrom?: Instant | undefined;
};

/** Appends a version, the first one or a replacement, and has the stored scans of the code read by it. */
export async function mapCode(
  work: Work,
  caller: Principal,
  command: MapCode & { readonly note: string },
): Promise<Outcome<CodeMappingVersion, TrackingErrorCode>> {
  const fault = await refusalOf(work.db, command);
  if (fault !== undefined) return refused(fault, '');
  const before = await findMappingOf(work.db, command);
  if (before !== undefined && isSameMeaning(before, command)) return refused('code_mapping_unchanged', '');
  const id = before?.id ?? (work.newId('cmp') as string as CodeMappingId);
  if (before === undefined && !(await insertMapping(work.db, id, command)))
    return refused('code_mapping_changed', '');
  const { milestone, substatus, occurredFrom, note } = command;
  return append(work, {
    ...codeOf(command),
    id,
    version: (before?.version ?? 0) + 1,
    milestone,
    ...(substatus === undefined ? {} : { substatus }),
    ...(occurredFrom === undefined ? {} : { occurredFrom }),
    note,
    author: caller.personId ?? caller.id,
    createdAt: work.now,
  });
}

/** The code means nothing from now on; what was said by the mapping is withdrawn. */
export async function retireMapping(
  work: Work,
  caller: Principal,
  id: string,
  note: string,
): Promise<Outcome<CodeMappingVersion, TrackingErrorCode | 'not_found'>> {
  const before = await findMapping(work.db, id);
  if (before === undefined) return refused('not_found', '');
  if (before.milestone === undefined) return refused('code_mapping_unchanged', '');
  return append(work, {
    ...codeOf(before),
    id: before.id,
    version: before.version + 1,
    note,
    author: caller.personId ?? caller.id,
    createdAt: work.now,
  });
}

async function append(
  work: Work,
  version: CodeMappingVersion,
): Promise<Outcome<CodeMappingVersion, TrackingErrorCode>> {
  if (!(await insertMappingVersion(work.db, version))) return refused('code_mapping_changed', '');
  work.schedule({
    kind: APPLY_KIND,
    key: `${version.id} ${version.version}`,
    runAt: work.now,
    payload: { mappingId: version.id },
  });
  return accepted(version);
}

const codeOf = ({ source, format, code }: SourceCode): SourceCode => ({ source, format, code });

async function refusalOf(db: Queryable, command: MapCode): Promise<TrackingErrorCode | undefined> {
  const { milestone, substatus } = command;
  if (substatus !== undefined && !isFittingDetail(milestone, substatus)) return 'code_detail_unfitting';
  if (command.format === '' && isShipped(command)) return 'code_already_known';
  return (await isSeen(db, command)) ? undefined : 'code_never_seen';
}

/** Whether a shipped table knows a code of our own API from this source. A connector's table was asked on arrival. */
function isShipped({ source, code }: SourceCode): boolean {
  const organisationId = '';
  const reporter: Reporter =
    findCarrier(source) === undefined
      ? { kind: 'operator', organisationId }
      : { kind: 'carrier', organisationId, carrierCode: source };
  return meaningFrom(reporter, code).milestone !== 'unmapped';
}

function isSameMeaning(before: CodeMapping, { milestone, substatus, occurredFrom }: MapCode): boolean {
  return (
    before.milestone === milestone && before.substatus === substatus && before.occurredFrom === occurredFrom
  );
}

/** So many of the newest parcels are folded for a preview, and so many of them are shown. Our defaults. */
const SAMPLE = 50;
const SHOWN = 5;

/** What a mapping would do, without doing it. */
export async function previewMapping(db: Queryable, command: MapCode) {
  const fault = await refusalOf(db, command);
  if (fault !== undefined) return refused<TrackingErrorCode>(fault, '');
  const reach = await countReach(db, command, command.occurredFrom);
  const newest = await listNewestOf(db, command, SAMPLE);
  const parcelIds = [...new Set(newest.map(({ parcel }) => parcel))];
  const scans = await listScans(db, parcelIds);
  const parcels = new Map((await listParcelsByIds(db, parcelIds)).map((parcel) => [parcel.id, parcel]));
  const imagined: CodeMapping = {
    ...codeOf(command),
    id: 'preview' as CodeMappingId,
    version: 1,
    milestone: command.milestone,
    ...(command.substatus === undefined ? {} : { substatus: command.substatus }),
    ...(command.occurredFrom === undefined ? {} : { occurredFrom: command.occurredFrom }),
    author: 'preview',
  };
  const effects = newest.flatMap((row) => {
    const parcel = parcels.get(row.parcel);
    const history = scans.get(row.parcel) ?? [];
    if (parcel === undefined) return [];
    const made = reinterpretationsOf(row, history, imagined, parcel.changedAt).scans;
    const after = asPlatformSays(
      foldScans(
        [...history, ...made.map((scan) => ({ ...scan, recognised: scan.recognisedAs }))],
        factsOf(parcel),
      ),
      parcel,
    );
    return [
      { parcelId: parcel.id, number: parcel.number, before: parcel.timeline.status, after: after.status },
    ];
  });
  const changed = effects.filter(({ before, after }) => before !== after);
  return accepted({
    ...reach,
    sample: { parcels: effects.length, changed: changed.length },
    examples: [...changed, ...effects.filter((effect) => !changed.includes(effect))].slice(0, SHOWN),
  });
}
