import { PostroadConnectionError, PostroadProblem } from '@postroad/sdk';
import { expect, test } from 'vitest';
import type { FieldRecord } from '../field/record.ts';
import { bagsOf, countOf, scannedNumber, sumOf } from './differences.ts';
import { warehouseDispatcher } from './dispatch.ts';
import { stepOf } from './steps.ts';
import type { ArrivalIssue, HandoverList, WarehouseTask } from './tasks.ts';
import type { WarehouseApi } from './warehouse-api.ts';
import { differsMuch, readingOf } from './weighing.ts';

const AT = '2026-11-29T08:00:00Z';
let last = 0;
function recordOf(task: WarehouseTask): FieldRecord<WarehouseTask> {
  last += 1;
  const whose = { person: 'per_1', world: 'live', state: 'waiting', label: '', about: 'x' } as const;
  return { ...whose, seq: last, id: `record-${last}`, at: AT, task };
}
const arrive = (number: string, handoverId = 'hnd_1', issue?: ArrivalIssue) =>
  recordOf({ kind: 'arrive', handoverId, number, issue });
const problem = (code: string, status: number) =>
  new PostroadProblem({
    ...{ status, code, title: code, detail: '', errors: [] },
    ...{ requestId: undefined, retryAfterSeconds: undefined },
  });

function serverWith(more: Partial<WarehouseApi> = {}) {
  const calls: unknown[][] = [];
  const names = ['arrive', 'sign', 'inbound', 'reject', 'failOutbound', 'move'] as const;
  const api = {
    ...Object.fromEntries(
      names.map((name) => [name, async (...given: unknown[]) => void calls.push([name, ...given])]),
    ),
    uploadPhoto: async (...given: unknown[]) => {
      calls.push(['uploadPhoto', ...given]);
      return 'prf_1';
    },
    ...more,
  } as unknown as WarehouseApi;
  return { calls, dispatcher: warehouseDispatcher(api) };
}
const keep = async () => undefined;

test('scans of one handover go together, two hundred at most; all else goes alone', () => {
  const { dispatcher } = serverWith();
  const sign = recordOf({ kind: 'sign', handoverId: 'hnd_1' });
  expect(dispatcher.together([arrive('A'), arrive('B'), sign])).toBe(2);
  expect(dispatcher.together([arrive('A'), arrive('B', 'hnd_2')])).toBe(1);
  expect(dispatcher.together([sign, arrive('A')])).toBe(1);
  expect(dispatcher.together(Array.from({ length: 250 }, (_, index) => arrive(`N${index}`)))).toBe(200);
});

test('what the server says of a handover holds for each of its scans; no answer settles none', async () => {
  const batch = [arrive('A'), arrive('B', 'hnd_1', 'damaged')];
  const good = serverWith();
  expect(await good.dispatcher.send(batch, keep)).toEqual([{ outcome: 'sent' }, { outcome: 'sent' }]);
  expect(good.calls[0]?.slice(0, 3)).toEqual([
    ...['arrive', 'hnd_1', [{ number: 'A' }, { number: 'B', issue: 'damaged' }]],
  ]);
  const signed = serverWith({ arrive: () => Promise.reject(problem('handover_state_conflict', 409)) });
  const refused = { outcome: 'refused', code: 'handover_state_conflict' };
  expect(await signed.dispatcher.send(batch, keep)).toMatchObject([refused, refused]);
  const away = serverWith({
    arrive: () => Promise.reject(new PostroadConnectionError('network', '/v1', undefined)),
  });
  await expect(away.dispatcher.send(batch, keep)).rejects.toThrow();
});

test('a photo goes before the rejection that names it', async () => {
  const { dispatcher, calls } = serverWith();
  const photo = new Blob(['x'], { type: 'image/jpeg' });
  const one = recordOf({ kind: 'reject', shipmentId: 'shp_1', reason: 'packaging_damaged', photo });
  expect(await dispatcher.send([one], keep)).toEqual([{ outcome: 'sent' }]);
  expect(calls).toEqual([
    ['uploadPhoto', 'shp_1', photo, `photo-${one.id}`],
    ['reject', 'shp_1', { reason: 'packaging_damaged', photoId: 'prf_1' }, one.id, AT],
  ]);
});

const list = {
  bags: [{ code: 'BAG1', parcels: [{ number: 'PRC1' }, { number: 'PRC2' }] }],
  loose: [{ number: 'PRC3' }],
} as unknown as HandoverList;

test('announced against scanned: missing, surplus, with an issue, bag by bag', () => {
  const scanned = new Map<string, ArrivalIssue | undefined>([
    ['PRC1', undefined],
    ['PRC3', 'damaged'],
    ['ZZ9', undefined],
  ]);
  const lines = countOf(list, scanned);
  expect(lines.map((line) => line.number)).toEqual(['PRC1', 'PRC2', 'PRC3', 'ZZ9']);
  expect(sumOf(lines)).toEqual({ announced: 3, scanned: 2, missing: 1, surplus: 1, issues: 1 });
  expect(bagsOf(lines)).toEqual([{ code: 'BAG1', all: 2, scanned: 1 }]);
  expect(scannedNumber(']C1prc2', lines)).toBe('PRC2');
  expect(scannedNumber('other 7', lines)).toBe('OTHER7');
});

test('a reading is whole with a weight, and with three sides or none', () => {
  expect(readingOf('pcl_1', { weight: '0.85', sides: '' })).toEqual({
    parcel_id: 'pcl_1',
    weight_grams: 850,
  });
  expect(readingOf('pcl_1', { weight: '850', sides: '30x20x12' })).toMatchObject({
    size: { length_mm: 300, width_mm: 200, height_mm: 120 },
  });
  expect(readingOf('pcl_1', { weight: '850', sides: '30x20' })).toBeUndefined();
  expect(readingOf('pcl_1', undefined)).toBeUndefined();
  expect([differsMuch(935, 850), differsMuch(936, 850), differsMuch(50, 100)]).toEqual([false, true, false]);
  expect([stepOf('picked_up'), stepOf('wait_send'), stepOf('delivered')]).toEqual([
    'inbound',
    'outbound',
    undefined,
  ]);
});
