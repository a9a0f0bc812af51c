import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, visitor, watchQuiet } from './browser.ts';
import { buyerScene } from './buyer.scene.ts';
import { DESKTOP, MOBILE, performanceScore } from './lighthouse-score.ts';
import { merchantScene } from './merchant.scene.ts';
import { type Stage, startStage } from './stage.ts';

/**
 * How fast the buyer's page is on a slow phone and the merchant's home at a desk: prints figures and Lighthouse's score of
 * them, judges none. One run each among the tests; five, and their median, by `npm run web:speed`. Nothing in the cache.
 * Phone: CPU four times slower; the network as it is, or with Lighthouse's "slow 4G" (150 ms round trip, 1.6 Mbit/s)
 * really applied. Desk: Lighthouse's desktop network (40 ms, 10 Mbit/s).
 */
const isBench = process.env.POSTROAD_SPEED !== undefined;
const RUNS = isBench ? 5 : 1;
/** So long the page is watched when it is ready, for shifts and long tasks. */
const WATCH_MS = isBench ? 4_000 : 500;
const NETWORKS = {
  local: { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 },
  slow_4g: { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 },
  desk: { offline: false, latency: 40, downloadThroughput: 1_250_000, uploadThroughput: 1_250_000 },
} as const;
type Network = keyof typeof NETWORKS;
const CASES: readonly (readonly [path: string, network: Network])[] = [
  ['/track', 'local'],
  ['/track', 'slow_4g'],
  ['/t/{link}', 'local'],
  ['/t/{link}', 'slow_4g'],
  ['/merchant', 'desk'],
];
/** What somebody waits for: the form, the sentence about the parcel, his shipments. */
const READY: Readonly<Record<string, string>> = {
  '/track': 'form button',
  '/t/{link}': 'h1 svg',
  '/merchant': 'table',
};

describe('the speed of', () => {
  let stage: Stage;
  let browser: Browser;
  beforeAll(async () => {
    stage = await startStage([buyerScene, merchantScene]);
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await stage?.stop();
  });

  it.each(CASES)('%s, network %s', async (path, network) => {
    const runs: Speed[] = [];
    for (let run = 0; run < RUNS; run += 1) runs.push(await measure(path, network));
    // All observers saw something, so the zeros that are left are measured ones.
    expect(runs.filter(({ fcp, lcp }) => fcp > 0 && lcp >= fcp)).toHaveLength(RUNS);
    const median = (of: (speed: Speed) => number) =>
      runs.map(of).toSorted((a, b) => a - b)[(RUNS - 1) / 2] ?? 0;
    const figures = {
      path,
      network,
      runs: RUNS,
      first_paint_ms: Math.round(median((speed) => speed.fcp)),
      largest_paint_ms: Math.round(median((speed) => speed.lcp)),
      blocking_ms: Math.round(median((speed) => speed.tbt)),
      layout_shift: Number(median((speed) => speed.cls).toFixed(3)),
      ready_ms: Math.round(median((speed) => speed.ready)),
      lighthouse_performance: median((speed) =>
        performanceScore(speed, network === 'desk' ? DESKTOP : MOBILE),
      ),
    };
    process.stdout.write(`${JSON.stringify(figures)}\n`);
  });

  it.each([
    ['/t/{link}', undefined],
    ['/merchant', 'merchant_admin'],
    ['/carrier', 'carrier'],
  ])(
    '%s: what is asked for before the scripts are here is taken by them, and asked for once',
    async (path, role) => {
      const context = await visitor(browser, stage, role);
      try {
        const page = await context.newPage();
        const quiet = watchQuiet(page);
        const asked: string[] = [];
        page.on('request', (request) => {
          const { pathname, search } = new URL(request.url());
          if (pathname.startsWith('/v1/')) asked.push(`${request.method()} ${pathname}${search}`);
        });
        await page.goto(path.replace('{link}', String(stage.facts.buyer_link)));
        await page.waitForSelector(READY[path] ?? 'h1');
        await quiet(4_000);
        const left = await page.evaluate(() =>
          Object.keys((window as unknown as { postroadEarly: object }).postroadEarly),
        );
        expect(left).toEqual([]);
        expect(asked.length).toBeGreaterThan(0);
        expect(asked.filter((one, at) => asked.indexOf(one) !== at)).toEqual([]);
      } finally {
        await context.close();
      }
    },
  );

  type Speed = { fcp: number; lcp: number; tbt: number; cls: number; ready: number };

  async function measure(path: string, network: Network): Promise<Speed> {
    const isDesk = network === 'desk';
    const context = await visitor(browser, stage, isDesk ? 'merchant_admin' : undefined);
    try {
      const page = await context.newPage();
      await page.setViewportSize(isDesk ? { width: 1350, height: 940 } : { width: 390, height: 844 });
      const devtools = await context.newCDPSession(page);
      await devtools.send('Network.enable');
      await devtools.send('Network.emulateNetworkConditions', NETWORKS[network]);
      await devtools.send('Emulation.setCPUThrottlingRate', { rate: isDesk ? 1 : 4 });
      await page.addInitScript(observe);
      // What somebody waits for decides, not the last picture or stream that a page still loads.
      await page.goto(path.replace('{link}', String(stage.facts.buyer_link)), { waitUntil: 'commit' });
      await page.waitForSelector(READY[path] ?? 'h1');
      const ready = await page.evaluate(() => performance.now());
      await page.waitForTimeout(WATCH_MS);
      const seen = await page.evaluate(() => (window as unknown as { speed: Omit<Speed, 'ready'> }).speed);
      return { ...seen, ready };
    } finally {
      await context.close();
    }
  }
});

/** Runs in the page: the web vitals by its own observers. Blocking is what tasks take beyond 50 ms. */
function observe(): void {
  const speed = { fcp: 0, lcp: 0, tbt: 0, cls: 0 };
  Object.assign(window, { speed });
  const watch = (type: string, take: (entry: PerformanceEntry) => void) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  watch('paint', (entry) => {
    if (entry.name === 'first-contentful-paint') speed.fcp = entry.startTime;
  });
  watch('largest-contentful-paint', (entry) => {
    speed.lcp = entry.startTime;
  });
  watch('longtask', (entry) => {
    speed.tbt += Math.max(0, entry.duration - 50);
  });
  watch('layout-shift', (entry) => {
    const shift = entry as PerformanceEntry & { value: number; hadRecentInput: boolean };
    if (!shift.hadRecentInput) speed.cls += shift.value;
  });
}
