import { once } from 'node:events';
import { createServer } from 'node:net';
import { createPostroadClient } from '@postroad/sdk';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startPrintAgent } from '../../sdk/src/cli/print-agent.ts';
import { logInOnPage, openBrowser, VISITOR, visitor, type WatchedPage, watchedPage } from './browser.ts';
import { HOSTILE, merchantScene } from './merchant.scene.ts';
import { readSymbol } from './read-symbol.ts';
import { keyHolder, type Stage, startStage } from './stage.ts';

let stage: Stage;
let browser: Browser;
let context: BrowserContext;
let watched: WatchedPage;
let page: Page;
beforeAll(async () => {
  stage = await startStage([merchantScene]);
  browser = await openBrowser();
  context = await visitor(browser, stage, undefined);
  watched = await watchedPage(context, stage);
  page = watched.page;
});
afterAll(async () => {
  await browser?.close();
  await stage?.stop();
});

const CSV = [
  'reference,recipient_name,recipient_phone,recipient_country,recipient_division,recipient_city,recipient_district,recipient_postcode,recipient_line1,item_description,item_unit_value,currency,item_quantity,item_weight_grams,parcel_weight_grams,parcel_length_mm,parcel_width_mm,parcel_height_mm',
  'CSV-1,李华,+8613900139000,CN,上海市,上海市,徐汇区,200030,漕溪北路 88 号,paper lantern,49.00,CNY,2,400,850,240,180,90',
  'CSV-2,李华,+8613900139000,CN,上海市,上海市,徐汇区,200030,漕溪北路 88 号,paper lantern,many,CNY,2,400,850,240,180,90',
].join('\n');

it('one who is not logged in is asked to, and comes to where he wanted', async () => {
  await page.goto('/merchant/orders/import');
  await page.waitForURL(/\/login\?next=/);
  const person = stage.people.find(({ role }) => role === 'merchant_admin');
  await page.getByLabel('E-mail').fill(person?.email ?? '');
  await page.getByLabel('Password').fill('wrong password of ours');
  await page.getByText('Live', { exact: true }).click();
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('alert').waitFor();
  await page.getByLabel('Password').fill(person?.password ?? '');
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.waitForURL('**/merchant/orders/import');
});

it('the log-in of a clerk at a counter is bound to the device: its cookie alone opens nothing', async () => {
  const operator = keyHolder(stage, 'live', 'operator', 'operator');
  const post = await operator.post('/v1/organisations', {
    body: { kind: 'point_operator', name: 'Corner Post', country: 'CN' },
  });
  const email = 'corner-clerk@demo.example';
  const { token } = await operator.post('/v1/invitations', {
    body: { organisation_id: post.id, email, role: 'point_clerk' },
  });
  const password = 'three blue parcels 7';
  await createPostroadClient({ baseUrl: stage.baseUrl }).post('/v1/invitations/acceptance', {
    body: { token, name: 'Mei', password },
  });
  const counter = await browser.newContext({ ...VISITOR, baseURL: stage.baseUrl });
  await logInOnPage(counter, { email, password });
  const asked = await counter.newPage();
  await asked.goto('/login');
  await asked.getByText('You are logged in as Mei').waitFor();
  const stolen = await counter.request.get('/v1/sessions/current');
  expect([stolen.status(), await stolen.json()]).toMatchObject([401, { code: 'device_proof_refused' }]);
  await counter.close();
});

it('a file is checked first, told line by line, and then imported', async () => {
  await page.getByLabel('Or paste the rows').fill(CSV);
  await page.getByRole('button', { name: 'Check only' }).click();
  await page.getByText('Nothing is stored yet').waitFor();
  expect(await page.getByText(/Line 3, item_unit_value/).count()).toBe(1);
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByText('This is what has happened').waitFor();
  await page.getByRole('link', { name: 'CSV-1' }).click();
  await page.getByRole('heading', { name: 'CSV-1' }).waitFor();
});

it('an order is edited before it ships; its recipient is shown in full only when he is corrected', async () => {
  await page.getByRole('link', { name: 'Edit the order' }).click();
  await page.getByRole('button', { name: 'Another item' }).click();
  const second = { 'Description in English': 'wax candle', Pieces: '1', 'Value of one piece': '5.00' };
  for (const [label, text] of Object.entries(second)) await page.getByLabel(label).nth(1).fill(text);
  await page.getByLabel('Weight of one piece, grams').nth(1).fill('90');
  await page.getByRole('button', { name: 'Correct the stored recipient' }).click();
  await page.getByLabel('Street and house').fill('漕溪北路 90 号');
  expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('李华');
  await page.getByRole('button', { name: 'Save the order' }).click();
  await page.getByText('wax candle').waitFor();
});

it('an order has offers with their prices and reasons, and is shipped by one of them', async () => {
  await page.getByText('Price in lines').first().click();
  await page.getByText(/lines? cannot take it/).click();
  const arrives = await page
    .getByText(/^Arrives /)
    .first()
    .textContent();
  await page.getByRole('button', { name: 'Buy' }).first().click();
  await page.waitForURL('**/merchant/shipments/shp_*');
  await page.getByText('Waits for handover').first().waitFor();
  const answer = await context.request.get(`/v1/shipments/${page.url().split('/').at(-1)}`);
  const { promise, destination_zone: timeZone } = await answer.json();
  expect(timeZone).toBe('Asia/Shanghai');
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone });
  const days = [promise.earliest, promise.latest].map((at: string) => day.format(new Date(at)));
  const promised = [...new Set(days)].join(' – ');
  expect(arrives).toContain(promised);
  expect(await page.textContent('main')).toContain(promised);
  expect(await page.getByRole('heading', { name: 'Money' }).count()).toBe(1);
});

it('the requests of a screen are commands without a secret', async () => {
  await page.getByRole('button', { name: 'Copy as curl' }).click();
  const commands = await page.locator('pre').allTextContents();
  expect(commands.some((text) => text.includes('/v1/shipments/shp_'))).toBe(true);
  expect(commands.join()).not.toMatch(/prs_|prd_|postroad-csrf|cookie/i);
  await page.keyboard.press('Escape');
});

it('many orders are bought at once, each told by itself', async () => {
  await page.goto('/merchant/orders?state=open');
  await page.getByRole('button', { name: 'Ship all open' }).click();
  await page.getByRole('button', { name: /^Buy for/ }).click();
  await page.getByText(/^([0-9]+) of \1 orders$/).waitFor();
  expect(await page.getByText('Bought', { exact: true }).count()).toBeGreaterThan(2);
});

it('labels go to a label printer by the agent on this machine', async () => {
  const printed: Buffer[] = [];
  const printer = createServer((socket) => socket.on('data', (bytes) => printed.push(Buffer.from(bytes))));
  printer.listen(0, '127.0.0.1');
  await once(printer, 'listening');
  const address = printer.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const agent = await startPrintAgent(
    { printers: [{ name: 'desk', host: '127.0.0.1', port }], origins: [stage.baseUrl], port: 13_528 },
    { json: true, isTerminal: false, write: () => undefined, note: () => undefined },
  );
  try {
    await page.goto('/merchant/print');
    await page.getByRole('button', { name: 'Send to the label printer' }).click();
    await page.getByLabel('Printer', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Send to the label printer' }).last().click();
    await page.getByText(/labels? (is|are) with the printer/).waitFor();
    expect(Buffer.concat(printed).toString()).toMatch(/^\^XA[\s\S]*\^XZ/);
  } finally {
    await agent.stop();
    printer.close();
  }
});

it('a label opens as PDF for the printer of the browser', async () => {
  await page.goto(`/merchant/shipments/${stage.facts.shipment}`);
  const opened = context.waitForEvent('page');
  await page.getByRole('button', { name: 'Print the label' }).click();
  const label = await opened;
  await page.getByText('The label is open in a window').waitFor();
  await label.waitForURL(/^blob:/, { waitUntil: 'commit' });
  await label.close();
});

it('a parcel leaves its bag, goes on another handover and into a bag of that, whose code is shown', async () => {
  await page.goto(`/merchant/bags/${stage.facts.bag}`);
  const number = (await page.getByRole('rowheader').getByRole('link').textContent()) ?? '';
  const inRow = page.getByRole('row', { name: number }).getByRole('checkbox');
  await inRow.check();
  await page.getByRole('button', { name: 'Take 1 parcel out' }).click();
  await page.getByText('The bag is empty').waitFor();
  await page.goto('/merchant/handovers/new');
  await inRow.check();
  await page.getByRole('button', { name: 'Make the list' }).click();
  await page.waitForURL('**/merchant/handovers/hnd_*');
  await page.getByLabel('Code of its tag').fill('HZ-0418');
  await page.getByRole('button', { name: 'Pack all into a bag' }).click();
  await page.getByRole('link', { name: 'HZ-0418' }).click();
  await page.getByRole('button', { name: 'Close the bag' }).click();
  await page.getByText('The bag is closed.').waitFor();
  expect(await readSymbol(page.getByRole('img', { name: 'Code of the bag' }))).toEqual(['Code128:HZ-0418']);
});

it('a courier is booked, moved to another window and called off', async () => {
  await page.goto('/merchant/pickups/new');
  await page.getByRole('checkbox', { name: 'Select all' }).check();
  await page.getByRole('radio').nth(3).check();
  await page.getByRole('button', { name: 'Book a pickup' }).click();
  await page.waitForURL('**/merchant/pickups');
  await page.getByRole('rowheader').getByRole('link').first().click();
  await page.waitForURL('**/merchant/pickups/pku_*');
  const code = page.locator('p .number.text-2xl');
  const before = await code.textContent();
  const symbol = page.getByRole('img', { name: 'Code for the courier as a QR code' });
  expect(await readSymbol(symbol)).toEqual([`QRCode:${before}`]);
  await page.getByRole('radio').nth(6).check();
  await page.getByRole('button', { name: 'Take another window' }).click();
  await page.getByText('has another window and a new code').waitFor();
  await expect.poll(() => code.textContent()).not.toBe(before);
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Call the pickup off' }).click();
  await page.getByText('Cancelled', { exact: true }).waitFor();
});

it('a parcel that nobody scanned goes to another recipient at once; one on its way is stopped by its carrier', async () => {
  await page.goto(`/merchant/shipments/${stage.facts.dropped}`);
  await page.getByRole('link', { name: 'Change the recipient' }).click();
  for (const [label, text] of Object.entries({
    Name: '王芳',
    Phone: '+8613900139001',
    Postcode: '200030',
    'State or province': '上海市',
    City: '上海市',
    District: '徐汇区',
    'Street and house': '漕溪北路 90 号',
  }))
    await page.getByLabel(label, { exact: true }).fill(text);
  await page.getByRole('button', { name: 'Change the recipient' }).click();
  await page.waitForURL(`**/merchant/shipments/${stage.facts.dropped}`);
  await arriveAtWarehouse(stage.facts.dropped ?? '');
  await page.reload();
  await page.getByRole('link', { name: 'Stop or redirect' }).click();
  await page.getByLabel('Reason').fill('the buyer has changed his mind');
  await page.getByRole('button', { name: 'Ask the carrier' }).click();
  const asked = page.getByRole('table', { name: 'Stopped or redirected' });
  await asked.getByText('Asked', { exact: true }).waitFor();
  await answerInterception('refuse');
  await page.reload();
  await asked.getByText('Not possible').waitFor();
});

it('hostile text of a shop is text', async () => {
  await page.goto(`/merchant/orders/${stage.facts.hostile_order}`);
  await page.getByText(HOSTILE).first().waitFor();
  expect(await page.locator('img').count()).toBe(0);
});

it('who logs out is out, and nothing of it was refused by the browser', async () => {
  await page.getByRole('button', { name: /^Account/ }).click();
  await page.getByRole('menuitem', { name: 'Log out' }).click();
  await page.waitForURL('**/login');
  await page.goto('/merchant');
  await page.waitForURL(/\/login\?next=/);
  expect(watched.faults).toEqual([]);
});

async function arriveAtWarehouse(shipment_id: string): Promise<void> {
  const warehouse = keyHolder(stage, 'live', 'warehouse_staff', 'warehouse_cn');
  const params = { path: { shipment_id } };
  const { parcels } = await warehouse.get('/v1/shipments/{shipment_id}', { params });
  await warehouse.post('/v1/shipments/{shipment_id}/inbound', {
    params,
    body: { parcels: parcels.map(({ id }) => ({ parcel_id: id, weight_grams: 850 })) },
  });
}

async function answerInterception(answer: 'refuse' | 'accept'): Promise<void> {
  const carrier = keyHolder(stage, 'live', 'carrier', 'postroad_express_cn');
  const { data } = await carrier.get('/v1/interceptions', { params: { query: { state: 'requested' } } });
  const [asked] = data;
  if (asked === undefined) throw new Error('the carrier was asked nothing');
  await carrier.post('/v1/interceptions/{interception_id}/answer', {
    params: { path: { interception_id: asked.id } },
    body: { answer },
  });
}
