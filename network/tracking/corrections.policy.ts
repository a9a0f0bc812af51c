import type { Correction, JudgedScan, QualityFlag, ScanId } from './model.ts';

/**
 * Which scans still count.
 * `replaced`: a correction with a meaning took the scan's place; `withdrawn`: a correction without one took it away.
 */
export type Standing = 'in_force' | 'replaced' | 'withdrawn';

export type Rulings = {
  readonly standing: ReadonlyMap<ScanId, Standing>;
  readonly flags: ReadonlySet<QualityFlag>;
};

/** A correction without a named author and a reason is none. */
export function isComplete(correction: Correction): boolean {
  return correction.author.trim() !== '' && correction.reason.trim() !== '';
}

/**
 * Judges corrections among official scans, whatever their order. A scan has at most one target, so corrections form
 * chains: they are judged from their newest end. A correction that was itself withdrawn no longer speaks and its
 * target counts again; one that was replaced hands its place on. Corrections in a circle do not speak at all.
 */
export function judgeCorrections(scans: ReadonlyMap<ScanId, JudgedScan>): Rulings {
  const flags = new Set<QualityFlag>();
  const targets = readTargets(scans, flags);
  const open = new Map<ScanId, number>();
  for (const target of targets.values()) open.set(target, (open.get(target) ?? 0) + 1);

  const verdicts = new Map<ScanId, Standing>();
  const standing = new Map<ScanId, Standing>();
  const ready = [...scans.keys()].filter((id) => !open.has(id));
  for (let id = ready.pop(); id !== undefined; id = ready.pop()) {
    const own = verdicts.get(id) ?? 'in_force';
    standing.set(id, own);
    const target = targets.get(id);
    if (target === undefined) continue;
    if (own !== 'withdrawn') verdicts.set(target, stronger(verdicts.get(target), speaks(scans.get(id), own)));
    const left = (open.get(target) ?? 0) - 1;
    open.set(target, left);
    if (left === 0) ready.push(target);
  }
  for (const id of scans.keys()) {
    if (standing.has(id)) continue;
    flags.add('correction_circular');
    standing.set(id, verdicts.get(id) ?? 'in_force');
  }
  return { standing, flags };
}

function readTargets(scans: ReadonlyMap<ScanId, JudgedScan>, flags: Set<QualityFlag>): Map<ScanId, ScanId> {
  const targets = new Map<ScanId, ScanId>();
  for (const scan of scans.values()) {
    if (scan.correction === undefined) continue;
    if (!isComplete(scan.correction)) flags.add('correction_incomplete');
    else if (!scans.has(scan.correction.ofScan)) flags.add('correction_without_target');
    else targets.set(scan.id, scan.correction.ofScan);
  }
  return targets;
}

function speaks(correction: JudgedScan | undefined, own: Standing): Standing {
  if (own === 'replaced') return 'replaced';
  return correction?.milestone === 'unmapped' ? 'withdrawn' : 'replaced';
}

/** Of several corrections of one scan a replacement outweighs a withdrawal, so that order plays no part. */
function stronger(first: Standing | undefined, second: Standing): Standing {
  return first === 'replaced' || second === 'replaced' ? 'replaced' : second;
}
