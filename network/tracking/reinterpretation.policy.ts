import type { Instant } from '../kernel/index.ts';
import { type CodeMapping, meaningBy, reinterpret } from './code-mapping.policy.ts';
import type { Correction, Scan, ScanId } from './model.ts';
import type { Reporter } from './recognition.policy.ts';
import { scanIdOf } from './scan-identity.ts';
import { type CodeMeaning, WITHDRAWAL_CODE } from './source-codes.policy.ts';

type Told = Scan & { readonly reporter: Reporter };
/** A correction that a mapping makes. It is believed exactly as the scan is that it reads. */
export type MadeCorrection = Told & { readonly recognisedAs: boolean; readonly isMapped: true };

/** The corrections that bring a scan to what a mapping says of it, and what stands afterwards. */
export type Made = {
  readonly scans: readonly MadeCorrection[];
  readonly state: 'open' | 'mapped';
  readonly correctionId: ScanId | undefined;
};

/**
 * `row`: the scan and the correction by which an earlier version speaks; `history`: all scans of its parcel. The author
 * is who mapped, the reason the version: the same version makes the same corrections, whoever makes them and how often.
 */
export function reinterpretationsOf(
  row: { readonly id: ScanId; readonly correctionId: ScanId | undefined },
  history: readonly Told[],
  mapping: CodeMapping,
  now: Instant,
): Made {
  const scan = history.find(({ id }) => id === row.id);
  if (scan === undefined) throw new Error(`an unmapped scan ${row.id} is not there`);
  const correction = history.find(({ id }) => id === row.correctionId);
  const { withdrawn, added } = reinterpret(scan, correction, mapping);
  const made: MadeCorrection[] = [];
  if (withdrawn && correction !== undefined)
    made.push(correctionOf(correction, scan, { milestone: 'unmapped' }, mapping, now));
  const speaks = added === undefined ? undefined : correctionOf(scan, scan, added, mapping, now);
  if (speaks !== undefined) made.push(speaks);
  const isOpen = meaningBy(mapping, scan.occurredAt).milestone === 'unmapped';
  return {
    scans: made,
    state: isOpen ? 'open' : 'mapped',
    correctionId: speaks?.id ?? (withdrawn ? undefined : row.correctionId),
  };
}

function correctionOf(
  target: Scan,
  scan: Told,
  meaning: CodeMeaning,
  mapping: CodeMapping,
  receivedAt: Instant,
): MadeCorrection {
  const correction: Correction = {
    ofScan: target.id,
    author: mapping.author,
    reason: `code mapping ${mapping.id}, version ${mapping.version}`,
  };
  const { text: _text, substatus: _substatus, proof: _proof, operator: _operator, ...told } = scan;
  const code = meaning.milestone === 'unmapped' ? WITHDRAWAL_CODE : scan.code;
  const { source, number, occurredAt, place } = scan;
  return {
    ...told,
    ...meaning,
    id: scanIdOf({ source, number, code, occurredAt, place, correction }),
    code,
    correction,
    receivedAt,
    recognisedAs: scan.recognised,
    isMapped: true,
  };
}
