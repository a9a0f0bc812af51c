import { expect, it } from 'vitest';
import { leftOf, type Programme, stateOf } from './programme-parts.tsx';

const eur = (amount_minor: number) => ({ amount_minor, currency: 'EUR' });
const programme = (more: Partial<Programme>): Programme => ({
  id: 'prg_1',
  organisation_id: 'org_1',
  name: 'Free shipping',
  line_codes: [],
  service_classes: [],
  destinations: [],
  share_basis_points: 10_000,
  currency: 'EUR',
  budget: eur(1_000),
  spent: eur(0),
  valid_from: '2026-11-01T00:00:00Z',
  opened_at: '2026-11-01T00:00:00Z',
  ...more,
});
const NOW = '2026-11-29T00:00:00Z';

it.each([
  ['running', programme({})],
  ['planned', programme({ valid_from: '2026-12-01T00:00:00Z' })],
  ['ended', programme({ valid_to: '2026-11-28T00:00:00Z' })],
  ['spent', programme({ spent: eur(1_000) })],
  ['ended', programme({ spent: eur(1_000), valid_to: NOW })],
  ['running', programme({ valid_to: '2026-11-30T00:00:00Z', spent: eur(999) })],
])('%s', (state, given) => {
  expect(stateOf(given, NOW)).toBe(state);
});

it('what is left is never below nothing, and unknown without a budget', () => {
  expect(leftOf(programme({ spent: eur(300) }))).toEqual(eur(700));
  expect(leftOf(programme({ spent: eur(1_001) }))).toEqual(eur(0));
  const { budget: _budget, ...without } = programme({});
  expect(leftOf(without)).toBeUndefined();
});
