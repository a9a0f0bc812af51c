import { expect, test } from 'vitest';
import { formatsOf } from '../ground/format.ts';
import { translator } from '../ground/words.ts';
import { words as milestones } from '../words/milestones.en.ts';
import { newsText, type Sister, sisterText } from './pieces.ts';
import type { BuyerParcel } from './question.ts';
import { words } from './words.en.ts';

const say = {
  t: translator<typeof words>(words, 'en-GB'),
  m: translator<typeof milestones>(milestones, 'en-GB'),
  formats: formatsOf('en'),
};
const NOW = '2026-11-30T12:00:00Z';
const step = {
  ...{ milestone: 'picked_up', occurred_at: '2026-11-29T23:30:00Z', zone_confidence: 'stated' },
  ...{ clock_zone: 'Asia/Shanghai', said_by: 'post', notice: false, verified: true, synthetic: false },
  place: { country: 'CN', city: 'Hangzhou' },
};
const sister = {
  ...{ position: 1, number_tail: '0017', status: 'picked_up', last_step: step },
  promise: { kind: 'PROMISE', earliest: '2026-11-27T23:00:00Z', latest: '2026-11-29T22:59:59.999Z' },
  destination_zone: 'Europe/Berlin',
} as unknown as Sister;
const parcel = {
  ...{ number: 'PRC2', status: 'in_transit', action_required: 'none', steps: [step] },
  ...{ legs: [], milestones: [], reports: [], earlier_steps: 0 },
  pieces: { position: 2, total: 2, sisters: [sister] },
} as unknown as BuyerParcel;

test('a piece is told by its number\u2019s end, state, last step and promise, each by the clock of its place', () => {
  expect(sisterText(sister, NOW, say)).toEqual({
    name: 'Piece 1 · number ends in 0017',
    state: 'Your parcel was picked up',
    last: 'Picked up · 30 Nov 2026, 07:30 GMT+8 · Hangzhou, China',
    arrival: 'Promised: 28 Nov 2026 – 29 Nov 2026',
    late: 'This is later than it was promised.',
  });
});

test('a delivery is told once: by the step, or by its moment where that is not the last one', () => {
  const delivered = { ...sister, status: 'delivered', delivered_at: step.occurred_at } as Sister;
  expect(sisterText(delivered, NOW, say).arrival).toBeUndefined();
  const corrected = { ...delivered, delivered_at: '2026-11-29T12:00:00Z' };
  expect(sisterText(corrected, NOW, say).arrival).toBe('Delivered: 29 Nov 2026, 13:00 CET');
});

test('a piece that nothing is known of says no more than that', () => {
  expect(sisterText({ position: 3, number_tail: '9', status: 'not_found' }, NOW, say)).toEqual({
    name: 'Piece 3 · number ends in 9',
    state: 'There is no news of your parcel yet',
    last: undefined,
    arrival: undefined,
    late: undefined,
  });
});

test('news are said of the piece that moved, and of the parcel itself when that did', () => {
  const later = { ...parcel, pieces: { ...parcel.pieces, sisters: [{ ...sister, status: 'delivered' }] } };
  expect(newsText([parcel], [later as BuyerParcel], NOW, say)).toMatch(
    /^News of another piece. Piece 1 · number ends in 0017: Your parcel is delivered. Picked up/,
  );
  const own = { ...later, status: 'delivered' } as BuyerParcel;
  expect(newsText([parcel], [own], NOW, say)).toBe('News: Your parcel is delivered. Picked up');
  expect(newsText([], [parcel], NOW, say)).toBe('News: Your parcel is on the way. Picked up');
});
