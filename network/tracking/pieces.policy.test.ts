import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instant } from '../kernel/index.ts';
import { foldScans } from './fold.ts';
import { scan } from './life.fixture.ts';
import { MILESTONE_NAMES } from './milestones.policy.ts';
import { combinePieces } from './pieces.policy.ts';

/** A piece that reached these codes, one an hour, from `hour` on. */
function piece(codes: readonly string[], hour = 1) {
  return foldScans(
    codes.map((code, index) => scan(`03-01 ${String(hour + index).padStart(2, '0')}:00`, code)),
  );
}

const DONE = ['picked_up', 'out_for_delivery', 'delivered'];

describe('a consignment of several pieces', () => {
  it.each<[string, readonly (readonly string[])[], string, boolean]>([
    ['one delivered', [DONE], 'delivered', true],
    ['all delivered', [DONE, DONE], 'delivered', true],
    ['one still on the road', [DONE, ['picked_up']], 'partially_delivered', false],
    ['one lost, one delivered', [DONE, ['picked_up', 'lost']], 'partially_delivered', true],
    ['one cancelled, one delivered', [DONE, ['cancelled']], 'partially_delivered', true],
    ['the slower one speaks', [['picked_up'], ['picked_up', 'in_transit_local']], 'picked_up', false],
    ['one never seen', [[], ['picked_up']], 'not_found', false],
    ['on the shelf is not delivered', [['at_point'], ['at_point']], 'available_for_pickup', false],
    [
      'trouble is not hidden',
      [
        ['picked_up', 'damaged'],
        ['picked_up', 'out_for_delivery'],
      ],
      'exception',
      false,
    ],
    ['a closed piece does not hold back a moving one', [['cancelled'], ['picked_up']], 'picked_up', false],
    ['all cancelled', [['cancelled'], ['cancelled']], 'cancelled', true],
    ['returned and lost', [['returned'], ['lost']], 'exception', true],
  ])('%s', (_, pieces, status, terminal) => {
    expect(combinePieces(pieces.map((codes) => piece(codes)))).toMatchObject({ status, terminal });
  });

  it('reaches a milestone with its last piece', () => {
    const whole = combinePieces([piece(DONE, 1), piece(DONE, 5), piece(['order_created', ...DONE], 1)]);
    expect(whole.milestones).toEqual([
      { name: 'picked_up', occurredAt: instant('2026-03-01T05:00:00Z') },
      { name: 'out_for_delivery', occurredAt: instant('2026-03-01T06:00:00Z') },
      { name: 'delivered', occurredAt: instant('2026-03-01T07:00:00Z') },
    ]);
    expect(whole.deliveredAt).toBe(instant('2026-03-01T07:00:00Z'));
  });

  it('names the pieces in trouble', () => {
    const pieces = [piece(DONE), piece(['lost']), piece(['picked_up']), piece(['returning'])];
    expect(combinePieces(pieces)).toMatchObject({ total: 4, delivered: 1, troubled: [1, 3] });
  });

  it('has at least one piece', () => {
    expect(() => combinePieces([])).toThrow(RangeError);
  });

  it('is delivered when all pieces are, and only then, in any order of the pieces', () => {
    const codes = fc.array(fc.constantFrom(...MILESTONE_NAMES), { maxLength: 4 });
    fc.assert(
      fc.property(fc.array(codes, { minLength: 1, maxLength: 5 }), (lives) => {
        const pieces = lives.map((life) => piece(life));
        const whole = combinePieces(pieces);
        expect(whole.status === 'delivered').toBe(pieces.every((one) => one.status === 'delivered'));
        expect(whole.deliveredAt !== undefined).toBe(whole.status === 'delivered');
        const turned = combinePieces([...pieces].reverse());
        expect([turned.status, turned.terminal, turned.milestones]).toEqual([
          whole.status,
          whole.terminal,
          whole.milestones,
        ]);
      }),
      { numRuns: 500 },
    );
  });
});
