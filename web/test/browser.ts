import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page, type Request } from 'playwright-core';
import { expect } from 'vitest';
import type { DemoLogIn } from '../../server/demo-file.ts';
import type { Stage } from './stage.ts';

/** Debian's Chromium; POSTROAD_CHROMIUM names another. */
export function openBrowser(more: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.POSTROAD_CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      // Pages are put together by the processor at once, not through a simulated graphics card; maps still draw on that.
      '--disable-gpu-compositing',
      '--disable-gpu-rasterization',
      // Nothing foreign is ever reached, whatever a page asks for.
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
      ...more,
    ],
  });
}

/** A page that notes what no page of ours may do. */
export type WatchedPage = {
  readonly page: Page;
  /** Foreign requests, violations of the content security policy, thrown errors, errors on the console. */
  readonly faults: string[];
};

/** Answers that never end: a page that listens is quiet all the same. */
const STREAMS: ReadonlySet<string> = new Set(['/v1/live', '/v1/track/stream']);
/** So long without a request under way, a page has what it asked for. */
const QUIET_MS = 500;

/** Begins to watch; the function that comes waits until nothing was under way for a while, `longestMs` at most. */
export function watchQuiet(page: Page): (longestMs: number) => Promise<void> {
  const underWay = new Set<Request>();
  let changedAt = performance.now();
  const change = (act: () => void) => {
    act();
    changedAt = performance.now();
  };
  page.on('request', (request) => {
    if (!STREAMS.has(new URL(request.url()).pathname)) change(() => underWay.add(request));
  });
  const end = (request: Request) => {
    if (underWay.has(request)) change(() => underWay.delete(request));
  };
  page.on('requestfinished', end);
  page.on('requestfailed', end);
  return async (longestMs) => {
    const until = performance.now() + longestMs;
    const isQuiet = () => underWay.size === 0 && performance.now() - changedAt >= QUIET_MS;
    while (!isQuiet() && performance.now() < until) await new Promise((done) => setTimeout(done, 50));
  };
}

export const VISITOR = { locale: 'en-GB', timezoneId: 'Europe/Berlin' } as const;

/** A visitor, logged in as the demo's person of a role when one is given. */
export async function visitor(
  browser: Browser,
  stage: Pick<Stage, 'baseUrl' | 'people'>,
  role: string | undefined,
): Promise<BrowserContext> {
  const context = await browser.newContext({ ...VISITOR, baseURL: stage.baseUrl });
  if (role !== undefined) {
    const person = stage.people.find((one) => one.role === role);
    if (person === undefined) throw new Error(`the demo has nobody who is ${role}`);
    const answer = await context.request.post('/v1/sessions', {
      data: { email: person.email, password: person.password },
    });
    const isBound = answer.status() === 401 && (await answer.text()).includes('device_needed');
    if (isBound) await logInOnPage(context, person);
    else if (answer.status() !== 201) throw new Error(`${role} may not log in: ${await answer.text()}`);
  }
  return context;
}

/** Where the log-in is bound to a key of the device: only a page makes one. `context.request` has no part in it. */
export async function logInOnPage(
  context: BrowserContext,
  person: Pick<DemoLogIn, 'email' | 'password'>,
): Promise<void> {
  const page = await context.newPage();
  await page.goto('/login');
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel('Password').fill(person.password);
  await page.getByText('Live', { exact: true }).click();
  const answered = page.waitForResponse((response) => response.url().endsWith('/v1/sessions'));
  await page.getByRole('button', { name: 'Log in' }).click();
  if ((await answered).status() !== 201) throw new Error(`${person.email} may not log in`);
  // The page leaves once it has noted what its key stands for.
  await page.waitForURL((url) => url.pathname !== '/login');
  await page.close();
}

export async function watchedPage(
  context: BrowserContext,
  stage: Pick<Stage, 'baseUrl'>,
): Promise<WatchedPage> {
  const faults: string[] = [];
  // Watched, not intercepted: a route would pass each request through this process and keep the browser from caching.
  const page = await context.newPage();
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.origin !== stage.baseUrl && /^(https?|wss?):$/.test(url.protocol))
      faults.push(`a request to another host: ${request.url()}`);
  });
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      // biome-ignore lint/suspicious/noConsole: the way out of the page
      console.error(
        `policy violated: ${event.violatedDirective} by ${event.blockedURI} at ${event.sourceFile}:${event.lineNumber}`,
      );
    });
  });
  page.on('console', (message) => {
    // The browser itself reports each refused request; refusals are part of some stories.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(`thrown: ${error.message}`));
  return { page, faults };
}

/** What a hardware scanner does: keys faster than anybody types, whatever the machine is busy with, and Enter. */
export async function scan(page: Page, code: string): Promise<void> {
  await page.evaluate(
    (keys) => {
      for (const key of keys)
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    },
    [...code, 'Enter'],
  );
}

export type Theme = 'light' | 'dark';
export type Language = 'en' | 'zh';

/** As somebody who chose a language here before. */
export async function choose(context: BrowserContext, language: Language): Promise<void> {
  await context.addInitScript((chosen) => localStorage.setItem('postroad-language', chosen), language);
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * What axe finds against WCAG 2.2 A and AA and its best practices: one line each, none is the aim. `colours` looks at
 * contrast alone, for a second theme of the same page.
 */
export async function axeFindings(page: Page, what: 'all' | 'colours' = 'all'): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
  return page.evaluate(async (rules) => {
    const { axe } = window as unknown as { axe: Axe };
    const { violations } = await axe.run(document, {
      runOnly:
        rules === 'all'
          ? ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
          : { type: 'rule', values: ['color-contrast'] },
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(
        ({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary.replace(/\s+/g, ' ')}`,
      ),
    );
  }, what);
}

type Axe = {
  run(
    context: Document,
    options: object,
  ): Promise<{
    violations: { id: string; nodes: { target: string[]; failureSummary: string }[] }[];
  }>;
};

/** A folder for pictures of walks: `npm run screens -- --out DIR` sets it. */
const PICTURES = process.env.POSTROAD_SCREENS;

/** A step of a walk on a phone, judged as every screen is: axe, and nothing wider than the phone. */
export async function look(page: Page, name: string): Promise<void> {
  expect(await axeFindings(page), name).toEqual([]);
  const excess = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(excess, `${name} scrolls sideways`).toBeLessThanOrEqual(0);
  if (PICTURES === undefined) return;
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}-390.png`), fullPage: true });
}
