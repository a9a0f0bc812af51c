import { describe, expect, it } from 'vitest';
import { instant } from '../kernel/index.ts';
import { MILESTONE_NAMES } from './milestones.policy.ts';
import { languageOf, wordsOf } from './page-words.ts';
import type { BuyerView } from './parcel-contract.ts';
import { trackingPage } from './tracking-page.ts';

const HOSTILE = `<img src=x onerror=alert(1)>"'&\``;

function view(changes: Partial<BuyerView> = {}): BuyerView {
  return {
    number: 'PRE0000000001',
    status: 'in_transit',
    actionRequired: 'none',
    legs: [],
    milestones: [],
    steps: [],
    ...changes,
  };
}

const step = (changes: Partial<BuyerView['steps'][number]> = {}): BuyerView['steps'][number] => ({
  milestone: 'picked_up',
  occurredAt: instant('2026-03-01T09:00:00Z'),
  zoneConfidence: 'stated',
  verified: true,
  synthetic: false,
  ...changes,
});

const page = (parcel: BuyerView, language: 'en' | 'zh-CN' = 'en') =>
  trackingPage({ kind: 'parcel', language, parcel });

describe('the tracking page', () => {
  it('escapes every text that comes from outside', () => {
    const place = { country: 'ES', city: HOSTILE } as never;
    const html = page(
      view({
        number: HOSTILE,
        destination: place,
        steps: [step({ place, localTime: HOSTILE, zone: HOSTILE })],
      }),
    );
    expect(html).not.toContain('<img');
    expect(trackingPage({ kind: 'form', language: 'en', number: HOSTILE })).not.toContain('<img');
  });

  it('loads and runs nothing', () => {
    for (const html of [page(view({ steps: [step()] })), trackingPage({ kind: 'form', language: 'en' })]) {
      expect(html).not.toMatch(/<script|<link|<img|url\(|@import|\son\w+=|\sstyle=/);
    }
  });

  it('shows local time with its zone, and says when the zone is a guess or unknown', () => {
    const html = page(
      view({
        steps: [
          step({ localTime: '2026-03-01T10:00:00', zone: '+01:00' }),
          step({ zone: 'America/Sao_Paulo', zoneConfidence: 'assumed' }),
          step({ zoneConfidence: 'unknown', localTime: '2026-03-01 09:00' }),
        ],
      }),
    );
    expect(html).toContain('2026-03-01 10:00 +01:00');
    expect(html).toContain('2026-03-01 06:00 America/Sao_Paulo (zone assumed)');
    expect(html).toContain('2026-03-01 09:00 (zone unknown)');
  });

  it('marks what is not verified, and lets the newest verified step be the current one', () => {
    const html = page(view({ steps: [step({ milestone: 'delivered', verified: false }), step()] }));
    expect(html).toMatch(/class="unverified"><div class="what">Delivered<span class="mark">not verified/);
    expect(html).toMatch(/class="now"><div class="what">Picked up/);
  });

  it('keeps the promise in sight until the parcel is delivered', () => {
    const promise = {
      kind: 'PROMISE' as const,
      earliest: instant('2026-03-03T00:00:00Z'),
      latest: instant('2026-03-05T00:00:00Z'),
    };
    expect(page(view({ promise }))).toContain('Promised');
    expect(page(view({ promise, deliveredAt: instant('2026-03-04T00:00:00Z') }))).not.toContain('Promised');
  });

  it('has words for every milestone in both languages', () => {
    for (const language of ['en', 'zh-CN'] as const) {
      const texts = MILESTONE_NAMES.map((name) => wordsOf(language).milestone(name));
      expect(texts.every((text) => text.length > 0)).toBe(true);
    }
    expect(page(view({ steps: [step()] }), 'zh-CN')).toContain('已揽收');
  });
});

it.each([
  ['', 'en'],
  ['zh', 'zh-CN'],
  ['fr-FR, zh-TW;q=0.8, en;q=0.7', 'zh-CN'],
  ['en-GB,zh;q=0.9', 'en'],
  ['zh;q=0, en', 'en'],
  ['zh;q=x', 'en'],
  [`${','.repeat(10_000)}zh`, 'en'],
])('of "%.20s" the language is %s', (header, language) => {
  expect(languageOf(header)).toBe(language);
});
