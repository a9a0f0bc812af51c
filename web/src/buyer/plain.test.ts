import type { components } from '@postroad/sdk';
import { expect, test } from 'vitest';
import { plainView } from './plain.ts';

const step = {
  ...{ milestone: 'in_transit_local', occurred_at: '2026-11-24T10:00:00Z', zone_confidence: 'stated' },
  ...{ clock_zone: 'Europe/Berlin', said_by: 'express', notice: false, verified: true, synthetic: false },
  place: { country: 'DE', city: '<img src=x>&"' },
} as const;
const tracking = {
  ...{ number: 'PRC1', status: 'in_transit', action_required: 'none', now: '2026-11-25T10:00:00Z' },
  destination: { country: 'DE', city: 'Berlin' },
  destination_zone: 'Europe/Berlin',
  promise: { kind: 'PROMISE', earliest: '2026-11-24T23:00:00Z', latest: '2026-11-26T22:59:59Z' },
  ...{ legs: [], milestones: [], reports: [], others: [], earlier_steps: 4 },
  steps: Array.from({ length: 25 }, (_, index) => ({ ...step, verified: index !== 1 })),
} as unknown as components['schemas']['BuyerTracking'];

test('state, last seen, the days of the promise at the destination, and the newest steps; the others are counted', () => {
  const html = plainView(tracking, ['en']);
  expect(html).toContain('Your parcel is on the way</h1>');
  expect(html).toMatch(/Last seen 24 Nov 2026, 11:00/);
  expect(html).toContain('25 Nov 2026 – 26 Nov 2026');
  expect(html.match(/<li>/g)).toHaveLength(20);
  expect(html.match(/not verified/g)).toHaveLength(1);
  expect(html).toContain('9 older entries are not shown.');
  expect(html).not.toContain('undefined');
});

test('what others wrote is text, and the language is the first of those wanted that is there', () => {
  const html = plainView(tracking, ['fr', 'zh-tw', 'en']);
  expect(html).toContain('lang="zh"');
  expect(html).toContain('2026年11月25日 – 2026年11月26日');
  expect(html).toContain('&lt;img src=x&gt;&amp;&quot;');
  expect(html).not.toContain('<img');
});

test('a parcel that is a piece says which, and where the others are, each by the clock of its place', () => {
  const sisters = [
    {
      ...{ position: 1, number_tail: '0017', status: 'delivered', delivered_at: '2026-11-24T20:30:00Z' },
      destination_zone: 'Asia/Tokyo',
      last_step: {
        ...step,
        milestone: 'delivered',
        occurred_at: '2026-11-24T20:30:00Z',
        clock_zone: 'Asia/Tokyo',
      },
    },
    { position: 3, number_tail: '<b>"', status: 'not_found', promise: tracking.promise },
  ];
  const pieces = { position: 2, total: 4, sisters } as unknown as NonNullable<typeof tracking.pieces>;
  const html = plainView({ ...tracking, pieces }, ['en']);
  expect(html).toContain('Parcel PRC1 · piece 2 of 4 · To Berlin, Germany');
  expect(html).toContain('Piece 1 · number ends in 0017');
  expect(html).toContain('Delivered · 25 Nov 2026, 05:30 GMT+9');
  // Nobody tells where it goes: the days are said to be counted by UTC.
  expect(html).toContain('Promised: 24 Nov 2026 – 26 Nov 2026 UTC');
  expect(html).toContain('&lt;b&gt;&quot;');
  expect(html).toContain('Of 1 more piece nothing is shown here.');
  expect(plainView({ ...tracking, pieces }, ['zh'])).toContain('第 2 件，共 4 件');
  expect(plainView(tracking, ['en'])).not.toContain('pieces');
});
