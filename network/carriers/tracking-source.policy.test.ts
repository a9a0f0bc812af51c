import { expect, test } from 'vitest';
import { instant, type OrganisationId } from '../kernel/index.ts';
import type { TrackingSource } from './model.ts';
import { SHIPPED_SOURCES } from './registry.ts';
import { isRecognised } from './tracking-source.policy.ts';

const RED = 'org_red' as OrganisationId;
const BLUE = 'org_blue' as OrganisationId;
const row = (part: Partial<TrackingSource>): TrackingSource => ({
  id: 'yanwen',
  clientPlatform: 'default',
  kind: 'AGGREGATOR',
  recognised: false,
  from: instant('2020-01-01T00:00:00Z'),
  proof: 'test',
  ...part,
});
const noon = instant('2026-06-01T12:00:00Z');

test('a platform decides for itself and nobody else', () => {
  const sources = [row({}), row({ clientPlatform: RED, recognised: true })];
  expect(isRecognised(sources, RED, 'yanwen', noon)).toBe(true);
  expect(isRecognised(sources, BLUE, 'yanwen', noon)).toBe(false);
});

test('two platforms with opposite rules share one carrier', () => {
  const sources = [
    row({ clientPlatform: RED, recognised: true }),
    row({ clientPlatform: BLUE, recognised: false }),
  ];
  expect([isRecognised(sources, RED, 'yanwen', noon), isRecognised(sources, BLUE, 'yanwen', noon)]).toEqual([
    true,
    false,
  ]);
});

test('an unknown source or a source before its time is never recognised', () => {
  expect(isRecognised([], RED, 'yanwen', noon)).toBe(false);
  expect(isRecognised(SHIPPED_SOURCES, RED, 'constructor', noon)).toBe(false);
  expect(isRecognised(SHIPPED_SOURCES, RED, 'ups', instant('2015-12-31T23:59:59.999Z'))).toBe(false);
  expect(isRecognised(SHIPPED_SOURCES, RED, 'ups', instant('2016-01-01T00:00:00Z'))).toBe(true);
});

test('a row begins at its instant and has ended at its end', () => {
  const to = instant('2026-07-01T00:00:00Z');
  const sources = [row({ recognised: true, to })];
  expect(isRecognised(sources, RED, 'yanwen', instant('2026-06-30T23:59:59.999Z'))).toBe(true);
  expect(isRecognised(sources, RED, 'yanwen', to)).toBe(false);
});

test('the row that began last decides, in any order', () => {
  const sources = [
    row({ recognised: true }),
    row({ from: instant('2026-01-01T00:00:00Z'), recognised: false }),
  ];
  expect(isRecognised(sources, RED, 'yanwen', noon)).toBe(false);
  expect(isRecognised(sources.toReversed(), RED, 'yanwen', noon)).toBe(false);
});
