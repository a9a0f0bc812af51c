import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Screen } from '../src/ground/screen.ts';
import { axeFindings, choose, openBrowser, visitor, watchedPage, watchQuiet } from './browser.ts';
import { SCENES } from './scenes.ts';
import { SCREENS } from './screens.ts';
import { type Stage, startStage } from './stage.ts';

/** A folder for pictures of everything that is looked at: `npm run screens -- --out DIR`. */
const PICTURES = process.env.POSTROAD_SCREENS;
const WIDTHS = [1440, 390] as const;
const LANGUAGES = ['en', 'zh'] as const;
type Language = (typeof LANGUAGES)[number];
const THEMES = ['light', 'dark'] as const;
/** A tab that Chromium itself stops serving is opened once more; what a look finds is never looked at twice. */
const STALLED = { timeout: 120_000, retry: { count: 1, condition: /Test timed out/ } };

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
const chosen = SCREENS.filter(({ name }) => wanted === undefined || name.startsWith(wanted));
// Some at once: each waits for its server and its quiet most of the time.
it.concurrent.each(chosen)(
  '$name: readable, accessible, within its width, nothing foreign, in both languages',
  STALLED,
  async (screen) => {
    const findings: string[] = [];
    let look: Look | undefined;
    try {
      for (const language of LANGUAGES) {
        if (look === undefined || !(await changeLanguage(look, language))) {
          await look?.page.close();
          look = await open(screen, language);
        }
        expect(await look.page.getAttribute('html', 'lang')).toBe(language);
        findings.push(...(await lookAtAll(look.page, screen, language)), ...look.faults);
      }
      // A page that both languages share tells its faults to both.
      expect([...new Set(findings)], screen.path).toEqual([]);
    } finally {
      await look?.page.close();
    }
  },
);

type Look = {
  readonly page: Page;
  readonly faults: readonly string[];
  readonly quiet: (longestMs: number) => Promise<void>;
};

async function open(screen: Screen, language: Language): Promise<Look> {
  const { page, faults } = await watchedPage(await eyesOf(screen.as, language), stage);
  const quiet = watchQuiet(page);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(addressOf(screen));
  await page.waitForSelector(screen.ready ?? 'h1');
  // A map's worker never falls silent: some seconds must do then.
  await quiet(4_000);
  return { page, faults, quiet };
}

/** As its reader does, without loading it again; false where the screen has no such button, as in the field. */
async function changeLanguage({ page, quiet }: Look, language: Language): Promise<boolean> {
  const button = page.locator(`button[lang="${language}"][aria-pressed]`).first();
  if ((await button.count()) === 0) return false;
  await button.evaluate((one: HTMLElement) => one.click());
  await quiet(4_000);
  return true;
}

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
  // Its pages share what is stored: what one changes stays its own.
  await context.addInitScript(() => {
    const put = Storage.prototype.setItem;
    Storage.prototype.setItem = function (key, value) {
      if (key !== 'postroad-language') put.call(this, key, value);
    };
  });
  return context;
}

function addressOf(screen: Screen): string {
  return screen.path.replace(/\{([a-z_]+)\}/g, (_all, name: string) => {
    const id = stage.facts[name];
    if (id === undefined) throw new Error(`no scene has made a ${name}`);
    return id;
  });
}

/**
 * Axe judges the first language alone, at both widths and in both themes: its rules ask about structure and colours,
 * which do not hang on the language. Whether words fit is asked at both widths of both languages.
 */
async function lookAtAll(page: Page, screen: Screen, language: Language): Promise<string[]> {
  const findings: string[] = [];
  const isJudged = language === LANGUAGES[0];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
    for (const theme of isJudged || PICTURES !== undefined ? THEMES : [THEMES[0]]) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await isCalm(page);
      const where = `${language}, ${width} px, ${theme}`;
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
    if (surplus > 0) findings.push(`${language}, ${width} px: ${surplus} px too wide`);
  }
  return findings;
}

/** New colours are painted: who wants less motion has no transition to wait for. A tab in the back may be given no frames. */
async function isCalm(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const calm = async () => {
      for (let frame = 0; frame < 3; frame += 1) await new Promise((done) => requestAnimationFrame(done));
    };
    await Promise.race([calm(), new Promise((done) => setTimeout(done, 10_000))]);
  });
}

async function takePicture(page: Page, folder: string, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
