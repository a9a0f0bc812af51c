import { describe, expect, it } from 'vitest';
import { instant } from '../kernel/index.ts';
import { foldScans } from './fold.ts';
import { correct, DOMESTIC, names, scan, state } from './life.fixture.ts';
import type { Scan } from './model.ts';

describe('terminal states', () => {
  const lost = scan('03-05 00:00', 'lost');
  const lostLife = [...DOMESTIC.slice(0, 3), lost];

  it.each(['delivered', 'returned', 'disposed', 'lost', 'cancelled'])(
    '%s is not left by a later scan',
    (code) => {
      const closed = foldScans([...DOMESTIC.slice(0, 6), scan('03-02 11:00', code)]);
      expect(closed.terminal).toBe(true);
      for (const later of [
        'in_transit_local',
        'returning',
        'delivered',
        'lost',
        'returned',
        'order_created',
        'exception',
      ]) {
        const after = foldScans([
          ...DOMESTIC.slice(0, 6),
          scan('03-02 11:00', code),
          scan('03-03 11:00', later),
        ]);
        expect(state(after)).toBe(state(closed));
        expect(after.deliveredAt).toBe(closed.deliveredAt);
        expect(after.entries.at(-1)?.effect).toBe('after_terminal');
      }
    },
  );

  it('a second verdict is kept and named, and the first stands', () => {
    const timeline = foldScans([...lostLife, scan('03-09 10:00', 'delivered')]);
    expect(timeline).toMatchObject({
      status: 'exception',
      substatus: 'exception.lost',
      actionRequired: 'platform',
      flags: ['conflicting_terminal', 'scan_after_terminal'],
    });
    expect(names(timeline.milestones)).not.toContain('delivered');
  });

  it('the same verdict twice is no contradiction', () => {
    const again = foldScans([...DOMESTIC, scan('03-02 11:30', 'delivered')]);
    expect(again.flags).toEqual([]);
    expect(again.deliveredAt).toBe(instant('2026-03-02T11:00:00Z'));
  });

  it('a lost parcel that was found goes on by a correction, and the loss stays in the history', () => {
    const life = [
      ...lostLife,
      correct(lost, '03-08 09:00', 'in_transit_local'),
      scan('03-09 08:00', 'out_for_delivery'),
      scan('03-09 10:00', 'delivered'),
    ];
    const timeline = foldScans(life);
    expect(timeline).toMatchObject({ status: 'delivered', flags: [] });
    expect(timeline.entries.map((entry) => entry.effect)).toEqual([
      'moved',
      'moved',
      'moved',
      'corrected',
      'moved',
      'moved',
      'moved',
    ]);
    expect(timeline.entries[4]?.correction).toEqual({
      ofScan: lost.id,
      author: 'desk-7',
      reason: 'found on the shelf',
    });
  });

  it.each([
    ['author', { author: ' ', reason: 'found' }],
    ['reason', { author: 'desk-7', reason: '' }],
  ])('a correction without %s corrects nothing', (_, who) => {
    const nameless = scan('03-08 09:00', 'in_transit_local', { correction: { ofScan: lost.id, ...who } });
    expect(foldScans([...lostLife, nameless])).toMatchObject({
      substatus: 'exception.lost',
      flags: ['correction_incomplete', 'scan_after_terminal'],
    });
  });

  it('a correction of another scan does not reopen a closed parcel', () => {
    const other = correct(DOMESTIC[1] as Scan, '03-08 09:00', 'in_transit_local');
    expect(foldScans([...lostLife, other]).substatus).toBe('exception.lost');
  });
});

describe('corrections', () => {
  const wrong = scan('03-02 11:00', 'delivered');
  const life = [...DOMESTIC.slice(0, 6), wrong];
  const withdrawal = correct(wrong, '03-02 15:00', 'withdrawn', 'signed at the wrong door');

  it('a withdrawal takes the state back to what it was', () => {
    const timeline = foldScans([...life, withdrawal]);
    expect(state(timeline)).toBe('out_for_delivery last_mile none');
    expect(timeline.flags).toEqual([]);
    expect(timeline.deliveredAt).toBeUndefined();
    expect(timeline.lastScan?.milestone).toBe('out_for_delivery');
  });

  it('a corrected time moves the delivery', () => {
    const timeline = foldScans([...life, correct(wrong, '03-02 09:45', 'delivered')]);
    expect(timeline.deliveredAt).toBe(instant('2026-03-02T09:45:00Z'));
  });

  it('a withdrawn correction lets the first scan count again', () => {
    const mistake = correct(wrong, '03-02 15:00', 'lost');
    const regret = correct(mistake, '03-02 16:00', 'withdrawn');
    expect(foldScans([...life, mistake]).substatus).toBe('exception.lost');
    expect(foldScans([...life, mistake, regret])).toMatchObject({ status: 'delivered', flags: [] });
  });

  it('a replaced correction hands its place on', () => {
    const first = correct(wrong, '03-02 15:00', 'lost');
    const second = correct(first, '03-02 16:00', 'at_point');
    expect(foldScans([...life, first, second]).status).toBe('available_for_pickup');
  });

  it('a correction that is both withdrawn and replaced hands its place on, whoever spoke first', () => {
    const first = correct(wrong, '03-02 15:00', 'lost');
    for (const hour of ['15:30', '16:30']) {
      const rulings = [
        correct(first, '03-02 16:00', 'at_point'),
        correct(first, `03-02 ${hour}`, 'withdrawn'),
      ];
      expect(foldScans([...life, first, ...rulings]).status).toBe('available_for_pickup');
    }
  });

  it('a correction that comes before its target waits for it', () => {
    expect(foldScans([withdrawal])).toMatchObject({
      flags: ['correction_without_target'],
      status: 'not_found',
    });
    expect(foldScans([withdrawal, ...life]).status).toBe('out_for_delivery');
  });

  it('corrections in a circle do not speak', () => {
    const one = scan('03-02 15:00', 'lost', { id: 'a'.repeat(32) as Scan['id'] });
    const two = scan('03-02 16:00', 'lost', { id: 'b'.repeat(32) as Scan['id'] });
    const by = { author: 'x', reason: 'y' };
    const ring = [
      { ...one, correction: { ofScan: two.id, ...by } },
      { ...two, correction: { ofScan: one.id, ...by } },
    ];
    const timeline = foldScans([...DOMESTIC.slice(0, 6), ...ring]);
    expect(timeline).toMatchObject({ substatus: 'exception.lost', flags: ['correction_circular'] });
    const itself = { ...one, correction: { ofScan: one.id, ...by } };
    expect(foldScans([itself]).flags).toEqual(['correction_circular']);
  });

  it('a chain of ten thousand corrections is judged', () => {
    const chain = [wrong];
    for (let link = 0; link < 10_000; link += 1) {
      chain.push(correct(chain.at(-1) as Scan, '03-02 15:00', 'withdrawn', `link ${link}`));
    }
    expect(foldScans(chain).status).toBe('delivered');
    expect(foldScans(chain.slice(0, -1)).status).toBe('not_found');
  });

  it('an unrecognised source cannot correct', () => {
    expect(foldScans([...life, { ...withdrawal, recognised: false }]).status).toBe('delivered');
  });
});
