import { describe, expect, it } from 'vitest';
import { instant } from '../kernel/index.ts';
import {
  type CodeMapping,
  type CodeMappingId,
  codeKey,
  isFittingDetail,
  NO_MAPPINGS,
  readCode,
  reinterpret,
} from './code-mapping.policy.ts';
import { foldScans } from './fold.ts';
import type { Scan, ScanId } from './model.ts';
import type { Reporter } from './recognition.policy.ts';
import { type MadeCorrection, reinterpretationsOf } from './reinterpretation.policy.ts';
import { scanIdOf } from './scan-identity.ts';

const CODE = { source: 'zto', format: 'cainiao', code: 'XX9' };
const REPORTER: Reporter = { kind: 'carrier', organisationId: 'org_1', carrierCode: 'zto' };
const AT = instant('2026-03-01T10:00:00Z');
const LATER = instant('2026-03-01T12:00:00Z');

const mapping = (version: number, meaning: Partial<CodeMapping> = {}): CodeMapping => ({
  ...CODE,
  id: 'cmp_1' as CodeMappingId,
  version,
  author: 'per_1',
  ...meaning,
});
const known = (...list: CodeMapping[]) => new Map(list.map((one) => [codeKey(one), one]));

describe('a code on arrival', () => {
  const unmapped = { milestone: 'unmapped' } as const;
  const delivered = mapping(3, { milestone: 'delivered', substatus: 'delivered.signed' });

  it('is read by a mapping when nobody knows it', () => {
    expect(readCode(unmapped, CODE, AT, known(delivered))).toEqual({
      milestone: 'delivered',
      substatus: 'delivered.signed',
      format: 'cainiao',
      mappingVersion: 3,
    });
  });
  it('that a shipped table knows is never read by a mapping', () => {
    expect(readCode({ milestone: 'picked_up' }, CODE, AT, known(delivered))).toEqual({
      milestone: 'picked_up',
    });
  });
  it('of another source, format or case is another code', () => {
    for (const other of [{ source: 'yto' }, { format: '' }, { code: 'xx9' }])
      expect(readCode(unmapped, { ...CODE, ...other }, AT, known(delivered)).milestone).toBe('unmapped');
    expect(readCode(unmapped, CODE, AT, NO_MAPPINGS)).toEqual({ milestone: 'unmapped', format: 'cainiao' });
  });
  it('stays unmapped before the instant from which the mapping holds, and when it was retired', () => {
    const since = mapping(1, { milestone: 'delivered', occurredFrom: LATER });
    expect(readCode(unmapped, CODE, AT, known(since))).toMatchObject({
      milestone: 'unmapped',
      mappingVersion: 1,
    });
    expect(readCode(unmapped, CODE, LATER, known(since)).milestone).toBe('delivered');
    expect(readCode(unmapped, CODE, AT, known(mapping(2)))).toMatchObject({
      milestone: 'unmapped',
      mappingVersion: 2,
    });
  });
});

it('a detail of another milestone does not fit', () => {
  expect(isFittingDetail('delivered', 'delivered.signed')).toBe(true);
  expect(isFittingDetail('delivered', 'exception.lost')).toBe(false);
  expect(isFittingDetail('exception', 'exception.lost')).toBe(false);
});

it.each([
  // as read, the correction so far, as mapped: taken back?, added
  ['unmapped', undefined, 'delivered', false, 'delivered'],
  ['unmapped', 'delivered', 'delivered', false, undefined],
  ['unmapped', 'delivered', 'at_point', true, 'at_point'],
  ['unmapped', 'delivered', undefined, true, undefined],
  ['delivered', undefined, 'delivered', false, undefined],
  ['delivered', undefined, 'at_point', false, 'at_point'],
  ['delivered', undefined, undefined, false, 'unmapped'],
  ['delivered', 'at_point', 'delivered', true, undefined],
] as const)(
  'a scan read as %s that counts as %s and is mapped to %s',
  (read, counts, mapped, withdrawn, added) => {
    const result = reinterpret(
      { milestone: read, occurredAt: AT },
      counts === undefined ? undefined : { milestone: counts },
      mapping(2, mapped === undefined ? {} : { milestone: mapped }),
    );
    expect(result).toEqual({ withdrawn, added: added === undefined ? undefined : { milestone: added } });
  },
);

describe('a life of mappings', () => {
  type Told = Scan & { readonly reporter: Reporter };
  const scanOf = (code: string, occurredAt: Scan['occurredAt'], changes: Partial<Scan> = {}): Told => ({
    id: scanIdOf({ source: 'zto', number: 'A123456', code, occurredAt }),
    parcel: 'pcl_1' as Scan['parcel'],
    source: 'zto',
    sourceKind: 'express',
    recognised: true,
    number: 'A123456',
    code,
    milestone: 'unmapped',
    occurredAt,
    zoneConfidence: 'stated',
    receivedAt: LATER,
    synthetic: false,
    reporter: REPORTER,
    ...changes,
  });
  const asStored = (made: readonly MadeCorrection[]): Told[] =>
    made.map((one) => ({ ...one, recognised: one.recognisedAs }));

  /** Lets version after version speak for one scan, as the job does; answers what counts after each. */
  function live(scan: Told, versions: readonly CodeMapping[]) {
    const before = scanOf('picked_up', instant('2026-03-01T09:00:00Z'), { milestone: 'picked_up' });
    let history: Told[] = [before, scan];
    let correctionId: ScanId | undefined;
    return versions.map((version) => {
      const made = reinterpretationsOf({ id: scan.id, correctionId }, history, version, LATER);
      history = [...history, ...asStored(made.scans)];
      correctionId = made.correctionId;
      return { timeline: foldScans(history), history, state: made.state };
    });
  }

  it('goes from a meaning to another one and back, and the scan itself never changes', () => {
    const scan = scanOf('XX9', AT);
    const lives = live(scan, [
      mapping(1, { milestone: 'out_for_delivery' }),
      mapping(2, { milestone: 'delivered' }),
      mapping(3),
      mapping(4, { milestone: 'out_for_delivery' }),
    ]);
    expect(lives.map(({ timeline, state }) => [timeline.status, state])).toEqual([
      ['out_for_delivery', 'mapped'],
      ['delivered', 'mapped'],
      ['picked_up', 'open'],
      ['out_for_delivery', 'mapped'],
    ]);
    const { history, timeline } = lives.at(-1) ?? { history: [], timeline: undefined };
    expect(history.filter(({ correction }) => correction === undefined)).toHaveLength(2);
    expect(history.find(({ id }) => id === scan.id)?.milestone).toBe('unmapped');
    expect(timeline?.flags).not.toContain('unmapped_code');
    expect(lives[2]?.timeline.flags).toContain('unmapped_code');
  });

  it('takes back what it said of scans that it read on arrival', () => {
    const lives = live(scanOf('XX9', AT, { milestone: 'delivered' }), [
      mapping(2),
      mapping(3, { milestone: 'at_point' }),
      mapping(4, { milestone: 'delivered' }),
    ]);
    expect(lives.map(({ timeline }) => timeline.status)).toEqual([
      'picked_up',
      'available_for_pickup',
      'delivered',
    ]);
  });

  it('makes nothing twice: the same version says the same again', () => {
    const scan = scanOf('XX9', AT);
    const row = { id: scan.id, correctionId: undefined };
    const first = reinterpretationsOf(row, [scan], mapping(1, { milestone: 'delivered' }), AT);
    const second = reinterpretationsOf(row, [scan], mapping(1, { milestone: 'delivered' }), LATER);
    expect(second.scans.map(({ id }) => id)).toEqual(first.scans.map(({ id }) => id));
    expect(first.scans[0]?.correction).toEqual({
      ofScan: scan.id,
      author: 'per_1',
      reason: 'code mapping cmp_1, version 1',
    });
  });

  it('makes nobody believed: what an unrecognised source said moves nothing', () => {
    const [after] = live(scanOf('XX9', AT, { recognised: false }), [mapping(1, { milestone: 'delivered' })]);
    expect(after?.timeline.status).toBe('picked_up');
    expect(after?.timeline.flags).not.toContain('correction_without_target');
  });
});
