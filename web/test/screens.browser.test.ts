import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Screen } from '../src/ground/screen.ts';
import { axeFindings, choose, openBrowser, visitor, watchedPage, watchQuiet } from './browser.ts';
import { SCENES } from './scenes.ts';
import { SCREENS } from './screens.ts';
import { type Stage, startStage } from './stage.ts';

/** A folder for pictures of everything that is looked at: `npm run screens -- --out DIR`. */
const PICTURES = process.env.POSTROAD_SCREENS;
const WIDTHS = [1440, 390] as const;
/**
 * The width at which axe judges a language, in both themes: its rules ask about structure and colours, which hang on the
 * width and not on the language, so that together the two languages show it everything. Whether words fit is asked at
 * both widths of both.
 */
const JUDGED_WIDTH = { en: 1440, zh: 390 } as const;
const LANGUAGES = ['en', 'zh'] as const;
type Language = (typeof LANGUAGES)[number];
const THEMES = ['light', 'dark'] as const;
/** A tab that Chromium itself stops serving is opened once more; what a look finds is never looked at twice. */
const STALLED = { timeout: 90_000, retry: { count: 1, condition: /Test timed out/ } };

let stage: Stage;
let browser: Browser;
beforeAll(async () => {
  stage = await startStage(SCENES);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await stage?.stop();
});

it('every screen has a name of its own', () => {
  expect(new Set(SCREENS.map(({ name }) => name)).size).toBe(SCREENS.length);
});

const wanted = process.env.POSTROAD_SCREEN;
describe.concurrent.each(SCREENS.filter(({ name }) => wanted === undefined || name.startsWith(wanted)))(
  '$name',
  (screen) => {
    // Some at once: each waits for its server and its quiet most of the time.
    it.concurrent.each(LANGUAGES)(
      'in %s: readable, accessible, within its width, nothing foreign',
      STALLED,
      async (language) => {
        const context = await eyesOf(screen.as, language);
        const { page, faults } = await watchedPage(context, stage);
        try {
          const quiet = watchQuiet(page);
          await page.setViewportSize({ width: 1440, height: 900 });
          await page.goto(addressOf(screen));
          await page.waitForSelector(screen.ready ?? 'h1');
          // A map's worker never falls silent: some seconds must do then.
          await quiet(4_000);
          expect(await page.getAttribute('html', 'lang')).toBe(language);
          const findings = await lookAtAll(page, screen, language);
          expect(findings, screen.path).toEqual([]);
          expect(faults, screen.path).toEqual([]);
        } finally {
          await page.close();
        }
      },
    );
  },
);

const eyes = new Map<string, Promise<BrowserContext>>();

/** Each role logs in once for each language, and keeps its browser's cache from screen to screen: looking changes nothing. */
function eyesOf(role: string | undefined, language: Language): Promise<BrowserContext> {
  const key = `${role ?? ''} ${language}`;
  const known = eyes.get(key) ?? openEyes(role, language);
  eyes.set(key, known);
  return known;
}

async function openEyes(role: string | undefined, language: Language): Promise<BrowserContext> {
  const context = await visitor(browser, stage, role);
  await choose(context, language);
  return context;
}

function addressOf(screen: Screen): string {
  return screen.path.replace(/\{([a-z_]+)\}/g, (_all, name: string) => {
    const id = stage.facts[name];
    if (id === undefined) throw new Error(`no scene has made a ${name}`);
    return id;
  });
}

async function lookAtAll(page: Page, screen: Screen, language: Language): Promise<string[]> {
  const findings: string[] = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
    const isJudged = width === JUDGED_WIDTH[language];
    for (const theme of isJudged || PICTURES !== undefined ? THEMES : [THEMES[0]]) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await isCalm(page);
      const where = `${width} px, ${theme}`;
      if (isJudged)
        findings.push(
          ...(await axeFindings(page, theme === 'light' ? 'all' : 'colours')).map(
            (finding) => `${where}: ${finding}`,
          ),
        );
      if (PICTURES !== undefined)
        await takePicture(page, PICTURES, `${screen.name}-${width}-${language}-${theme}`);
    }
    const surplus = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (surplus > 0) findings.push(`${width} px: ${surplus} px too wide`);
  }
  return findings;
}

/** New colours are painted, and nothing is on its way to a colour any more. A tab in the back may be given no frames. */
async function isCalm(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const calm = async () => {
      for (let frame = 0; frame < 3; frame += 1) await new Promise((done) => requestAnimationFrame(done));
      await Promise.allSettled(
        document
          .getAnimations()
          .filter((animation) => animation instanceof CSSTransition)
          .map(({ finished }) => finished),
      );
    };
    await Promise.race([calm(), new Promise((done) => setTimeout(done, 10_000))]);
  });
}

async function takePicture(page: Page, folder: string, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
