import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser, visitor, watchedPage } from './browser.ts';
import { BUYER, buyerScene, GOODS, HOSTILE_CITY } from './buyer.scene.ts';
import { readSymbol } from './read-symbol.ts';
import { keyHolder, type Stage, startStage } from './stage.ts';

let stage: Stage;
let browser: Browser;
beforeAll(async () => {
  stage = await startStage([buyerScene]);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await stage?.stop();
});

async function asBuyer<T>(look: (page: Page, context: BrowserContext) => Promise<T>): Promise<T> {
  const context = await visitor(browser, stage, undefined);
  try {
    const { page, faults } = await watchedPage(context, stage);
    const seen = await look(page, context);
    expect(faults).toEqual([]);
    return seen;
  } finally {
    await context.close();
  }
}

it('a buyer opens his link: state, promise, why it stands still and what to do, legs, history; no names', async () => {
  await asBuyer(async (page, context) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const answer = await page.goto(`/t/${stage.facts.buyer_link}`);
    expect(answer?.headers()).toMatchObject({ 'x-robots-tag': 'noindex', 'referrer-policy': 'no-referrer' });
    await page.getByRole('heading', { name: 'A delivery was tried, but did not work' }).waitFor();
    const text = await page.textContent('main');
    for (const part of [
      'Promised',
      'Nobody was there to receive it.',
      'The carrier tries again',
      'Last mile',
    ])
      expect(text).toContain(part);
    // What a carrier wrote into a city stands there as it was written; faults would hold what it did.
    expect(text).toContain(HOSTILE_CITY);
    const html = await page.content();
    for (const secret of [BUYER.name, BUYER.phone, 'Sierpes', 'Mönckebergstrasse'])
      expect(html).not.toContain(secret);
    await page.getByRole('button', { name: 'Copy as curl' }).click();
    await page.getByText('The command is in the clipboard.').waitFor();
    const curl = await page.evaluate(() => navigator.clipboard.readText());
    expect(curl).toContain('/v1/track');
    expect(curl).not.toContain(stage.facts.buyer_link);
    await page.getByRole('button', { name: 'QR code' }).click();
    const symbol = page.getByRole('img', { name: 'Address of this page as a QR code' });
    expect(await readSymbol(symbol)).toEqual([`QRCode:${stage.baseUrl}/t/${stage.facts.buyer_link}`]);
    await page.getByRole('button', { name: '中文' }).click();
    await page.getByText('派送时无人签收。').waitFor();
  });
});

it('without JavaScript a link tells state, promise and steps in the reader’s language, and a wrong one nothing', async () => {
  const { buyer_link: link } = stage.facts;
  const read = async (locale: string, token: string | undefined) => {
    const context = await browser.newContext({
      ...{ baseURL: stage.baseUrl, locale, timezoneId: 'Pacific/Auckland', javaScriptEnabled: false },
    });
    const page = await context.newPage();
    const answer = await page.goto(`/t/${token}`);
    expect(answer?.headers()).toMatchObject({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex' });
    const seen = { text: await page.innerText('body'), html: (await answer?.text()) ?? '' };
    await context.close();
    return seen;
  };
  const context = await browser.newContext({ baseURL: stage.baseUrl });
  const { promise } = await (await context.request.post('/v1/track', { data: { token: link } })).json();
  await context.close();
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'Europe/Madrid' });
  const { text, html } = await read('en-GB', link);
  for (const part of [
    ...['A delivery was tried, but did not work', 'Last seen', 'Delivery attempted', HOSTILE_CITY],
    ...[promise.earliest, promise.latest].map((at: string) => day.format(new Date(at))),
  ])
    expect(text).toContain(part);
  expect(text).toMatch(/promised/i); // a caption, in capitals
  expect(text).not.toContain('needs JavaScript');
  for (const secret of [BUYER.name, BUYER.phone, 'Sierpes', 'Mönckebergstrasse', HOSTILE_CITY])
    expect(html).not.toContain(secret);
  expect((await read('zh-CN', link)).text).toContain('承诺送达');
  const wrong = await read('en-GB', `${link?.slice(0, -4)}AAAA`);
  expect(wrong.text).toContain('Postroad needs JavaScript.');
  expect(wrong.html).not.toContain(stage.facts.buyer_parcel_number);
});

it('news come by themselves, are said to a screen reader; what is not right is reported and answered; a revoked link is told', async () => {
  await asBuyer(async (page) => {
    const as = (role: string, organisation: string) => keyHolder(stage, 'test', role, organisation);
    const [merchant, carrier] = [as('merchant_admin', 'merchant_de'), as('carrier', 'postroad_express_eu')];
    const link = await merchant.post('/v1/parcels/{parcel_id}/links', {
      params: { path: { parcel_id: stage.facts.buyer_parcel ?? '' } },
    });
    await page.goto(`/t/${link.token}`);
    await page.getByText('Live', { exact: true }).waitFor();
    const { now } = await as('operator', 'operator').get('/v1/test/clock');
    const receipts = await carrier.post('/v1/scans', {
      body: {
        scans: [{ number: stage.facts.buyer_parcel_number, milestone: 'out_for_delivery', occurred_at: now }],
      },
    });
    expect(receipts.accepted).toBe(1);
    await page.getByRole('heading', { name: 'Your parcel comes today' }).waitFor();
    expect(await page.getByRole('status').allTextContents()).toContain(
      'News: Your parcel comes today. Out for delivery',
    );
    await page.getByRole('button', { name: 'This is not right' }).click();
    await page.getByRole('radio', { name: 'Delivered elsewhere' }).check();
    await page.getByLabel('In your own words').fill('It is not here.');
    await page.getByRole('button', { name: 'Report it' }).click();
    await page.getByText('Waits for an answer').waitFor();
    expect(await page.getByRole('button', { name: 'This is not right' }).count()).toBe(0);
    const { data } = await merchant.get('/v1/status-reports', { params: { query: { state: 'open' } } });
    await merchant.post('/v1/status-reports/{report_id}/answers', {
      params: { path: { report_id: data[0]?.id ?? '' } },
      body: { text: 'It comes this afternoon.' },
    });
    await page.getByText('The shop: It comes this afternoon.').waitFor();
    await merchant.delete('/v1/parcels/{parcel_id}/links/{link_id}', {
      params: { path: { parcel_id: link.parcel_id, link_id: link.id } },
    });
    await page.getByText('This link is not valid any more').waitFor();
  });
});

it('the other pieces of the order stand there without their numbers, with and without JavaScript, and move by themselves', async () => {
  const { buyer_link: link, sister_number: sister = '', announced_number: announced = '' } = stage.facts;
  const plain = await browser.newContext({
    ...{ baseURL: stage.baseUrl, locale: 'en-GB', javaScriptEnabled: false },
  });
  const still = await plain.newPage();
  await still.goto(`/t/${link}`);
  const told = await still.innerText('main');
  for (const part of [
    ...['piece 1 of 3', `Piece 2 · number ends in ${sister.slice(-4)}`, 'Your parcel is delivered'],
    `Piece 3 · number ends in ${announced.slice(-4)}`,
  ])
    expect(told).toContain(part);
  for (const number of [sister, announced]) expect(await still.content()).not.toContain(number);
  await plain.close();
  await asBuyer(async (page) => {
    await page.goto(`/t/${link}`);
    await page.getByText('Live', { exact: true }).waitFor();
    const pieces = page.locator('section', { hasText: 'The other pieces' });
    expect(await pieces.getByRole('listitem').allInnerTexts()).toEqual([
      expect.stringMatching(/Piece 2.*\n.*Your parcel is delivered\n.*Delivered.*CES?T.*Sevilla/s),
      expect.stringMatching(/Piece 3.*\n.*Your parcel is announced/s),
    ]);
    const as = (role: string, organisation: string) => keyHolder(stage, 'test', role, organisation);
    const { now } = await as('operator', 'operator').get('/v1/test/clock');
    const receipts = await as('carrier', 'postroad_express_eu').post('/v1/scans', {
      body: { scans: [{ number: announced, milestone: 'picked_up', occurred_at: now }] },
    });
    expect(receipts.accepted).toBe(1);
    await pieces.getByText('Your parcel was picked up').waitFor();
    expect(await page.getByRole('status').allTextContents()).toContainEqual(
      expect.stringContaining('News of another piece. Piece 3'),
    );
    const html = await page.content();
    for (const number of [sister, announced]) expect(html).not.toContain(number);
  });
});

it('days of a leg and times of the history are those of their places, wherever the reader is', async () => {
  const context = await browser.newContext({
    ...{ baseURL: stage.baseUrl, locale: 'en-GB', timezoneId: 'Pacific/Auckland' },
  });
  const { legs, steps } = await (
    await context.request.post('/v1/track', { data: { token: stage.facts.buyer_link } })
  ).json();
  const page = await context.newPage();
  await page.goto(`/t/${stage.facts.buyer_link}`);
  await page.getByText('Last mile').waitFor();
  const text = (await page.textContent('main')) ?? '';
  const dayIn = (at: string, timeZone: string) =>
    new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone }).format(new Date(at));
  expect(legs.map((leg: { started_zone: string }) => leg.started_zone)).toContain('Europe/Berlin');
  for (const { started_at: at, started_zone: zone } of legs) expect(text).toContain(dayIn(at, zone));
  expect(steps.map((step: { clock_zone: string }) => step.clock_zone)).toContain('Europe/Madrid');
  for (const { occurred_at: at, clock_zone: zone } of steps)
    expect(text).toContain(`${dayIn(at, zone)}, ${timeIn(at, zone)} `);
  await context.close();
});

const timeIn = (at: string, timeZone: string) =>
  new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone }).format(new Date(at));

it('a refusal is said in the page’s own words and language, one without words in the server’s', async () => {
  const { token } = await keyHolder(stage, 'test', 'merchant_admin', 'merchant_de').post(
    '/v1/parcels/{parcel_id}/links',
    { params: { path: { parcel_id: stage.facts.sister_parcel ?? '' } } },
  );
  const refuse = async (page: Page, code: string) => {
    await page.route('**/v1/track/reports', (route) =>
      route.fulfill({
        ...{ status: 409, contentType: 'application/problem+json' },
        body: JSON.stringify({
          ...{ type: `/docs/errors#${code}`, status: 409, code, request_id: 'req_1' },
          ...{ title: 'The server’s title', detail: 'The server’s advice.' },
        }),
      }),
    );
    await page.goto(`/t/${token}`);
    await page.getByRole('button', { name: 'This is not right' }).click();
    await page.getByRole('button', { name: 'Report it' }).click();
  };
  const context = await visitor(browser, stage, undefined);
  const page = await context.newPage();
  await refuse(page, 'status_already_reported');
  await page.getByText('This was reported already.').waitFor();
  await page.getByRole('button', { name: '中文' }).click();
  await page.getByText('该问题已经反馈过。').waitFor();
  expect(await page.textContent('main')).not.toContain('The server’s');
  await page.unroute('**/v1/track/reports');
  await page.getByRole('button', { name: 'English' }).click();
  await refuse(page, 'newer_than_this_page');
  await page.getByText('The server’s advice.').waitFor();
  await context.close();
});

it('a promise counts days by the clock of where the parcel goes, wherever its reader is', async () => {
  const context = await browser.newContext({
    ...{ baseURL: stage.baseUrl, locale: 'en-GB', timezoneId: 'Pacific/Auckland' },
  });
  const page = await context.newPage();
  await page.goto(`/t/${stage.facts.buyer_link}`);
  await page.getByText('Promised', { exact: true }).waitFor();
  const { promise } = await (
    await context.request.post('/v1/track', { data: { token: stage.facts.buyer_link } })
  ).json();
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'Europe/Madrid' });
  const days = [promise.earliest, promise.latest].map((at: string) => day.format(new Date(at)));
  expect(await page.textContent('main')).toContain([...new Set(days)].join(' – '));
  await context.close();
});

it('of a parcel that its merchant sent himself: weight and announcement as the shop’s word, its end and what to do', async () => {
  const merchant = keyHolder(stage, 'test', 'merchant_admin', 'merchant_de');
  const operator = keyHolder(stage, 'test', 'operator', 'operator');
  const { now } = await operator.get('/v1/test/clock');
  const at = (hours: number) => new Date(Date.parse(now) + hours * 3_600_000).toISOString();
  const [reference, number] = ['BUYER-OWN-1', '1Z999AA10123456784'];
  const order = { reference, placed_at: at(-240), recipient: BUYER, goods: GOODS };
  await merchant.post('/v1/orders', { body: { orders: [{ object_id: 'o', order }] } });
  const shipment = { order_reference: reference, carrier_code: 'ups', number, weight_grams: 1_250 };
  const { results } = await merchant.post('/v1/external-shipments', {
    body: { shipments: [{ object_id: 's', shipment: { ...shipment, send_type: 'all' } }] },
  });
  await stage.network.settle();
  const { parcel_id } = await merchant.get('/v1/external-shipments/{external_shipment_id}', {
    params: { path: { external_shipment_id: results[0]?.external_shipment_id ?? '' } },
  });
  const { token } = await merchant.post('/v1/parcels/{parcel_id}/links', {
    params: { path: { parcel_id: parcel_id ?? '' } },
  });
  const place = { country: 'ES', city: 'Sevilla' };
  await asBuyer(async (page) => {
    await page.goto(`/t/${token}`);
    await page.getByText('nobody has scanned it yet').waitFor();
    const text = await page.textContent('main');
    for (const part of ['The shop says that it weighs 1.25 kg.', 'said by the shop'])
      expect(text).toContain(part);
    expect(text).not.toContain('Last seen');
    await page.getByText('Live', { exact: true }).waitFor();
    const scan = (milestone: 'picked_up' | 'lost', hours: number) => ({
      ...{ number, milestone, occurred_at: at(hours), place },
    });
    await operator.post('/v1/scans', { body: { scans: [scan('picked_up', -100), scan('lost', -50)] } });
    await page.getByRole('heading', { name: 'Your parcel is lost' }).waitFor();
    await page.getByText('Write to the shop').waitFor();
    // The declaration is the newest entry of all, and still nobody has seen the parcel then.
    const seen = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });
    await page.getByText(`Last seen ${seen.format(new Date(at(-50)))}`).waitFor();
  });
});

it('asked by number, the parcel takes the focus of the form; without a network the page says of when it is', async () => {
  await asBuyer(async (page, context) => {
    await page.goto(`/track?world=test&number=${stage.facts.buyer_parcel_number}`);
    await page.getByLabel('Last four digits').fill(BUYER.phone.slice(-4));
    await page.keyboard.press('Enter');
    await page.getByText('History').waitFor();
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
    await page.getByText('Live', { exact: true }).waitFor();
    await context.setOffline(true);
    await page.getByText('Live', { exact: true }).waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Look again' }).click();
    await page.getByRole('alert').getByText('There is no connection.').waitFor();
    await context.setOffline(false);
    // The line comes up by itself, and has nothing to tell.
    await page.getByText('Live', { exact: true }).waitFor();
    await page.getByRole('alert').waitFor({ state: 'detached' });
  });
});

it('an unknown link and a wrong guess are told alike to the server, and the page says what to do', async () => {
  await asBuyer(async (page) => {
    const known = await page.request.get(`/t/${stage.facts.buyer_link}`);
    const unknown = await page.goto('/t/trk_test_AAAAAAAAAAAAAAAAAAAAAA');
    expect(unknown?.status()).toBe(known.status());
    await page.getByText('This link is not valid any more').waitFor();
    await page.getByLabel('Tracking number').fill(HOSTILE_CITY);
    await page.getByLabel('Last four digits').fill('12');
    await page.getByRole('button', { name: 'Track', exact: true }).click();
    await page.getByText('Four digits, please.').waitFor();
    await page.getByLabel('Last four digits').fill('1234');
    await page.getByRole('button', { name: 'Track', exact: true }).click();
    await page.getByText('No parcel fits this number').waitFor();
    await page.getByLabel('Tracking number').fill('1Z999AA10123456784');
    await page.getByRole('button', { name: 'Track', exact: true }).click();
    await page.getByText('It looks like a number of UPS.').waitFor();
    const elsewhere = page.getByRole('link', { name: 'Look on their page' });
    expect(await elsewhere.getAttribute('href')).toContain('1Z999AA10123456784');
    await page.getByLabel('Tracking number').fill(HOSTILE_CITY);
    await page.getByRole('button', { name: 'Track', exact: true }).click();
    await elsewhere.waitFor({ state: 'detached' });
    expect(new URL(page.url()).search).toContain('number=');
    expect(page.url()).not.toContain('1234');
    await page.getByRole('link', { name: 'Look in the test world' }).click();
    await page.getByText('Parcels of the test world').waitFor();
    expect(await page.getByLabel('Tracking number').inputValue()).toBe(HOSTILE_CITY.slice(0, 64));
  });
});

it('the first screen comes without the map and loads no script of staff faces', async () => {
  await asBuyer(async (page) => {
    const scripts: string[] = [];
    page.on('request', (request) => {
      if (request.resourceType() === 'script') scripts.push(new URL(request.url()).pathname);
    });
    await page.goto('/track');
    await page.getByRole('heading', { name: 'Track a parcel' }).waitFor();
    expect(scripts.length).toBeGreaterThan(2);
    expect(scripts.filter((path) => /world-map|maplibre|staff|decode/i.test(path))).toEqual([]);
  });
});

it('the map draws itself when the page is idle; what is needed to move it comes when somebody wants to', async () => {
  await asBuyer(async (page) => {
    const heavy: string[] = [];
    page.on('request', (request) => {
      if (/world-map|maplibre/.test(request.url())) heavy.push(request.url());
    });
    await page.goto(`/t/${stage.facts.buyer_link}`);
    await page.waitForSelector('canvas[data-drawn="land"]');
    expect(heavy).toEqual([]);
    // Without a mouse over it: as a finger or a key does.
    await page.getByRole('button', { name: 'Zoom and move' }).dispatchEvent('click');
    await page.waitForSelector('canvas.maplibregl-canvas');
    await page.waitForSelector('canvas[data-drawn]', { state: 'detached' });
    expect(heavy.length).toBeGreaterThan(0);
    expect(await page.evaluate(() => document.activeElement?.className)).toContain('maplibregl-canvas');
  });
});
