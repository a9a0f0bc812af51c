import type { PostroadClient } from '@postroad/sdk';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { choose, look, openBrowser, scan, visitor, type WatchedPage, watchedPage } from './browser.ts';
import { cameraThatSees } from './camera.fixture.ts';
import { photoPng } from './photo.fixture.ts';
import { counterScene, mailingTo, openPoint, returnTo } from './point.scene.ts';
import { keyHolder, type Stage, startStage } from './stage.ts';

/** A day at a counter: with a network, without one, and with one that loses an answer. */
let stage: Stage;
let browser: Browser;
let context: BrowserContext;
let watched: WatchedPage;
let page: Page;
/** The network's own program: another device of the same counter. */
let post: PostroadClient;
let marketplace: PostroadClient;
let goods: { readonly id: string; readonly code: string; readonly qr: string };
let mailing: typeof goods;

beforeAll(async () => {
  stage = await startStage([counterScene]);
  post = keyHolder(stage, 'live', 'point_staff', 'point');
  marketplace = keyHolder(stage, 'live', 'marketplace_staff', 'marketplace');
  goods = await returnTo(stage, stage.facts.point ?? '', 'R-1001');
  mailing = await mailingTo(stage, stage.facts.point ?? '', 'M-1001');
  browser = await openBrowser(cameraThatSees(goods.qr, 'qrcode'));
  context = await visitor(browser, stage, 'point_staff');
  watched = await watchedPage(context, stage);
  page = watched.page;
  await page.setViewportSize({ width: 390, height: 844 });
});
afterAll(async () => {
  await browser?.close();
  await stage?.stop();
});

const path = (id: string | undefined) => ({ params: { path: { shelf_parcel_id: id ?? '' } } });
const read = (id: string | undefined) => post.get('/v1/shelf-parcels/{shelf_parcel_id}', path(id));
const factsOf = async (id: string | undefined) => (await read(id)).steps.map(({ fact }) => fact);
const codeOf = async (id: string | undefined) =>
  (await marketplace.get('/v1/shelf-parcels/{shelf_parcel_id}/code', path(id))).code;
const conflicts = async () => {
  const params = { path: { point_id: stage.facts.point ?? '' } };
  return (await post.get('/v1/points/{point_id}/sync-conflicts', { params })).data;
};
/** Goes to a screen by its tab, and waits until it hears the scanner where it has one. */
async function tab(name: string, isScanned = true, heading = name): Promise<void> {
  await page.getByRole('link', { name, exact: true }).last().click();
  await page.getByRole('heading', { name: heading, level: 1, exact: true }).waitFor();
  if (isScanned) await page.getByRole('button', { name: 'Scan with the camera' }).waitFor();
}

/** What the law asks of the clerk. */
async function see(at: Page): Promise<void> {
  await at.getByText('Identity card', { exact: true }).click();
  for (const check of [
    ...['Opened before the sender', 'Nothing prohibited is inside'],
    ...['Packed so that it arrives', 'The price list was shown'],
  ])
    await at.getByLabel(check).check();
  await at.getByLabel('Mark of the inspection').fill('YJ-0001');
}
async function lookAtGoods(): Promise<void> {
  await page.getByText('As described', { exact: true }).click();
  for (const question of ['Is it the item?', 'Is it complete?', 'Does it look unused?'])
    await page.getByRole('group', { name: question }).getByText('Yes', { exact: true }).click();
}
async function takePhoto(): Promise<void> {
  const photo = { name: 'goods.png', mimeType: 'image/png', buffer: photoPng() };
  await page.getByLabel(/Take a photo/).setInputFiles(photo);
  await page.getByAltText('The photo that was taken').waitFor();
}
async function payAndTakeIn(): Promise<void> {
  const card = page.getByText('Identity card', { exact: true });
  if ((await card.count()) > 0) await card.click();
  await page.getByLabel('Freight', { exact: true }).fill('12');
  await page.getByRole('button', { name: 'Take in', exact: true }).click();
}

it('a parcel is taken in by two scans, and the code to write on it stands there big', async () => {
  await page.goto('/point');
  await page.getByRole('heading', { name: '文三路驿站' }).waitFor();
  await tab('Take in');
  await page.getByRole('heading', { name: 'On the way to you' }).waitFor();
  await scan(page, 'PT100003');
  await page.getByRole('heading', { name: 'PT100003' }).waitFor();
  await page.getByText('K***').waitFor();
  await scan(page, '015-02');
  await page.getByText('Write on PT100003').waitFor();
  await page.getByText(await codeOf(stage.facts.point_third), { exact: true }).waitFor();
  expect(await read(stage.facts.point_third)).toMatchObject({ state: 'stored', place: '15-2' });
});

it('a wrong code is counted by the server, and the right one hands out', async () => {
  await tab('Hand out');
  await scan(page, 'PT100003');
  await page.getByLabel('Pick-up code').fill('15-2-9');
  await page.getByRole('button', { name: 'Hand out', exact: true }).click();
  await page.getByText('Ask the recipient for the code in his notice. 4 more wrong codes lock it.').waitFor();
  await page.getByLabel('Pick-up code').fill(await codeOf(stage.facts.point_third));
  await page.getByRole('button', { name: 'Hand out', exact: true }).click();
  await page.getByText('PT100003 is handed out').waitFor();
  expect(await factsOf(stage.facts.point_third)).toEqual(['stored', 'code_wrong', 'handed_out']);
});

it('a refusal is said in the clerk’s language, with the server’s numbers', async () => {
  const other = await visitor(browser, stage, 'point_staff');
  await choose(other, 'zh');
  const clerk = await other.newPage();
  await clerk.setViewportSize({ width: 390, height: 844 });
  await clerk.goto('/point/returns');
  await clerk.getByRole('button', { name: '用摄像头扫描' }).waitFor();
  await scan(clerk, '3333-5555');
  const alert = clerk.getByRole('alert');
  await alert.getByText('没有与此退货码相符的退货。').waitFor();
  expect(await alert.textContent()).toMatch(/\d more wrong codes lock it\./);
  expect(await alert.textContent()).not.toContain('This code opens nothing here');
  await look(clerk, 'point-refused-zh');
  await other.close();
});

it('without a network the device hands out what it holds by a code that it checks itself, and nothing else', async () => {
  await tab('Me', false);
  await page.getByRole('button', { name: 'Hold all parcels that wait here' }).click();
  await page.getByText('Without a network this device hands out 2 parcels').waitFor();
  // One more comes, by another device, after the lease was taken.
  const params = { path: { point_id: stage.facts.point ?? '' } };
  const late = await post.post('/v1/points/{point_id}/shelf-parcels', {
    params,
    body: { number: 'PT100004', place: '3-1' },
  });
  await tab('Hand out');
  await page.getByText('Without a network this device hands out 2 parcels').waitFor();
  await scan(page, 'PT100004');
  await page.getByLabel('Pick-up code').waitFor();
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  const [first, lateCode] = [await codeOf(stage.facts.point_first), await codeOf(late.id)];
  await context.setOffline(true);
  await page.reload();

  await page.getByLabel('Pick-up code').fill(lateCode);
  await page.getByRole('button', { name: 'Hand out', exact: true }).click();
  await page.getByText('There is no network and this device does not hold this parcel.').waitFor();

  await tab('Hand out');
  await scan(page, 'PT100001');
  await page.getByLabel('Pick-up code').fill('15-1-9');
  await page.getByRole('button', { name: 'Hand out', exact: true }).click();
  await page.getByText('The code is wrong. 4 more wrong codes lock it.').waitFor();
  await tab('Hand out');
  await scan(page, first);
  await page.getByText('PT100001').waitFor();
  await page.getByRole('button', { name: 'Hand out', exact: true }).click();
  // The wrong code waits for the network like the hand-out.
  await page.getByText('2 to send').first().waitFor();
  expect((await read(stage.facts.point_first)).state).toBe('stored');
  expect((await read(late.id)).state).toBe('stored');
});

it('without a network a parcel that nobody announced is taken in with its consent', async () => {
  await tab('Take in');
  await scan(page, 'WALKIN0001');
  await page.getByText('Nobody announced this parcel.').waitFor();
  await page.getByLabel('Recipient', { exact: true }).fill('钱七');
  await page.getByLabel(/^Phone/).fill('13900139007');
  await page.getByLabel('The recipient agrees that the parcel waits here to be fetched.').check();
  await page.getByLabel('Shelf and row').fill('7-1');
  await page.getByRole('button', { name: 'Put on the shelf' }).click();
  await page.getByText('Its code comes as soon as there is a network.').waitFor();
  // What the device holds it hands out also when it was handed out elsewhere meanwhile: nobody here can know.
  const second = await codeOf(stage.facts.point_second);
  await tab('Hand out');
  await scan(page, second);
  await page.getByText('PT100002').waitFor();
  await page.getByRole('button', { name: 'Hand out', exact: true }).click();
  await page.getByText('4 to send').first().waitFor();
});

it('without a network it was the wrong person: the hand-out is taken back, and the right one gets the parcel', async () => {
  const row = page.getByRole('listitem').filter({ hasText: 'PT100001' });
  await row.getByRole('button', { name: 'Take back' }).click();
  await row.getByRole('button', { name: 'Really take back?' }).click();
  await row.getByText('Taken back').waitFor();
  await page.getByText('5 to send').first().waitFor();
  await scan(page, await codeOf(stage.facts.point_first));
  await page.getByRole('button', { name: 'Hand out', exact: true }).click();
  await page.getByText('6 to send').first().waitFor();
});

it('back in the network each goes once, also when an answer is lost; what was handed out elsewhere is shown', async () => {
  const params = { path: { point_id: stage.facts.point ?? '' } };
  const action = { kind: 'hand_out', number: 'PT100002', way: 'identity' } as const;
  const elsewhere = { ...action, client_id: 'elsewhere-1', occurred_at: new Date().toISOString() };
  await post.post('/v1/points/{point_id}/sync', {
    params,
    body: { device_id: 'other-device', actions: [elsewhere] },
  });
  let sent = 0;
  await context.route('**/sync', async (route) => {
    sent += 1;
    if (sent > 1) return route.continue();
    await route.fetch(); // the server has it, the device does not hear of it
    await route.abort('connectionreset');
  });
  await context.setOffline(false);
  await page.getByText('1 refused').first().waitFor();
  expect(sent).toBeGreaterThan(1);
  await context.unroute('**/sync');
  expect(await factsOf(stage.facts.point_first)).toEqual([
    ...['stored', 'code_wrong', 'handed_out', 'hand_out_undone', 'handed_out'],
  ]);
  expect(await factsOf(stage.facts.point_second)).toEqual(['stored', 'handed_out']);
  await tab('Records', false);
  await page.getByText('It was already handed out, by another device.').waitFor();
  await page.getByRole('link', { name: 'Look at the conflicts' }).click();
  const card = page.locator('section', { has: page.getByText('This device', { exact: true }) });
  await card.getByText('It was already handed out, by another device.').waitFor();
  await card.getByLabel('What have you found?').fill('Both clerks recorded the same person.');
  await card.getByRole('button', { name: 'Settle' }).click();
  await card.waitFor({ state: 'detached' });
  expect((await conflicts()).map(({ conflict }) => conflict)).toEqual(['not_leased']);
  await tab('Records', false);
  await page.getByRole('button', { name: 'Understood' }).click();
  await page.getByText('All sent').first().waitFor();
  await tab('Take in');
  await page.getByText('Write on WALKIN0001').waitFor();
  const { data } = await post.get('/v1/shelf-parcels', { params: { query: { number: 'WALKIN0001' } } });
  expect(data).toMatchObject([{ state: 'stored', place: '7-1' }]);
});

it('the camera reads the QR of a buyer; his goods are looked at, taken in without a network and handed on', async () => {
  await tab('Returns');
  await context.setOffline(true);
  await scan(page, '7K3M-PQ9C');
  await page.getByText('There is no network: the code is noted.').waitFor();
  await context.setOffline(false);
  await page.getByRole('button', { name: 'Forget' }).click();
  await page.getByRole('button', { name: 'Scan with the camera' }).click();
  await page.waitForURL(`**/point/returns/${goods.id}`);
  await page.getByText('paper lantern').waitFor();
  await context.setOffline(true);
  await lookAtGoods();
  await takePhoto();
  await page.getByLabel('Weight', { exact: true }).fill('0.45 kg');
  await payAndTakeIn();
  await page.getByText('Recorded on this device; sent when there is a network.').first().waitFor();
  await context.setOffline(false);
  await page.getByText('All sent').first().waitFor();
  const params = { path: { return_id: goods.id } };
  const read = () => marketplace.get('/v1/returns/{return_id}', { params });
  await expect.poll(async () => (await read()).state).toBe('accepted_at_point');
  const taken = await read();
  expect(taken).toMatchObject({ intake: { weight_grams: 450 } });
  await page.getByRole('link', { name: 'The courier is here' }).click();
  await page.getByText(taken.parcel?.number ?? 'no number').waitFor();
  await scan(page, taken.parcel?.number ?? '');
  await expect.poll(async () => (await read()).state).toBe('in_transit');
});

it('a mailing is taken in: person and contents seen, the price of the scale by consent, and handed on with the returns', async () => {
  await tab('Mail', true, 'Mailings');
  await context.setOffline(true);
  await scan(page, mailing.code);
  await page.getByText('There is no network: the code is noted.').waitFor();
  await context.setOffline(false);
  await page.getByRole('button', { name: 'Forget' }).click();
  // The QR says what it is, also at the desk for returns.
  await tab('Returns');
  await scan(page, mailing.qr);
  await page.waitForURL(`**/point/mailings/${mailing.id}`);
  await page.getByRole('heading', { name: '火腿' }).waitFor();
  await see(page);
  await page.getByLabel('Weight', { exact: true }).fill('2.6 kg');
  await page.getByRole('button', { name: 'What does it cost?' }).click();
  await page.getByLabel(/It is more than was agreed to/).check();
  await look(page, 'point-mailing');
  await page.getByText('Cash', { exact: true }).click();
  await page.getByRole('button', { name: 'Take in', exact: true }).click();
  const params = { path: { mailing_id: mailing.id } };
  const read = () => marketplace.get('/v1/mailings/{mailing_id}', { params });
  await expect.poll(async () => (await read()).state).toBe('accepted');
  const { receipt } = await read();
  expect(receipt).toMatchObject({ weight_grams: 2_600, paid_by: 'cash', inspection_mark: 'YJ-0001' });
  expect(receipt?.collected).toEqual(receipt?.freight);
  await page.getByText(receipt?.number ?? 'no number').waitFor();
  const label = page.waitForResponse((answer) => answer.url().endsWith('/label'));
  const popup = page.waitForEvent('popup');
  await page.getByRole('button', { name: 'Print the label' }).click();
  expect((await label).headers()['content-type']).toBe('application/pdf');
  await (await popup).close();
  await page.getByRole('link', { name: 'The courier is here' }).click();
  await page.getByText(receipt?.number ?? 'no number').waitFor();
  await context.setOffline(true);
  await scan(page, receipt?.number ?? '');
  await page.getByText('1 to send').first().waitFor();
  await context.setOffline(false);
  await expect.poll(async () => (await read()).state).toBe('in_transit');
});

it('somebody without an order is priced, ordered and taken in, in one go; without a network that is said', async () => {
  await tab('Mail', true, 'Mailings');
  await page.getByRole('link', { name: 'Without an order' }).click();
  await page.getByLabel('Postcode').fill('322000');
  await page.getByLabel('City').fill('金华市');
  await page.getByLabel('Weight', { exact: true }).fill('1.9 kg');
  await page.getByRole('button', { name: 'What does it cost?' }).click();
  for (const [who, name, street] of [
    ['Sender', '赵云', '文三路 12 号'],
    ['Recipient', '钱多', '稠城街道 7 号'],
  ] as const) {
    const person = page.getByRole('group', { name: who, exact: true });
    await person.getByLabel('Name').fill(name);
    await person.getByLabel('Phone').fill('+8613900139009');
    await person.getByLabel('Street and number').fill(street);
    await person.getByLabel(/Province or state/).fill('浙江省');
  }
  await page.getByLabel('What is inside?').fill('tea');
  await see(page);
  await page.getByText('Card', { exact: true }).click();
  await look(page, 'point-walk-in');
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Take in', exact: true }).click();
  await page.getByRole('alert').waitFor();
  await context.setOffline(false);
  await page.getByRole('button', { name: 'Take in', exact: true }).click();
  await page.getByText(/is taken in\. Print its label below/).waitFor();
  const params = { path: { point_id: stage.facts.point ?? '' } };
  const { data } = await post.get('/v1/points/{point_id}/mailings', { params });
  expect(data).toMatchObject([{ state: 'accepted', receipt: { content: 'tea', paid_by: 'card' } }]);
  await page
    .getByText(data[0]?.number ?? 'no number')
    .first()
    .waitFor();
});

it('without a network goods are taken whose code nobody can read: one is finished later, one is looked at', async () => {
  const other = await returnTo(stage, stage.facts.point ?? '', 'R-1002');
  await tab('Returns');
  await context.setOffline(true);
  for (const code of [other.code, '3333-4444']) {
    await scan(page, code);
    await page.getByRole('link', { name: 'Take the goods without reading the code' }).first().click();
    await page.getByLabel('Weight', { exact: true }).fill('0.62 kg');
    if (code === other.code) await takePhoto();
    await page.getByRole('button', { name: 'Take in', exact: true }).click();
    await page.getByRole('heading', { name: 'Taken without reading the code' }).waitFor();
    await page.getByText(code, { exact: true }).waitFor();
  }
  await context.setOffline(false);
  const lost = page.getByRole('listitem').filter({ hasText: '3333-4444' });
  await lost.getByText('Code opens nothing').waitFor();
  await lost.getByText('No return belongs to it').click();
  await lost.getByLabel('What have you found?').fill('She came back for it.');
  await lost.getByRole('button', { name: 'Settle' }).click();
  await lost.waitFor({ state: 'detached' });
  const found = page.getByRole('listitem').filter({ hasText: other.code });
  await found.getByText('To be finished').waitFor();
  await found.getByText('1 photo', { exact: true }).click();
  await expect.poll(() => isShown(found.getByRole('img', { name: 'Photo 1' }))).toBe(true);
  await found.getByRole('button', { name: 'Finish the intake' }).click();
  await page.waitForURL(`**/point/returns/${other.id}?unread=*`);
  await page.getByText('1 photo is there already').waitFor();
  await expect.poll(() => isShown(page.getByRole('img', { name: 'Photo 1' }))).toBe(true);
  expect(await page.getByLabel('Weight', { exact: true }).inputValue()).toBe('620 g');
  await lookAtGoods();
  await payAndTakeIn();
  const params = { path: { return_id: other.id } };
  const read = () => marketplace.get('/v1/returns/{return_id}', { params });
  await expect.poll(async () => (await read()).state).toBe('accepted_at_point');
  expect((await read()).intake?.picture_ids).toHaveLength(1);
});

/** A picture that was refused has no size. */
const isShown = (picture: Locator) =>
  picture.evaluate((image) => (image as HTMLImageElement).naturalWidth > 0);

it('who works at several counters chooses one, and it stays chosen', async () => {
  await openPoint(stage, 'HZ-016', '学院路驿站');
  await page.goto('/point');
  await page.getByRole('heading', { name: 'Where are you?' }).waitFor();
  await page.getByRole('button', { name: /HZ-016/ }).click();
  await page.getByRole('heading', { name: '学院路驿站', level: 1 }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: '学院路驿站', level: 1 }).waitFor();
  await page.getByRole('button', { name: 'Another counter' }).click();
  await page.getByRole('heading', { name: 'Where are you?' }).waitFor();
  expect(watched.faults).toEqual([]);
});
