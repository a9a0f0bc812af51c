import { setFlagsFromString } from 'node:v8';
import { expect, test } from 'vitest';
import { idFromUuid, isId } from './id.ts';

setFlagsFromString('--allow-natives-syntax');
const isFlat = new Function('text', 'return %StringIsFlat(text)') as (text: string) => boolean;

const uuid = (...bytes: number[]) => Uint8Array.from({ length: 16 }, (_, index) => bytes[index] ?? 0);

test('an id is its prefix and 128 bits in base 32 of Crockford, the last two bits of it empty', () => {
  expect(idFromUuid('shp', uuid())).toBe('shp_00000000000000000000000000');
  expect(idFromUuid('evt', uuid(...Array.from({ length: 16 }, () => 255)))).toBe(
    'evt_zzzzzzzzzzzzzzzzzzzzzzzzzw',
  );
  expect(idFromUuid('pcl', uuid(0x01, 0x9a, 0xf0))).toBe('pcl_06df0000000000000000000000');
});

test('ids of other prefixes, one after the other, hold nothing of each other', () => {
  const ids = [idFromUuid('longer', uuid(1)), idFromUuid('o', uuid(2)), idFromUuid('shp', uuid(3))];
  expect(ids.map((id) => id.length)).toEqual([33, 28, 30]);
  expect(
    isId('longer', ids[0] as string) && isId('o', ids[1] as string) && isId('shp', ids[2] as string),
  ).toBe(true);
});

test('ids sort as their bytes do', () => {
  const bytes = Array.from({ length: 200 }, (_, index) => uuid((index * 37) % 256, index));
  const byBytes = [...bytes].sort((one, other) => Buffer.compare(one, other));
  const ids = bytes.map((one) => idFromUuid('shp', one));
  expect([...ids].sort()).toEqual(byBytes.map((one) => idFromUuid('shp', one)));
});

test('an id is a text in one piece', () => {
  expect(isFlat(idFromUuid('shp', uuid(7, 7, 7)))).toBe(true);
});

test('a UUID of another length is refused', () => {
  expect(() => idFromUuid('shp', new Uint8Array(15))).toThrow(RangeError);
});
