import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createPostroadClient, type PostroadClient } from '@postroad/sdk';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axeFindings, openBrowser, visitor, watchedPage } from './browser.ts';
import { photoPng } from './photo.fixture.ts';
import { readSymbol } from './read-symbol.ts';
import { RETURNING_BUYER, returnsScene, takeIn } from './returns.scene.ts';
import { keyHolder, type Stage, startStage } from './stage.ts';

/** A folder for pictures of the walk: `npm run screens -- --out DIR` sets it. */
const PICTURES = process.env.POSTROAD_SCREENS;

let stage: Stage;
let browser: Browser;
let merchant: PostroadClient;
let post: PostroadClient;
beforeAll(async () => {
  stage = await startStage([returnsScene]);
  browser = await openBrowser();
  merchant = keyHolder(stage, 'live', 'merchant_admin', 'merchant');
  post = createPostroadClient({ baseUrl: stage.baseUrl, key: stage.facts.returns_counter_key ?? '' });
});
afterAll(async () => {
  await browser?.close();
  await stage?.stop();
});

/** On a phone, without an account. */
async function asBuyer(walk: (page: Page, context: BrowserContext) => Promise<void>): Promise<void> {
  const context = await visitor(browser, stage, undefined);
  try {
    const { page, faults } = await watchedPage(context, stage);
    await page.setViewportSize({ width: 390, height: 844 });
    await walk(page, context);
    expect(faults).toEqual([]);
  } finally {
    await context.close();
  }
}

/** Judged as every screen is: axe, and nothing wider than the phone. */
async function look(page: Page, name: string): Promise<void> {
  expect(await axeFindings(page), name).toEqual([]);
  const excess = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(excess, `${name} scrolls sideways`).toBeLessThanOrEqual(0);
  if (PICTURES === undefined) return;
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}-390.png`), fullPage: true });
}

async function begin(page: Page): Promise<void> {
  await page.getByLabel('E-mail address of the order').fill(RETURNING_BUYER.email);
  await page.getByRole('button', { name: /^(Begin|Go on)$/ }).click();
}

/** The one return of an order that is not in a state to be told apart otherwise. */
async function returnOf(orderId: string | undefined) {
  const { data } = await merchant.get('/v1/returns', { params: { query: { order_id: orderId ?? '' } } });
  return data[0];
}

it('a buyer sends a jacket back: order, application, point on the map, code; the code opens the counter', async () => {
  await asBuyer(async (page, context) => {
    await context.grantPermissions(['geolocation']);
    await context.setGeolocation({ latitude: 29.31, longitude: 120.08 });
    await page.goto('/returns?order=WALK-1');
    await page.getByText('Phone', { exact: true }).click();
    await page.getByLabel('Last four digits').fill('0000');
    await page.getByRole('button', { name: 'Begin' }).click();
    await page.getByText('Nothing fits these details').waitFor();
    await look(page, 'returns-wrong');
    await page.getByText('E-mail address', { exact: true }).click();
    await begin(page);
    await page.getByRole('heading', { name: 'Order WALK-1' }).waitFor();
    expect(page.url()).not.toContain('fang');
    await look(page, 'returns-order');

    await page.getByRole('link', { name: 'Send something back' }).click();
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('Choose what goes back.').waitFor();
    await page.getByRole('checkbox', { name: 'Down jacket' }).check();
    await page.getByLabel('Reason').selectOption({ label: 'It came damaged' });
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('This reason needs a picture.').waitFor();
    await page.getByLabel('Add a photo').setInputFiles({
      ...{ name: 'zip.png', mimeType: 'image/png', buffer: photoPng() },
    });
    await page.getByRole('img', { name: 'Photo 1' }).waitFor();
    await page.getByLabel('In your own words').fill('The zip is broken.');
    await look(page, 'returns-apply');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByRole('heading', { name: 'The seller has your application' }).waitFor();
    await page.getByText(/The seller answers by .*; if he does not, it counts as agreed/).waitFor();
    await look(page, 'returns-applied');
    const applied = await returnOf(stage.facts.returns_order);
    expect(applied).toMatchObject({ state: 'applied', freight_payer: 'seller' });
    const one = { params: { path: { return_id: applied?.id ?? '' } } };
    await merchant.post('/v1/returns/{return_id}/agreement', one);

    // The page that stays open asks again by itself; a reload goes on with the same visit.
    await page.reload();
    await page.getByRole('link', { name: 'Choose how it goes back' }).click();
    await page
      .getByText('3. ')
      .or(page.getByRole('heading', { name: '福田服务站' }))
      .first()
      .waitFor();
    const map = page.getByRole('group', { name: 'Points near you' });
    // Two counters of one street are one mark until one looks closer.
    const group = map.getByRole('button', { name: '2 places close together' });
    await group.waitFor();
    await page.getByRole('button', { name: 'Near where I am' }).click();
    await page.getByText('Near where you are.').waitFor();
    await look(page, 'returns-near');
    await group.click();
    await map.getByRole('button', { name: /稠城邮政所/ }).click();
    await page.getByText('08:00 – 20:00').waitFor();
    await look(page, 'returns-points');
    await page.getByLabel('When do you come?').selectOption({ index: 1 });
    await page.getByRole('button', { name: 'Bring it here' }).click();
    await page.getByRole('heading', { name: 'Show this code when you hand it in' }).waitFor();

    const symbol = page.getByRole('img', { name: 'Your return code as a QR code' });
    await symbol.waitFor();
    await look(page, 'returns-code');
    const [read = ''] = await readSymbol(symbol);
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as a picture' }).click();
    expect((await saved).suggestedFilename()).toMatch(/^return-[2-9A-Z]{4}-[2-9A-Z]{4}\.png$/);
    const taken = await takeIn(
      post,
      stage.facts.returns_counter ?? '',
      applied?.id ?? '',
      read.replace(/^QRCode:/, ''),
      'seller_account',
    );
    expect(taken.state).toBe('accepted_at_point');
    await page.reload();
    await page.getByRole('heading', { name: 'The counter has your goods' }).waitFor();
    expect(await symbol.count()).toBe(0);
    await look(page, 'returns-taken');
  });
});

it('a visit that is over is begun again, and what was typed is still there', async () => {
  await asBuyer(async (page) => {
    await page.goto('/returns?order=WALK-1');
    await begin(page);
    await page.getByRole('link', { name: 'Send something back' }).click();
    await page.getByRole('checkbox', { name: 'Wool socks' }).check();
    await page.getByLabel('Pieces').selectOption('2');
    await page.getByLabel('Reason').selectOption({ label: 'It does not fit' });
    await page.getByLabel('In your own words').fill('One size too small.');
    // As after two hours: the server does not know the token any more.
    await page.route(
      '**/v1/return-portal/returns',
      (route) => {
        const body = route.request().postDataJSON() as object;
        return route.continue({
          postData: JSON.stringify({ ...body, token: 'rtn_live_AAAAAAAAAAAAAAAAAAAAAA' }),
        });
      },
      { times: 1 },
    );
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByRole('heading', { name: 'Your time here is over' }).waitFor();
    await look(page, 'returns-over');
    await begin(page);
    await page.getByRole('heading', { name: 'Your time here is over' }).waitFor({ state: 'detached' });
    expect(await page.getByLabel('Pieces').inputValue()).toBe('2');
    expect(await page.getByLabel('In your own words').inputValue()).toBe('One size too small.');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByRole('heading', { name: 'The seller has your application' }).waitFor();

    await page.getByRole('button', { name: 'Withdraw' }).click();
    await page.getByRole('button', { name: 'Withdraw the return' }).click();
    await page.getByRole('heading', { name: 'This return is closed' }).waitFor();
    await page.getByRole('link', { name: 'To the order' }).click();
    await page.getByText('3 pieces can go back.').waitFor();
    await page.getByRole('button', { name: 'Close this order' }).click();
    await page.getByRole('heading', { name: 'Send something back' }).waitFor();
  });
});

/** A carrier that comes to doors of the town, two hours at a time. */
async function openDoors(): Promise<void> {
  const carrier = keyHolder(stage, 'live', 'carrier', 'postroad_express_cn');
  const hours = Array.from({ length: 24 }, (_, hour) => hour);
  const area = await carrier.post('/v1/pickup-areas', {
    body: {
      ...{
        code: 'yiwu',
        country: 'CN',
        postcode_prefixes: ['322'],
        zone: 'Asia/Shanghai',
        slot: 'two_hours',
      },
      working_hours: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from_hour: 0, to_hour: 24 })),
    },
  });
  await carrier.put('/v1/pickup-areas/{area_id}/capacities', {
    params: { path: { area_id: area.id } },
    body: { mode: 'full', capacities: hours.map((hour) => ({ day: 'daily', hour, capacity: 1 })) },
  });
}

it('a buyer exchanges boots: first a courier is to come, then he brings them; he is asked, answers, and they come', async () => {
  await openDoors();
  await asBuyer(async (page) => {
    await page.goto('/returns?order=WALK-2');
    await begin(page);
    await page.getByRole('link', { name: 'Send something back' }).click();
    await page.getByText('Exchange', { exact: true }).click();
    await page.getByRole('checkbox', { name: 'Hiking boots' }).check();
    await page.getByLabel('Reason').selectOption({ label: 'It does not fit' });
    await page.getByLabel('What is to come instead?').fill('Size 43');
    await look(page, 'returns-exchange');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByRole('heading', { name: 'The seller has your application' }).waitFor();
    const { data } = await merchant.get('/v1/returns', { params: { query: { limit: 100 } } });
    const id = data.find((one) => one.order_reference === 'WALK-2')?.id ?? '';
    const one = { params: { path: { return_id: id } } };
    await merchant.post('/v1/returns/{return_id}/agreement', one);
    await page.reload();

    await page.getByRole('link', { name: 'Choose how it goes back' }).click();
    await page.getByText('A courier comes', { exact: true }).click();
    const windows = page.getByRole('group', { name: 'When is somebody at home?' });
    await windows.getByRole('radio').first().waitFor();
    const order = page.getByRole('button', { name: 'Let a courier come' });
    expect(await order.isDisabled()).toBe(true);
    await look(page, 'returns-doors');
    await windows.locator('label').first().click();
    await order.click();
    await page.getByRole('heading', { name: 'Show this at your door' }).waitFor();
    await look(page, 'returns-door-code');

    await page.getByRole('link', { name: 'Choose another way' }).click();
    await page.getByText('I bring it to a point', { exact: true }).click();
    await page.getByRole('button', { name: 'Look', exact: true }).first().click();
    await page.getByRole('button', { name: 'Bring it here' }).click();
    const heading = page.getByRole('heading', { name: 'Show this at the counter' });
    await heading.waitFor();
    const { point } = (await merchant.get('/v1/returns/{return_id}', one)).route ?? {};
    const [read = ''] = await readSymbol(page.getByRole('img', { name: 'Your return code as a QR code' }));
    await takeIn(post, point?.id ?? '', id, read.replace(/^QRCode:/, ''));
    await post.post('/v1/return-handovers', { body: { point_id: point?.id ?? '', return_ids: [id] } });
    await merchant.post('/v1/returns/{return_id}/receipt', one);
    const items = [{ line: 1, grade: 'ok' as const, quality: 1 as const }];
    await merchant.post('/v1/returns/{return_id}/screening', { ...one, body: { items } });
    const question = { action: 'ask_amendment' as const, reason: 'Size 43 is sold out.' };
    await merchant.post('/v1/returns/{return_id}/replacement', { ...one, body: question });

    await page.reload();
    await page.getByRole('heading', { name: 'The seller asks you something' }).waitFor();
    await page.getByRole('button', { name: 'Answer', exact: true }).click();
    await page.getByLabel('What is to come instead?').fill('Size 44, then');
    await page.getByRole('button', { name: 'Send the answer' }).click();
    await page.getByRole('heading', { name: 'The seller sends other goods' }).waitFor();
    expect((await merchant.get('/v1/returns/{return_id}', one)).wanted).toBe('Size 44, then');
    const sent = { action: 'send' as const, number: 'SF1666666666666', carrier_code: 'sf_express' };
    await merchant.post('/v1/returns/{return_id}/replacement', { ...one, body: sent });
    await page.reload();
    await page.getByText('Number of the new parcel: SF1666666666666').waitFor();
    await page.getByRole('button', { name: 'It came' }).click();
    await page.getByRole('button', { name: 'Yes, it came' }).click();
    await page.getByRole('heading', { name: 'Exchanged' }).waitFor();
    await look(page, 'returns-exchanged');
  });
});

/** At a desk, in the name of somebody of the demo. */
async function atDesk(role: string, work: (page: Page) => Promise<void>): Promise<void> {
  const context = await visitor(browser, stage, role);
  try {
    const { page, faults } = await watchedPage(context, stage);
    await work(page);
    expect(faults).toEqual([]);
  } finally {
    await context.close();
  }
}

it('the seller sees what waits for him, looks at what came back, and keeps a part for what is not in order', async () => {
  await atDesk('merchant_admin', async (page) => {
    await page.goto('/merchant/returns');
    await page.getByRole('link', { name: 'RET-3' }).click();
    await page.getByText('I changed my mind').waitFor();
    await page.getByText('Not in order', { exact: true }).click();
    await page.getByLabel('Why not?').selectOption({ label: 'Unsealed, not new any more' });
    await page.getByLabel('Refund all the same, CNY').fill('a lot');
    await page.getByText('This is no amount').waitFor();
    expect(await page.getByRole('button', { name: 'That is what came back' }).isDisabled()).toBe(true);
    await page.getByLabel('Refund all the same, CNY').fill('90.50');
    await page.getByRole('button', { name: 'That is what came back' }).click();
    await page.getByText(/The buyer answers by .*; silence counts as yes/).waitFor();
    await page.getByText('¥90.50').waitFor();
    const one = await merchant.get('/v1/returns/{return_id}', {
      params: { path: { return_id: stage.facts.return_received ?? '' } },
    });
    expect(one.items[0]?.screening).toMatchObject({ grade: 'no_ok', refund: { amount_minor: 9_050 } });

    await page.goto('/merchant/returns/settings');
    await page.getByLabel('Days to apply after delivery').fill('30');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
    const settings = await merchant.get('/v1/return-settings');
    expect(settings).toMatchObject({ window_days: 30, return_to: { postcode: '311121' } });
  });
});

it('the seller records that the way back of an order is insured; a second policy is refused', async () => {
  await atDesk('merchant_admin', async (page) => {
    await page.goto(`/merchant/orders/${stage.facts.returns_order}`);
    const record = async () => {
      await page.getByRole('button', { name: 'Insure the way back' }).click();
      await page.getByLabel('Insurer').fill('Ping An');
      await page.getByLabel('Premium, CNY').fill('0.60');
      await page.getByLabel('Up to km (1)').fill('500');
      await page.getByLabel('Amount, CNY (1)').fill('8');
      await page.getByRole('button', { name: 'One more distance' }).click();
      const submit = page.getByRole('button', { name: 'It is insured' });
      expect(await submit.isDisabled()).toBe(true);
      await page.getByLabel('Up to km (2)').fill('2000');
      await page.getByLabel('Amount, CNY (2)').fill('12.50');
      await submit.click();
    };
    await record();
    await page.getByText('The insurance is recorded.').waitFor();
    await record();
    await page.getByRole('dialog').getByRole('alert').waitFor();
    const applied = await returnOf(stage.facts.returns_order);
    const one = await merchant.get('/v1/returns/{return_id}', {
      params: { path: { return_id: applied?.id ?? '' } },
    });
    expect(one.insurance).toMatchObject({ insurer: 'Ping An', bought_by: 'seller' });
  });
});

it('the platform finds what the two could not settle, and decides with its eyes on both sides', async () => {
  await atDesk('customer_service', async (page) => {
    await page.goto('/operations/returns');
    await page.getByRole('link', { name: 'RET-2' }).click();
    await page.getByText('They were worn outside.').first().waitFor();
    await page.getByText('I tried them on at home only.').waitFor();
    const picture = page.getByRole('img', { name: 'The buyer, picture 1' });
    await expect.poll(() => picture.evaluate((one: HTMLImageElement) => one.naturalWidth)).toBe(64);
    await page.getByText('Money back', { exact: true }).click();
    await page.getByLabel('Running shoes × 1').fill('100');
    await page.getByRole('button', { name: 'Decide for the refund' }).click();
    await page.getByText('The platform decided').first().waitFor();
    const one = await merchant.get('/v1/returns/{return_id}', {
      params: { path: { return_id: stage.facts.return_disputed ?? '' } },
    });
    expect(one).toMatchObject({ state: 'refunded', refund: { amount: { amount_minor: 10_000 } } });
  });
});

it('the tracking page says where a parcel waits and by which code; a friend may fetch it until he may not', async () => {
  const office = stage.facts.returns_counter ?? '';
  const number = 'WAITING00001';
  await merchant.post('/v1/point-deliveries', {
    body: {
      parcels: [
        {
          object_id: 'w',
          parcel: {
            point_id: office,
            number,
            carrier_code: 'dpd',
            recipient: { name: RETURNING_BUYER.name, phone: RETURNING_BUYER.phone },
            consent: {
              given_by: 'recipient',
              given_at: new Date().toISOString(),
              channel: 'checkout',
              wording: '2026-11',
            },
          },
        },
      ],
    },
  });
  const stored = await post.post('/v1/points/{point_id}/shelf-parcels', {
    params: { path: { point_id: office } },
    body: { number, place: '15-1' },
  });
  await stage.network.settle();
  const shelf = await post.get('/v1/shelf-parcels/{shelf_parcel_id}', {
    params: { path: { shelf_parcel_id: stored.id } },
  });
  const operator = keyHolder(stage, 'live', 'operator', 'operator');
  const link = await operator.post('/v1/parcels/{parcel_id}/links', {
    params: { path: { parcel_id: shelf.parcel_id ?? '' } },
  });
  // A link is passed on: who holds it does not fetch the parcel by it.
  await asBuyer(async (page) => {
    await page.goto(link.path);
    await page.getByRole('heading', { name: 'Your parcel waits here' }).waitFor();
    const digits = page.getByLabel('Last four digits of your phone');
    await digits.fill('0000');
    await page.getByRole('button', { name: 'Show the code' }).click();
    await page.getByText('These are not the last digits').waitFor();
    expect(await page.getByText('15-1-1', { exact: true }).count()).toBe(0);
    await page.getByRole('button', { name: 'Have the code sent to me' }).waitFor();
    await look(page, 'buyer-shelf-link');
    await page.getByRole('button', { name: 'Have the code sent to me' }).click();
    await page.getByText('The shop is asked to send you the code.').waitFor();
    await digits.fill('5678');
    await page.getByRole('button', { name: 'Show the code' }).click();
    await page.getByText('15-1-1', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'A friend fetches it' }).waitFor();
  });
  await asBuyer(async (page) => {
    await page.goto(`/track?number=${number}`);
    await page.getByLabel('Last four digits').fill('5678');
    await page.getByRole('button', { name: 'Track', exact: true }).click();
    await page.getByRole('heading', { name: 'Your parcel waits here' }).waitFor();
    await page.getByText('15-1-1', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Keep it longer' }).click();
    await page.getByRole('button', { name: 'Keep it longer' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'A friend fetches it' }).click();
    const symbol = page.getByRole('img', { name: 'What your friend shows, as a QR code' });
    await symbol.waitFor();
    const [token = ''] = await readSymbol(symbol);
    await look(page, 'buyer-shelf');
    await page.getByRole('button', { name: 'No longer' }).click();
    await symbol.waitFor({ state: 'detached' });
    const fetched = post.post('/v1/shelf-parcels/{shelf_parcel_id}/hand-out', {
      params: { path: { shelf_parcel_id: stored.id } },
      body: { way: 'friend', friend_token: token.replace(/^QRCode:/, '') } as never,
    });
    await expect(fetched).rejects.toMatchObject({ code: 'shelf_friend_unknown' });
  });
});
