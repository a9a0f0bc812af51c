import type { PostroadClient } from '@postroad/sdk';
import { createPostroadClient } from '@postroad/sdk';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser, scan, visitor, type WatchedPage, watchedPage } from './browser.ts';
import { cameraThatSees } from './camera.fixture.ts';
import { fieldScene } from './field.scene.ts';
import { photoPng } from './photo.fixture.ts';
import { type Stage, startStage } from './stage.ts';

/** A courier's day in the browser of a phone: with a network, without one, and with one that loses an answer. */
let stage: Stage;
let browser: Browser;
let context: BrowserContext;
let watched: WatchedPage;
let page: Page;
let office: PostroadClient;
let merchant: PostroadClient;

beforeAll(async () => {
  stage = await startStage([fieldScene]);
  const as = (role: string, organisation?: string) => {
    const seat = stage.principals.find(
      (one) =>
        one.world === 'live' &&
        one.role === role &&
        (organisation === undefined || one.organisation === organisation),
    );
    return createPostroadClient({ baseUrl: stage.baseUrl, key: seat?.key ?? '' });
  };
  office = as('carrier');
  merchant = as('merchant_admin', 'merchant');
  browser = await openBrowser(cameraThatSees((await deliveryOf(stage.facts.field_delivery)).number));
  context = await visitor(browser, stage, 'courier');
  watched = await watchedPage(context, stage);
  page = watched.page;
  await page.setViewportSize({ width: 390, height: 844 });
});
afterAll(async () => {
  await browser?.close();
  await stage?.stop();
});

const deliveryOf = (id: string | undefined) =>
  office.get('/v1/deliveries/{delivery_id}', { params: { path: { delivery_id: id ?? '' } } });
const factsOf = async (id: string | undefined) =>
  (await deliveryOf(id)).history?.map((step) => step.fact) ?? [];
const records = () => page.getByRole('link', { name: 'Records' }).first().click();

it('the list of the day, doors in clear text by a logged reveal, and off', async () => {
  await page.goto('/courier');
  await page.getByRole('heading', { name: '6 stops to go' }).waitFor();
  expect(await page.getByText('Cash to collect:').count()).toBe(1);
  await page.getByRole('button', { name: 'Load all addresses' }).click();
  await page.getByText('All addresses are on this device').waitFor();
  await page.getByRole('button', { name: 'Leave the depot' }).click();
  await page.getByRole('button', { name: /^Back at the depot with/ }).waitFor();
  await expect
    .poll(async () => (await deliveryOf(stage.facts.field_delivery)).state)
    .toBe('out_for_delivery');
});

it('without a network the face opens, finds a stop by scanner, and records three doors', async () => {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await context.setOffline(true);
  await page.reload();
  await page.getByRole('heading', { name: '6 stops to go' }).waitFor();
  await page.getByText('No network: this is what the server said').waitFor();

  const { number } = await deliveryNumbers();
  await scan(page, number);
  await page.getByRole('link', { name: 'Navigate' }).waitFor();
  await page.getByText('Delivered', { exact: true }).click();
  await page.getByText('The recipient', { exact: true }).click();
  await page.getByRole('button', { name: 'Record', exact: true }).click();
  await page.getByText('Collect the cash first and confirm it.').waitFor();
  await page.getByLabel(/^I have taken/).check();
  await sign(page);
  await page.getByRole('button', { name: 'Record', exact: true }).click();
  await page.getByText('Recorded on this device; sent when there is a network.').waitFor();

  await page.locator('li a').first().click();
  await page.getByText('Delivered', { exact: true }).click();
  await page.getByText('Left at the door', { exact: true }).click();
  await page.getByLabel(/Take a photo/).setInputFiles({
    name: 'door.png',
    mimeType: 'image/png',
    buffer: photoPng(),
  });
  await page.getByAltText('The photo that was taken').waitFor();
  await page.getByRole('button', { name: 'Record', exact: true }).click();

  await page.getByRole('heading', { name: '4 stops to go' }).waitFor();
  await page.locator('li a').first().click();
  await page.getByText('Could not deliver', { exact: true }).click();
  await page.getByText('Nobody there', { exact: true }).click();
  await page.getByRole('button', { name: 'Record', exact: true }).click();
  await page.getByRole('heading', { name: '3 stops to go' }).waitFor();
  await page.getByText('3 to send').first().waitFor();
  expect((await deliveryOf(stage.facts.field_delivery)).state).toBe('out_for_delivery');
});

it('back in the network all goes once, also when the first answer is lost', async () => {
  let sent = 0;
  await context.route('**/v1/courier/delivery-reports', async (route) => {
    sent += 1;
    if (sent > 1) return route.continue();
    await route.fetch(); // the server has it, the phone does not hear of it
    await route.abort('connectionreset');
  });
  await context.setOffline(false);
  await page.getByText('All sent').first().waitFor();
  expect(sent).toBeGreaterThan(1);
  await context.unroute('**/v1/courier/delivery-reports');
  expect(await factsOf(stage.facts.field_delivery)).toEqual([
    ...['assigned', 'departed', 'delivered', 'cash_collected'],
  ]);
  const left = await deliveryOf(stage.facts.field_second_delivery);
  expect(left).toMatchObject({ state: 'safe_place', sign_kind: 'door' });
  expect(left.proof_ids).toHaveLength(1);
  const tried = await office.get('/v1/deliveries', { params: { query: { state: 'attempted' } } });
  expect(tried.data.map((one) => [one.attempts, one.reason])).toEqual([[1, 'recipient_absent']]);
});

it('the camera reads a number and opens its stop; the page’s policy lets no code be made', async () => {
  await page.goto('/courier');
  await page.getByRole('button', { name: 'Scan with the camera' }).click();
  await page.waitForURL(`**/courier/stops/${stage.facts.field_delivery}`);
  await page.getByText('This stop is done.').waitFor();
  const policy = (await page.request.get('/courier')).headers()['content-security-policy'];
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toContain('unsafe-eval');
  await page.goto('/courier');
});

it('a refusal is shown and stays until it is understood', async () => {
  await page.locator('li a').first().click();
  const id = new URL(page.url()).pathname.split('/').at(-1);
  await page.getByText('Recipient refused it', { exact: true }).click();
  // Meanwhile the office has taken the parcel back.
  await office.post('/v1/deliveries/{delivery_id}/reports', {
    params: { path: { delivery_id: id ?? '' } },
    body: { client_id: 'office-1234', outcome: 'refused' },
  });
  await page.getByRole('button', { name: 'Record', exact: true }).click();
  await page.getByText('The server refused what you recorded').waitFor();
  await records();
  await page.getByText('1 refused').first().waitFor();
  await page.getByRole('button', { name: 'Understood' }).click();
  await page.getByText('All sent').first().waitFor();
});

it('a visit: set out, wrong code, right code, one parcel collected and the others not', async () => {
  await page.goto('/courier/pickups');
  await page.locator('li a').first().click();
  await page.getByRole('button', { name: 'Set out' }).click();
  const code = page.getByLabel('Code of the merchant');
  await code.waitFor();
  const pickupOf = () =>
    merchant.get('/v1/pickups/{pickup_id}', {
      params: { path: { pickup_id: stage.facts.field_pickup ?? '' } },
    });
  const { code: right = '', parcels } = await pickupOf();
  await code.fill(right === '0000' ? '1111' : '0000');
  const [first] = parcels;
  await page.getByLabel('Number', { exact: true }).fill(first?.number ?? '');
  await page.getByRole('button', { name: 'Find' }).click();
  for (const parcel of parcels.slice(1)) {
    const group = page.getByRole('group', { name: parcel.number });
    await group.getByText('Not ready').click();
    await page.locator('li', { has: group }).getByLabel('Why?').selectOption({ label: 'Not packed' });
  }
  await page.getByRole('button', { name: 'Record the pickup' }).click();
  await page.getByText('The server refused what you recorded').waitFor();
  // From the merchant's phone, by a scanner.
  await scan(page, right);
  await page.getByRole('button', { name: 'Record the pickup' }).click();
  await page.waitForURL('**/courier/pickups');
  const collected = await pickupOf();
  expect(collected.state).toBe('collected');
  expect(collected.parcels.map((one) => one.outcome).sort()).toEqual([
    ...['collected', 'not_ready', 'not_ready'],
  ]);
  await page.locator('li a').first().click();
  await page.getByRole('button', { name: 'Handed over at the warehouse' }).click();
  await page.getByText('No pickups', { exact: true }).waitFor();
});

it('who logs out leaves nothing on the device', async () => {
  const seen = () =>
    page.evaluate(async () => {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open('postroad-field');
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      const all = (name: string) =>
        new Promise<unknown[]>((resolve) => {
          const request = database.transaction(name).objectStore(name).getAll();
          request.onsuccess = () => resolve(request.result);
        });
      const held = { kept: await all('kept'), records: await all('records') };
      database.close();
      return JSON.stringify(held) + JSON.stringify({ ...localStorage });
    });
  expect(await seen()).toContain('漕溪北路');
  await page.goto('/courier/me');
  await page.getByRole('button', { name: 'Log out' }).click();
  await page.waitForURL(/\/login/);
  const left = await seen();
  for (const secret of ['漕溪北路', '李华', '+86139', 'courier@', 'ses_']) expect(left).not.toContain(secret);
  expect((await context.request.get('/v1/sessions/current')).status()).toBe(401);
  expect(watched.faults).toEqual([]);
});

async function deliveryNumbers(): Promise<{ number: string }> {
  const { number } = await deliveryOf(stage.facts.field_delivery);
  return { number };
}

async function sign(on: Page): Promise<void> {
  const pad = on.getByRole('img', { name: 'Sign here with a finger' });
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  if (box === null) throw new Error('no pad');
  await on.mouse.move(box.x + 20, box.y + 60);
  await on.mouse.down();
  for (const step of [1, 2, 3, 4]) await on.mouse.move(box.x + 20 + step * 50, box.y + (step % 2 ? 20 : 90));
  await on.mouse.up();
}
