import { expect, test } from 'vitest';
import { FACES, faceOf } from './faces.ts';

const SOME = [
  { id: 'home', paths: ['/'] },
  { id: 'shop', paths: ['/shop', '/shop/*'] },
  { id: 'link', paths: ['/t/:token'] },
];

test('an address has the face whose pattern fits', () => {
  expect(faceOf('/', SOME)).toBe('home');
  expect(faceOf('/shop', SOME)).toBe('shop');
  expect(faceOf('/shop/orders/7', SOME)).toBe('shop');
  expect(faceOf('/t/abc', SOME)).toBe('link');
});

test('what only looks alike has none', () => {
  for (const path of ['/shopping', '/t/', '/t', '/t/a/b', '', '/nothing'])
    expect(faceOf(path, SOME), path).toBeUndefined();
});

test('no two faces claim one address, and the API is nobody’s', () => {
  const all = FACES.flatMap(({ paths }) => [...paths]);
  expect(new Set(all).size).toBe(all.length);
  for (const path of ['/v1/me', '/docs', '/openapi.json', '/livez', '/assets/x.js'])
    expect(faceOf(path), path).toBeUndefined();
});
