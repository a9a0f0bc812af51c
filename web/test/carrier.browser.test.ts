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
let visit = '';
beforeAll(async () => {
  stage = await startStage([merchantScene]);
  visit = await bookVisit();
  browser = await openBrowser();
  context = await visitor(browser, stage, 'carrier');
  watched = await watchedPage(context, stage);
  page = watched.page;
});
afterAll(async () => {
  await browser?.close();
  await stage?.stop();
});

/** A visit at the merchant's door that no courier can be sent to yet: nobody is on duty there. */
async function bookVisit(): Promise<string> {
  const merchant = keyHolder(stage, 'live', 'merchant_admin', 'merchant');
  const shipment_id = stage.facts.shipment ?? '';
  const query = { shipment_id, days: 7 };
  const windows = (await merchant.get('/v1/pickup-windows', { params: { query } })).data;
  const window = windows.find((one) => one.selectable);
  const booked = await merchant.post('/v1/pickups', {
    body: {
      shipment_ids: [shipment_id],
      area_id: window?.area_id ?? '',
      starts_at: window?.starts_at ?? '',
    },
  });
  return booked.id;
}
const visitNow = () => carrier().get('/v1/pickups/{pickup_id}', { params: { path: { pickup_id: visit } } });

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
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save the refused lines' }).click();
  expect((await saved).suggestedFilename()).toBe('refused.csv');
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

it('takes a file longer than one request, in the encodings of spreadsheets; one that would lose letters it does not send', async () => {
  const number = (await shipmentNow()).parcels[0]?.number ?? '';
  const at = new Date(Date.now() - 50_000).toISOString();
  const table = (rows: readonly string[]) =>
    ['number,milestone,occurred_at,country,city', ...rows, ''].join('\n');
  const good = `${number},in_transit_local,${at},CN,杭州市`;
  const wrong = Array.from({ length: 5_001 }, () => `${number},no_milestone,${at},CN,`);
  const choose = (buffer: Buffer) =>
    page.locator('input[type=file]').setInputFiles({ name: 'scans.csv', mimeType: 'text/csv', buffer });
  await page.goto('/carrier/scans');
  await choose(Buffer.from(`\ufeff${table([...wrong, good])}`, 'utf16le'));
  await page.getByRole('button', { name: 'Send them' }).click();
  await page.getByText('1 accepted, 0 known already, 5,001 refused').waitFor();
  const results = page.getByRole('table', { name: 'Line by line' });
  // The header counts, and so does it for each request.
  expect(await results.getByRole('row').count()).toBe(101);
  await results.getByText('Line 101').waitFor();
  await page.getByRole('button', { name: 'Next' }).click();
  await results.getByText('Line 102').waitFor();
  // The header is line 1, and what cannot be read is the second row of the second request.
  await choose(Buffer.from(table([...wrong, '"A"B'])));
  await page.getByRole('button', { name: 'Send them' }).click();
  await page.getByText('Line 5003: text after quote.').waitFor();
  await choose(Buffer.from(table([good.replace('杭州市', 'M\xfcnchen')]), 'latin1'));
  await page.getByText('scans.csv is in an encoding that would lose letters here.').waitFor();
  expect(await page.getByRole('button', { name: 'Send them' }).isDisabled()).toBe(true);
  await choose(Buffer.from(table([])));
  await page.getByRole('button', { name: 'Send them' }).click();
  await page.getByText('The file holds no scans.').waitFor();
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
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('The capacities are saved.').waitFor();
  await page.getByText('Collects', { exact: true }).waitFor();
  await page.goto('/carrier/couriers');
  await page.getByLabel('Name', { exact: true }).fill('王强');
  await page.getByLabel('SH-1').check();
  await page.getByRole('button', { name: 'Take a courier on' }).click();
  const row = page.getByRole('row', { name: /王强/ });
  await row.getByRole('button', { name: 'Take off duty' }).click();
  await row.getByText('Off', { exact: true }).waitFor();
  await row.getByRole('button', { name: 'Put on duty' }).click();
  await row.getByText('On duty', { exact: true }).waitFor();
});

it('an area keeps its hours and closed days, and a postcode that is not served has no window', async () => {
  await page.goto(`/carrier/areas/${stage.facts.pickup_area}`);
  await page.getByLabel('Sunday').fill('9-12, 11-14');
  await page.getByRole('button', { name: 'Save the hours' }).click();
  await page.getByText('Give whole hours, as 8-12, 14-20.').waitFor();
  await page.getByLabel('Sunday').fill('9-12, 14-18');
  await page.getByRole('button', { name: 'Save the hours' }).click();
  await page.getByText('The hours are saved.').waitFor();
  const far = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
  await page.getByLabel('From', { exact: true }).fill(far);
  await page.getByRole('button', { name: 'Set these days' }).click();
  await page
    .getByRole('table', { name: 'Closed days and other hours' })
    .getByText('Closed', { exact: true })
    .waitFor();
  const area = (await carrier().get('/v1/pickup-areas')).data.find(
    (one) => one.id === stage.facts.pickup_area,
  );
  expect(area?.exceptions).toEqual([{ date: far }]);
  expect(area?.working_hours.filter((one) => one.weekday === 7)).toEqual([
    { weekday: 7, from_hour: 9, to_hour: 12 },
    { weekday: 7, from_hour: 14, to_hour: 18 },
  ]);
  await page.goto('/carrier/blocks');
  await page.getByLabel('Postcode', { exact: true }).fill('999077');
  await page.getByRole('button', { name: 'Do not serve it' }).click();
  const block = page.getByRole('row', { name: /999077/ });
  await block.getByText('Guards let nobody in').waitFor();
  await block.getByRole('button', { name: 'Serve again' }).click();
  await page.getByText('Everybody is served').waitFor();
});

it('sends a courier to a visit and another one with the reason', async () => {
  const office = carrier();
  for (const name of ['李雷', '韩梅梅'])
    await office.post('/v1/couriers', { body: { name, area_ids: [stage.facts.pickup_area ?? ''] } });
  const couriers = (await office.get('/v1/couriers')).data;
  const idOf = (name: string) => couriers.find((one) => one.name === name)?.id;
  await page.goto(`/carrier/visits/${visit}`);
  await page.getByLabel('Courier', { exact: true }).selectOption({ label: '李雷' });
  await page.getByRole('button', { name: 'Send him' }).click();
  await page.getByText('Courier sent').waitFor();
  expect((await visitNow()).courier_id).toBe(idOf('李雷'));
  await page.getByLabel('Courier', { exact: true }).selectOption({ label: '韩梅梅' });
  await page.getByLabel('Why another one').selectOption({ label: 'The courier passed it on' });
  await page.getByRole('button', { name: 'Send him' }).click();
  await page.getByText('Another courier sent').waitFor();
  expect(await visitNow()).toMatchObject({ courier_id: idOf('韩梅梅'), reason: 'courier_transfer' });
  await page.goto('/carrier/visits?state=assigned');
  await page.getByRole('table', { name: 'Visits' }).getByText('韩梅梅').waitFor();
});

it('takes an interception on, and says that it came too late', async () => {
  const merchant = keyHolder(stage, 'live', 'merchant_admin', 'merchant');
  const params = { path: { shipment_id: stage.facts.shipment ?? '' } };
  const weighed = (await shipmentNow()).parcels.map(({ id, weight_grams }) => ({
    parcel_id: id,
    weight_grams,
  }));
  // Only what somebody has in his hands can be stopped.
  await keyHolder(stage, 'live', 'warehouse_staff', 'warehouse_cn').post(
    '/v1/shipments/{shipment_id}/inbound',
    { params, body: { parcels: weighed } },
  );
  await merchant.post('/v1/shipments/{shipment_id}/interceptions', {
    params,
    body: { kind: 'return', reason: HOSTILE },
  });
  const number = (await shipmentNow()).parcels[0]?.number ?? '';
  await page.goto('/carrier/interceptions');
  const row = page.getByRole('row', { name: new RegExp(number) });
  await row.getByRole('button', { name: 'Take it on' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Take it on' }).click();
  await page.getByText('Nothing is to be stopped').waitFor();
  await page.getByText('To be done', { exact: true }).click();
  await row.getByRole('button', { name: 'Too late' }).click();
  await page.getByRole('dialog').getByLabel('Reason').fill('it is at the door already');
  await page.getByRole('dialog').getByRole('button', { name: 'Too late' }).click();
  await page.getByText('Nothing is to be stopped').waitFor();
  expect((await merchant.get('/v1/interceptions')).data).toMatchObject([
    { state: 'failed', numbers: [number], reason: 'it is at the door already' },
  ]);
});

it('reads its own papers and standing; nothing was refused by the browser', async () => {
  await page.goto('/carrier/papers');
  await page.getByText('Nothing was decided about you yet.').waitFor();
  await page.getByText('Takes orders').waitFor();
  expect(watched.faults).toEqual([]);
});
