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
