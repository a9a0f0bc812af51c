import type { components } from '@postroad/sdk';
import { expect, test } from 'vitest';
import { plainView } from './plain.ts';

const step = {
  ...{ milestone: 'in_transit_local', occurred_at: '2026-11-24T10:00:00Z', zone_confidence: 'stated' },
  ...{ zone: 'Europe/Berlin', said_by: 'express', notice: false, verified: true, synthetic: false },
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
