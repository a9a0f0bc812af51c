import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser, visitor, type WatchedPage, watchedPage } from './browser.ts';
import { HOSTILE, merchantScene } from './merchant.scene.ts';
import { keyHolder, type Stage, startStage } from './stage.ts';

let stage: Stage;
let browser: Browser;
let context: BrowserContext;
let watched: WatchedPage;
let page: Page;
beforeAll(async () => {
  stage = await startStage([merchantScene]);
  browser = await openBrowser();
  context = await visitor(browser, stage, 'carrier');
  watched = await watchedPage(context, stage);
  page = watched.page;
});
afterAll(async () => {
  await browser?.close();
  await stage?.stop();
});

const carrier = () => keyHolder(stage, 'live', 'carrier', 'postroad_express_cn');
const shipmentNow = () =>
  carrier().get('/v1/shipments/{shipment_id}', {
    params: { path: { shipment_id: stage.facts.shipment ?? '' } },
  });

it('takes one order from the feed and refuses another with a reason', async () => {
  await page.goto('/carrier');
  const boxes = page.getByRole('table', { name: 'Orders' }).getByRole('checkbox');
  await boxes.nth(2).waitFor();
  const number = (await shipmentNow()).parcels[0]?.number ?? '';
  await page
    .getByRole('row', { name: new RegExp(number) })
    .getByRole('checkbox')
    .check();
  await page.getByRole('button', { name: 'Take 1 order' }).click();
  await page.getByText('1 order is taken.').waitFor();
  expect((await shipmentNow()).acknowledgement).toBe('accepted');
  await page.getByRole('table', { name: 'Orders' }).getByRole('link').first().click();
  await page.getByRole('button', { name: 'Refuse' }).click();
  await page.getByLabel('Reason').fill(HOSTILE);
  await page.getByRole('dialog').getByRole('button', { name: 'Refuse' }).click();
  await page.getByText('The order is refused.').waitFor();
  await page.goto('/carrier?answer=refused');
  await page.getByRole('table', { name: 'Orders' }).getByRole('link').first().waitFor();
});

it('sends scans as pasted lines; each is answered by itself, hostile text stays text', async () => {
  const number = (await shipmentNow()).parcels[0]?.number ?? '';
  const at = new Date(Date.now() - 60_000).toISOString();
  await page.goto('/carrier/scans');
  await page
    .getByLabel('Or paste the lines')
    .fill(
      [
        'number,milestone,occurred_at,country,city',
        `${number},picked_up,${at},CN,杭州市`,
        `"${HOSTILE.replaceAll('"', '""')}",picked_up,${at},CN,杭州市`,
      ].join('\n'),
    );
  await page.getByRole('button', { name: 'Send them' }).click();
  const results = page.getByRole('table', { name: 'Line by line' });
  await results.getByText('Line 3').waitFor();
  expect(await results.getByRole('row', { name: /Line 2/ }).textContent()).toContain('Accepted');
  expect(await results.getByRole('row', { name: /Line 3/ }).textContent()).toContain('Refused');
  expect(await page.locator('img').count()).toBe(0);
  await page.getByLabel('Or paste the lines').fill(
    JSON.stringify({
      number,
      milestone: 'picked_up',
      occurred_at: at,
      place: { country: 'CN', city: '杭州市' },
    }),
  );
  await page.getByRole('button', { name: 'Send them' }).click();
  await page.getByRole('row', { name: /Line 1 Known already/ }).waitFor();
});

it('loads numbers; a range that is wrong is told by field', async () => {
  await page.goto('/carrier/numbers');
  await page.getByRole('table', { name: 'Number stock' }).getByText('In use').waitFor();
  await page.getByLabel('Letters before').fill('PRC');
  await page.getByLabel('First serial').fill('55500000001');
  await page.getByLabel('Last serial').fill('55500000000');
  await page.getByRole('button', { name: 'Load it' }).click();
  await page.getByRole('alert').waitFor();
  await page.getByLabel('Last serial').fill('55500001000');
  await page.getByRole('button', { name: 'Load it' }).click();
  await page.getByRole('rowheader', { name: /PRC55500000001/ }).waitFor();
});

it('opens an area, says how many visits it can make, and takes a courier on', async () => {
  await page.goto('/carrier/areas');
  await page.getByLabel('Code', { exact: true }).fill('SH-1');
  await page.getByLabel('Postcodes').fill('2000, 2001');
  await page.getByRole('button', { name: 'Open an area' }).click();
  await page.getByRole('heading', { name: 'SH-1' }).waitFor();
  await page.getByLabel('9:00–10:00').fill('12');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('The capacities are saved.').waitFor();
  await page.getByText('Collects', { exact: true }).waitFor();
  await page.goto('/carrier/couriers');
  await page.getByLabel('Name', { exact: true }).fill('王强');
  await page.getByLabel('SH-1').check();
  await page.getByRole('button', { name: 'Take a courier on' }).click();
  const row = page.getByRole('row', { name: /王强/ });
  await row.getByRole('button', { name: 'Take off duty' }).click();
  await row.getByText('Off', { exact: true }).waitFor();
});

it('reads its own papers and standing; nothing was refused by the browser', async () => {
  await page.goto('/carrier/papers');
  await page.getByText('Nothing was decided about you yet.').waitFor();
  await page.getByText('Takes orders').waitFor();
  expect(watched.faults).toEqual([]);
});
