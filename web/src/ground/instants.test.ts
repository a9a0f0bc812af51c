import { expect, it } from 'vitest';
import { instantOf, localOf } from './instants.ts';

it('a typed moment is an instant and back; nothing typed is none', () => {
  const at = new Date('2026-11-29T08:05:00Z');
  expect(instantOf(localOf(at))).toBe(at.toISOString());
  expect(instantOf('')).toBeUndefined();
  expect(instantOf('soon')).toBeUndefined();
});
