import { expect, test } from 'vitest';
import type { WaybillRequest } from './model.ts';
import { checkRequest, packageKey } from './request.policy.ts';

const request = (rest: Partial<WaybillRequest> = {}): WaybillRequest => ({
  objectId: 'o-1',
  carrierCode: 'china_post',
  ...rest,
});

test.each([
  ['an empty object id', { objectId: '' }, 'object_id_invalid'],
  ['an object id with a line break', { objectId: 'a\nb' }, 'object_id_invalid'],
  ['an order with a quote', { orderRefs: ["x' or 1=1"] }, 'order_refs_invalid'],
  ['an order with markup', { orderRefs: ['<b>'] }, 'order_refs_invalid'],
  ['101 orders', { orderRefs: Array.from({ length: 101 }, (_, n) => `o${n}`) }, 'order_refs_invalid'],
  ['a package id with a hyphen', { packageId: 'a-b' }, 'package_id_invalid'],
  ['piece 3 of 2', { pieceIndex: 3, pieceCount: 2 }, 'pieces_invalid'],
  ['two parents', { parentNumber: 'N', parentObjectId: 'p' }, 'pieces_invalid'],
  ['itself as parent', { parentObjectId: 'o-1' }, 'pieces_invalid'],
])('%s is refused', (_name, rest, code) => {
  expect(checkRequest(request(rest))).toMatchObject({ ok: false, rejection: { code } });
});

test('a package is the same in any order of its orders and any case of its id', () => {
  const key = packageKey(request({ orderRefs: ['b', 'a'], packageId: 'Box' }));
  expect(packageKey(request({ orderRefs: ['a', 'b', 'a'], packageId: 'bOX', objectId: 'other' }))).toBe(key);
  expect(packageKey(request({ orderRefs: ['a', 'b'], packageId: 'box2' }))).not.toBe(key);
  expect(packageKey(request({ orderRefs: ['a'], shipmentRef: 'shp_1' }))).toBeUndefined();
  expect(packageKey(request({ orderRefs: ['a', 'b'], packageId: 'Box', carrierCode: 'ems' }))).not.toBe(key);
  expect(packageKey(request({ packageId: 'Box' }))).toBeUndefined();
});
