import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvText } from '../../platform/csv/index.ts';
import type { ParcelId, ShipmentId } from '../kernel/index.ts';
import { type BatchStep, decideBag, decideBatch } from './decide.ts';
import { chunksOf, differencesOf } from './difference.policy.ts';
import { type Content, HANDOVER_STATES } from './model.ts';

/** Step of a pickup handover, then where each of the nine states leads; `-` is refused. In the order of HANDOVER_STATES. */
const TABLE: readonly [BatchStep, string][] = [
  //           draft committed awaiting pickup pickup_failed arrived signed_normal signed_abnormal canceled
  ['edit', 'draft - - - - - - - -'],
  ['commit', 'awaiting_pickup - - - - - - - -'],
  ['cancel', 'canceled canceled canceled - canceled - - - -'],
  ['collect', '- - pickup - pickup - - - -'],
  ['fail_collection', '- - pickup_failed - - - - - -'],
  ['arrive', '- arrived arrived arrived arrived arrived - - -'],
  ['sign', '- - - - - signed_normal - - -'],
];

test.each(TABLE)('%s leads a handover where the table says', (step, row) => {
  const got = HANDOVER_STATES.map((state) => {
    const decision = decideBatch({ state, kind: 'platform_pickup', parcelCount: 1 }, step);
    return decision.ok ? decision.value : '-';
  });
  expect(got).toEqual(row.split(' '));
});

test('an empty handover is not committed, one without a driver waits for none, and differences sign abnormal', () => {
  const draft = { state: 'draft', kind: 'self_send', parcelCount: 0 } as const;
  expect(decideBatch(draft, 'commit')).toMatchObject({ rejection: { code: 'handover_empty' } });
  expect(decideBatch({ ...draft, parcelCount: 1 }, 'commit')).toEqual({ ok: true, value: 'committed' });
  expect(decideBatch({ ...draft, state: 'arrived' }, 'sign', false)).toEqual({
    ok: true,
    value: 'signed_abnormal',
  });
});

test('a bag is committed, edited once, committed again and then complete', () => {
  const draft = { state: 'draft', commits: 0, hasEdits: false, parcelCount: 1 } as const;
  expect(decideBag({ ...draft, parcelCount: 0 }, 'commit')).toMatchObject({
    rejection: { code: 'handover_empty' },
  });
  const once = decideBag(draft, 'commit');
  expect(once).toEqual({ ok: true, value: { state: 'committed', commits: 1, hasEdits: false } });
  const committed = { ...draft, state: 'committed', commits: 1 } as const;
  expect(decideBag(committed, 'commit').ok).toBe(false);
  expect(decideBag(committed, 'edit')).toMatchObject({ value: { hasEdits: true } });
  expect(decideBag({ ...committed, hasEdits: true }, 'commit')).toMatchObject({
    value: { commits: 2, hasEdits: false },
  });
  expect(decideBag({ ...committed, commits: 2 }, 'edit').ok).toBe(false);
  for (const state of HANDOVER_STATES.filter(
    (candidate) => candidate !== 'draft' && candidate !== 'committed',
  )) {
    for (const step of ['edit', 'commit', 'cancel'] as const)
      expect(decideBag({ ...draft, state }, step).ok).toBe(false);
  }
});

test('differences: every announced number once, and every scanned one that was not announced', () => {
  const numbers = fc.uniqueArray(fc.stringMatching(/^[A-Z]{3}$/), { maxLength: 30 });
  fc.assert(
    fc.property(numbers, numbers, (announced, scanned) => {
      const contents = announced.map(
        (number): Content => ({
          containerId: 'bag_1',
          parcelId: `pcl_${number}` as ParcelId,
          shipmentId: 'shp_1' as ShipmentId,
          number,
          state: 'init',
        }),
      );
      const list = differencesOf(
        contents,
        scanned.map((number) => ({ number, issue: undefined })),
        new Set(['bag_1']),
      );
      const of = (code: number) =>
        list
          .filter((item) => item.code === code)
          .map((item) => item.number)
          .sort();
      expect(of(0)).toEqual(announced.filter((number) => scanned.includes(number)).sort());
      expect(of(2)).toEqual(announced.filter((number) => !scanned.includes(number)).sort());
      expect(of(3)).toEqual(scanned.filter((number) => !announced.includes(number)).sort());
      expect(new Set(list.map((item) => item.number)).size).toBe(list.length);
    }),
  );
});

test('no cell of a CSV begins like a formula, and long lists are cut whole', () => {
  for (const bad of ['=1+1', '+1', '@x', '\t=1', '|cmd', ' =1']) expect(csvText([[bad]])).toMatch(/^"?'/);
  expect(csvText([['a,b', 'c"d']])).toBe('"a,b","c""d"\r\n');
  expect(chunksOf([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
  expect(chunksOf([], 2)).toEqual([]);
});
