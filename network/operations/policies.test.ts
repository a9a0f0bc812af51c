import { describe, expect, test } from 'vitest';
import { instant } from '../kernel/index.ts';
import { maskProfileOf } from '../shipments/index.ts';
import { DEFAULT_MASKS } from '../vault/index.ts';
import { attentionOf } from './health.ts';
import { hitProfileOf, questionOf } from './question.policy.ts';

describe('what a text may be', () => {
  test.each([
    ['PRE000000000012', 'PRE000000000012', 'PRE000000000012', []],
    ['#1001', undefined, '1001', []],
    ['7788', undefined, '7788', ['phone']],
    ['+49 30 901820', '+49 30 901820', undefined, ['phone']],
    ['Mustermann', 'Mustermann', 'Mustermann', ['name']],
    ['Erika Mustermann', 'Erika Mustermann', undefined, ['name']],
    ["O'Neil", "O'Neil", undefined, ['name']],
    ['小明', undefined, undefined, ['name']],
    ['??', undefined, undefined, []],
  ])('%s', (text, number, reference, people) => {
    const asked = questionOf(text);
    expect([asked.number, asked.reference, asked.people.map((one) => one.by)]).toEqual([
      number,
      reference,
      people,
    ]);
  });
  test('one of our ids is nothing else', () => {
    expect(questionOf(' shp_01jd3v9k2m4n6p8q0r1s2t3v4w ')).toEqual({
      id: 'shp_01jd3v9k2m4n6p8q0r1s2t3v4w',
      number: undefined,
      reference: undefined,
      people: [],
    });
  });
});

describe('what needs a person', () => {
  const now = instant('2026-11-22T10:00:00Z');
  const fine = {
    outbox: { oldestAgeSeconds: 2, reactions: [{ dead: 0, oldestAt: instant('2026-11-22T09:59:00Z') }] },
    jobs: [{ dead: 0, oldestDueAt: undefined }],
    webhooks: { endpoints: { failing: 0, disabled: 3 } },
    ledgerImbalance: [],
    lowNumberStock: [],
  };
  test('nothing, when all moves', () => {
    expect(attentionOf(fine, now)).toEqual([]);
  });
  test.each([
    ['outbox_late', { outbox: { ...fine.outbox, oldestAgeSeconds: 301 } }],
    [
      'reactions_late',
      { outbox: { ...fine.outbox, reactions: [{ dead: 0, oldestAt: instant('2026-11-22T09:54:00Z') }] } },
    ],
    ['dead_letters', { outbox: { ...fine.outbox, reactions: [{ dead: 1, oldestAt: undefined }] } }],
    ['jobs_late', { jobs: [{ dead: 0, oldestDueAt: instant('2026-11-22T09:00:00Z') }] }],
    ['dead_jobs', { jobs: [{ dead: 2, oldestDueAt: undefined }] }],
    ['webhooks_failing', { webhooks: { endpoints: { failing: 1, disabled: 0 } } }],
    ['ledger_imbalance', { ledgerImbalance: [1] }],
    ['number_stock_low', { lowNumberStock: [1] }],
  ])('%s', (name, change) => {
    expect(attentionOf({ ...fine, ...change }, now)).toEqual([name]);
  });
});

describe('how much of a person a hit shows', () => {
  test.each(['DE', 'US', 'CN', 'BR'])(
    'to %s: of a name the first letter, but to its own merchant',
    (country) => {
      for (const viewer of ['network', 'marketplace'] as const) {
        const profile = hitProfileOf(viewer, country);
        expect(DEFAULT_MASKS.profiles[profile]?.name).toBe('first_character');
      }
      expect(hitProfileOf('merchant', country)).toBe(maskProfileOf(country));
    },
  );
});
