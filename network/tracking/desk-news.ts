import type { Work } from '../../platform/world/index.ts';
import type { CodeReading } from './code-mapping.policy.ts';
import { QuarantineRevised, UnmappedCodesCame } from './events.ts';
import type { LockedParcel } from './parcel-store.ts';
import type { QuarantinedScan } from './quarantine-store.ts';
import type { StoredScan } from './scan-store.ts';

/** What came of a parcel that the desks of the network look at, not its buyer. */
export type DeskNews = {
  readonly added: readonly (StoredScan & Partial<CodeReading>)[];
  readonly quarantined: readonly QuarantinedScan[];
  /** Whether anything of the parcel was held in quarantine before. */
  readonly wasDoubted: boolean;
};

/**
 * Tells those who brought them that scans are held, or that nobody understands their codes; the network hears everything.
 * Each event takes its own version of the parcel behind `version`; answers the last one given.
 */
export function announceToDesks(
  work: Work,
  parcel: LockedParcel,
  { added, quarantined, wasDoubted }: DeskNews,
  version: number,
): number {
  if (!hasNews({ added, quarantined, wasDoubted })) return version;
  let last = version;
  const tell = (type: string, scans: readonly StoredScan[], payload: object) => {
    last += 1;
    work.emit({
      type,
      group: { bucket: parcel.bucket },
      subjectId: parcel.id,
      subjectSequence: last,
      audience: reportersOf(scans),
      payload: { parcelId: parcel.id, number: parcel.number, ...payload },
    });
  };
  const unmapped = added.filter(isUnread);
  for (const [source, scans] of Map.groupBy(unmapped, (scan) => scan.source))
    tell(UnmappedCodesCame.name, scans, {
      source,
      codes: [...new Set(scans.map(({ code }) => code))],
      occurredAt: work.now,
    });
  const ids = new Set(added.map(({ id }) => id));
  const isNews = quarantined.length > 0 !== wasDoubted || quarantined.some(({ scan }) => ids.has(scan.id));
  if (isNews)
    for (const [source, held] of Map.groupBy(quarantined, ({ scan }) => scan.source))
      tell(
        QuarantineRevised.name,
        held.map(({ scan }) => scan),
        {
          source,
          held: held.length,
          reasons: [...new Set(held.map(({ reason }) => reason))],
          occurredAt: work.now,
        },
      );
  if (isNews && quarantined.length === 0)
    tell(QuarantineRevised.name, [], { held: 0, reasons: [], occurredAt: work.now });
  return last;
}

const isUnread = (scan: DeskNews['added'][number]) =>
  scan.milestone === 'unmapped' && scan.correction === undefined && scan.mappingVersion === undefined;

/** Nearly no scan is any. */
function hasNews({ added, quarantined, wasDoubted }: DeskNews): boolean {
  return wasDoubted || quarantined.length > 0 || added.some(isUnread);
}

function reportersOf(scans: readonly StoredScan[]): readonly string[] {
  return [
    ...new Set(
      scans.flatMap(({ reporter }) => (reporter.kind === 'network' ? [] : [reporter.organisationId])),
    ),
  ];
}
