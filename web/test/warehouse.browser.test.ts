import { createPostroadClient, type PostroadClient } from '@postroad/sdk';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser, scan, visitor, type WatchedPage, watchedPage } from './browser.ts';
import { fieldScene } from './field.scene.ts';
import { photoPng } from './photo.fixture.ts';
import { type Stage, startStage } from './stage.ts';

/** A warehouse hand's work: counting without a network, weighing, turning away, out and to the carrier. */
let stage: Stage;
let browser: Browser;
let context: BrowserContext;
let watched: WatchedPage;
let page: Page;
let merchant: PostroadClient;

beforeAll(async () => {
  stage = await startStage([fieldScene]);
  const seat = stage.principals.find(
    (one) => one.world === 'live' && one.role === 'merchant_admin' && one.organisation === 'merchant',
  );
  merchant = createPostroadClient({ baseUrl: stage.baseUrl, key: seat?.key ?? '' });
  browser = await openBrowser();
  context = await visitor(browser, stage, 'warehouse_staff');
  watched = await watchedPage(context, stage);
  page = watched.page;
  await page.setViewportSize({ width: 390, height: 844 });
});
afterAll(async () => {
  await browser?.close();
  await stage?.stop();
});

const handover = () => ({ params: { path: { handover_id: stage.facts.field_handover ?? '' } } });
const shipmentOf = (id: string) =>
  merchant.get('/v1/shipments/{shipment_id}', { params: { path: { shipment_id: id } } });
async function numbers(): Promise<string[]> {
  const list = await merchant.get('/v1/handovers/{handover_id}/list', handover());
  return [...list.bags.flatMap((bag) => bag.parcels ?? []), ...list.loose].map((one) => one.number);
}

it('a handover is counted by scanner without a network, and signed; all goes once when there is one', async () => {
  await page.goto('/warehouse');
  await page.locator('li a').first().click();
  await page.getByText('0 of 5 scanned').waitFor();
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await context.setOffline(true);
  await page.reload();
  await page.getByText('0 of 5 scanned').waitFor();
  const [first = '', second = '', third = '', fourth = ''] = await numbers();
  for (const number of [first, second, third, first]) await scan(page, number);
  await page.getByText('3 of 5 scanned').waitFor();
  await page.getByText('3 of 3').waitFor();
  await scan(page, `]C1${fourth}`);
  await page.getByText('Damaged', { exact: true }).click();
  await scan(page, 'ZZ99999999');
  await page.getByText('This number is not announced').waitFor();
  await page.getByText('1 surplus').waitFor();
  await page.getByRole('button', { name: 'Sign the handover' }).click();
  await page.getByText('Scanned: 4. Missing: 1. Surplus: 1.').waitFor();
  await page.getByRole('button', { name: 'Sign', exact: true }).click();
  await page.getByText('Recorded on this device').first().waitFor();
  let batches = 0;
  await context.route('**/arrival-scans', async (route) => {
    batches += 1;
    if (batches > 1) return route.continue();
    await route.fetch(); // the server has them, the device does not hear of it
    await route.abort('connectionreset');
  });
  await context.setOffline(false);
  await page.getByText('Signed: what was found').waitFor();
  expect(batches).toBeGreaterThan(1);
  const { data } = await merchant.get('/v1/handovers/{handover_id}/differences', handover());
  expect(data.map((one) => one.code).sort()).toEqual([0, 0, 0, 2, 3, 5]);
  expect(data.find((one) => one.code === 5)).toMatchObject({ number: fourth, issue: 'damaged' });
  expect(data.find((one) => one.code === 3)?.number).toBe('ZZ99999999');
});

it('a parcel is weighed by a scale that types, leaves, and goes to the carrier by one scan each', async () => {
  await page.goto('/warehouse/parcels');
  const [number = ''] = await numbers();
  await page.getByText(/shipments wait/).waitFor();
  await scan(page, number);
  await page.getByRole('heading', { name: number }).waitFor();
  const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  await page.getByLabel('Weight', { exact: true }).fill('ST,GS,+  2.150kg');
  await page.getByText(/much unlike the declared/).waitFor();
  await page.getByLabel('Weight', { exact: true }).fill('0.86');
  await page.getByLabel('Length × width × height, cm').fill('24x18x9');
  await page.getByRole('button', { name: 'Accept' }).click();
  await page.waitForURL('**/warehouse/parcels?step=inbound');
  const [parcel] = (await shipmentOf(id)).parcels;
  expect(parcel?.measured).toMatchObject({
    weight_grams: 860,
    size: { length_mm: 240, width_mm: 180, height_mm: 90 },
  });
  for (const [tab, state] of [
    ['Outbound', /^outbound_ok$/],
    // The network sees the parcel on its way a moment after it is sent.
    ['To the carrier', /^(sent|in_transit)$/],
  ] as const) {
    await page.getByRole('tab', { name: tab }).click();
    await page.getByRole('tabpanel').getByText(number).waitFor();
    await scan(page, number);
    await expect.poll(async () => (await shipmentOf(id)).state).toMatch(state);
  }
});

it('a parcel that its merchant wants back is stopped at the scan, and does not leave', async () => {
  const [, , number = ''] = await numbers();
  await page.goto('/warehouse/parcels');
  await page.getByText(/shipments wait/).waitFor();
  await scan(page, number);
  await page.getByRole('heading', { name: number }).waitFor();
  const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  await page.getByLabel('Weight', { exact: true }).fill('0.85');
  await page.getByRole('button', { name: 'Accept' }).click();
  await page.waitForURL('**/warehouse/parcels?step=inbound');
  await merchant.post('/v1/shipments/{shipment_id}/interceptions', {
    params: { path: { shipment_id: id } },
    body: { kind: 'return', reason: 'wrong colour' },
  });
  await page.goto('/warehouse/parcels?step=outbound');
  const line = page.getByRole('tabpanel').getByRole('link', { name: number });
  await line.getByText('Stop: set this parcel aside').waitFor();
  await scan(page, number);
  await page.getByRole('alert').getByText('wrong colour').waitFor();
  await page.getByRole('alert').getByText('Its merchant wants it back').waitFor();
  expect((await shipmentOf(id)).state).toBe('wait_send');
  await line.click();
  await page.getByRole('alert').getByText('wrong colour').waitFor();
  expect(await page.getByRole('button', { name: 'Outbound: it leaves' }).count()).toBe(0);
});

it('a damaged parcel is turned away with a photo that its merchant sees', async () => {
  const [, number = ''] = await numbers();
  await page.goto('/warehouse/parcels');
  await page.getByText(/shipments wait/).waitFor();
  await scan(page, number);
  await page.getByRole('heading', { name: number }).waitFor();
  const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  await page.getByText('Packaging damaged', { exact: true }).click();
  await page
    .getByLabel(/Take a photo/)
    .setInputFiles({ name: 'box.png', mimeType: 'image/png', buffer: photoPng() });
  await page.getByAltText('The photo that was taken').waitFor();
  await page.getByRole('button', { name: 'Turn it away' }).click();
  await page.waitForURL('**/warehouse/parcels?step=inbound');
  expect(await shipmentOf(id)).toMatchObject({ state: 'inbound_rejected', reason: 'packaging_damaged' });
  const photos = await merchant.get('/v1/shipments/{shipment_id}/photos', {
    params: { path: { shipment_id: id } },
  });
  expect(photos.data.map((one) => one.content_type)).toEqual(['image/jpeg']);
  await page.getByRole('tab', { name: 'Trouble' }).click();
  await page.getByRole('tabpanel').getByText(number).waitFor();
  expect(watched.faults).toEqual([]);
});
