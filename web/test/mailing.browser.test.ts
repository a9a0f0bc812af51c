import { createPostroadClient } from '@postroad/sdk';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { look, openBrowser, visitor, watchedPage } from './browser.ts';
import { readSymbol } from './read-symbol.ts';
import { returnsScene } from './returns.scene.ts';
import { keyHolder, type Stage, startStage } from './stage.ts';

let stage: Stage;
let browser: Browser;
beforeAll(async () => {
  stage = await startStage([returnsScene]);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await stage?.stop();
});

/** On a phone, without an account. */
async function asPerson(
  walk: (page: Page, context: BrowserContext) => Promise<void>,
  role?: string,
): Promise<void> {
  const context = await visitor(browser, stage, role);
  try {
    const { page, faults } = await watchedPage(context, stage);
    await page.setViewportSize({ width: 390, height: 844 });
    await walk(page, context);
    expect(faults).toEqual([]);
  } finally {
    await context.close();
  }
}

type Said = { readonly message: string };

async function ask(page: Page): Promise<void> {
  for (const [end, postcode, city] of [
    ['From', '322000', '金华市'],
    ['To', '311121', '杭州市'],
  ] as const) {
    const place = page.getByRole('group', { name: end, exact: true });
    await place.getByLabel('Country').selectOption('CN');
    await place.getByLabel('Postcode').fill(postcode);
    await place.getByLabel('City').fill(city);
  }
  await page.getByLabel('Weight in kilograms').fill('1,9');
  await page.getByRole('button', { name: 'What does it cost?' }).click();
}

async function fill(page: Page, who: string, name: string, phone: string, street: string): Promise<void> {
  const person = page.getByRole('group', { name: who, exact: true });
  await person.getByLabel('Name').fill(name);
  await person.getByLabel('Phone').fill(phone);
  await person.getByLabel('Street and number').fill(street);
  await person.getByLabel(/Province or state/).fill('浙江省');
}

it('a person sends a ham: price, order, code; the counter takes it in and the page shows the receipt', async () => {
  await asPerson(async (page) => {
    await page.goto('/mail');
    await page.getByRole('button', { name: 'What does it cost?' }).click();
    await page.getByText('A weight such as 1.9, please.').waitFor();
    await look(page, 'mailing-missing');
    await ask(page);
    await page.getByRole('heading', { name: 'China domestic express' }).waitFor();
    await look(page, 'mailing-offers');
    await page.getByRole('button', { name: 'Choose' }).click();
    await page.getByRole('heading', { name: 'Who sends it to whom?' }).waitFor();
    await page.getByText(/Bring a document/).waitFor();
    await fill(page, 'Sender', 'Wang Fang', '+8613812345678', '稠城街道 1 号');
    await fill(page, 'Recipient', 'Li Wei', '+8657187654321', '文一西路 969 号');
    await page.getByRole('radio', { name: /稠城邮政所/ }).check();
    await page.getByLabel('When do you come?').selectOption({ index: 0 });
    await page.getByRole('button', { name: /^Order for/ }).click();
    await page.getByText('This is needed.').waitFor();
    await page.getByLabel('What is inside?').fill('Ham');
    await look(page, 'mailing-order');
    await page.getByRole('button', { name: /^Order for/ }).click();

    await page.getByRole('heading', { name: 'Show this code at the counter' }).waitFor();
    expect(page.url()).toMatch(/\/mail#mlt_live_/);
    const symbol = page.getByRole('img', { name: 'Your mailing code as a QR code' });
    await symbol.waitFor();
    await look(page, 'mailing-code');
    const [read = ''] = await readSymbol(symbol);
    const code = read.replace(/^QRCode:/, '');
    const key = stage.facts.returns_counter_key ?? '';
    const post = createPostroadClient({ baseUrl: stage.baseUrl, key });
    const point_id = stage.facts.returns_counter ?? '';
    const { mailing_id } = await post.post('/v1/mailing-codes/lookup', { body: { point_id, code } });
    await post.post('/v1/mailings/{mailing_id}/intake', {
      params: { path: { mailing_id } },
      body: {
        ...{ goods_class: 'normal', measured: { weight_grams: 1_900 }, document_kind: 'identity_card' },
        checks: { opened_before_sender: true, nothing_prohibited: true, packed_safely: true },
        ...{ inspection_mark: 'YJ-0001', price_list_shown: true },
        payment: { method: 'cash', amount: { amount_minor: 1_007, currency: 'CNY' } },
      },
    });
    await page.reload();
    await page.getByRole('heading', { name: 'Receipt' }).waitFor();
    await page.getByText('Taken in at the counter').waitFor();
    expect(await symbol.count()).toBe(0);
    await look(page, 'mailing-receipt');
  });
});

it('an order that is refused says why and where, in the language of the page alone', async () => {
  await asPerson(async (page) => {
    await page.goto('/mail');
    await ask(page);
    await page.getByRole('button', { name: 'Choose' }).click();
    await fill(page, 'Sender', 'Wang Fang', '138****5678', '稠城街道 1 号');
    await fill(page, 'Recipient', 'Li Wei', '+8657187654321', '文一西路 969 号');
    await page.getByLabel('What is inside?').fill('Ham');
    const refused = () => page.waitForResponse('**/v1/mailing-portal/mailings').then((one) => one.json());
    const [masked] = await Promise.all([refused(), page.getByRole('button', { name: /^Order for/ }).click()]);
    expect(masked).toMatchObject({ code: 'phone_masked', errors: [{ pointer: '/order/sender/phone' }] });
    await page.getByText('Digits of a phone number are hidden.').waitFor();
    const sender = page.getByRole('group', { name: 'Sender', exact: true });
    const phone = sender.getByLabel('Phone');
    expect(await phone.getAttribute('aria-invalid')).toBe('true');
    await sender.getByText('Digits are hidden here. Write the whole number.').waitFor();
    expect(await page.textContent('main')).not.toContain(masked.detail);
    await look(page, 'mailing-refused');

    await page.getByRole('button', { name: '中文' }).click();
    await page.getByText('有电话号码被隐去了部分数字').waitFor();
    await page.getByRole('group', { name: '寄件人' }).getByLabel('电话').fill('+8613812345678');
    const recipient = page.getByRole('group', { name: '收件人' });
    await recipient.getByLabel('邮政编码').fill('3111');
    const [misplaced] = await Promise.all([refused(), page.getByRole('button', { name: /^下单/ }).click()]);
    expect(misplaced).toMatchObject({ code: 'address_invalid' });
    await page.getByText('有地址填写有误').waitFor();
    await recipient.getByText('与该国的邮政编码格式不符').waitFor();
    const shown = await page.textContent('main');
    for (const said of [
      misplaced.title,
      misplaced.detail,
      ...misplaced.errors.map((one: Said) => one.message),
    ])
      expect(shown).not.toContain(said);
    await look(page, 'mailing-refused-zh');
    await page.getByRole('button', { name: '重新查询' }).click();
    await page.getByText(/^另有 \d+ 个服务不可用/).click();
    await page.getByText('不从该地寄出。').first().waitFor();
    expect(await page.textContent('details')).not.toMatch(/The line/);
    await look(page, 'mailing-unfit-zh');
  });
});

it('a courier comes to the door for it: his window is chosen, and the code is for him', async () => {
  const carrier = keyHolder(stage, 'live', 'carrier', 'postroad_express_cn');
  const working_hours = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from_hour: 8, to_hour: 18 }));
  const { id: area_id } = await carrier.post('/v1/pickup-areas', {
    body: {
      ...{ code: 'yiwu', country: 'CN', postcode_prefixes: ['322'], zone: 'Asia/Shanghai', working_hours },
      slot: 'two_hours',
    },
  });
  const capacities = Array.from({ length: 10 }, (_, hour) => ({
    ...{ day: 'daily' as const, hour: 8 + hour, capacity: 5 },
  }));
  await carrier.put('/v1/pickup-areas/{area_id}/capacities', {
    params: { path: { area_id: area_id } },
    body: { mode: 'full', capacities },
  });
  const { email } = stage.people.find(({ role }) => role === 'courier') ?? {};
  const people = await Array.fromAsync(
    keyHolder(stage, 'live', 'operator', 'operator').listAll('/v1/people'),
  );
  const person_id = people.find((one) => one.email === email)?.id ?? '';
  await carrier.post('/v1/couriers', {
    body: { name: 'Chen', area_ids: [area_id], is_on: true, person_id },
  });
  let code = '';
  await asPerson(async (page) => {
    await page.goto('/mail');
    await ask(page);
    await page.getByRole('button', { name: 'Choose' }).click();
    await fill(page, 'Sender', 'Wang Fang', '+8613812345678', '稠城街道 1 号');
    await fill(page, 'Recipient', 'Li Wei', '+8657187654321', '文一西路 969 号');
    await page.getByLabel('What is inside?').fill('Ham');
    await page.getByRole('radio', { name: /A courier comes to your door/ }).check();
    await page.getByLabel('When is somebody at home?').selectOption({ index: 1 });
    await look(page, 'mailing-door');
    await page.getByRole('button', { name: /^Order for/ }).click();
    await page.getByRole('heading', { name: 'Show this code to the courier' }).waitFor();
    await page.getByText('A courier comes for it.').waitFor();
    await look(page, 'mailing-door-code');
    code = (await page.getByText(/^[A-Z0-9]{4}-[A-Z0-9]{4}$/).textContent()) ?? '';
  });
  await asPerson(async (page) => {
    await page.goto('/courier/pickups');
    await page.getByRole('link', { name: /322000/ }).click();
    await page.getByRole('heading', { name: 'The code of the sender' }).waitFor();
    await look(page, 'courier-door');
    await page.getByLabel('Number', { exact: true }).fill('AAAA-AAAA');
    await page.getByRole('button', { name: 'Find' }).click();
    await page.getByRole('alert').waitFor();
    await page.getByLabel('Number', { exact: true }).fill(code);
    await page.getByRole('button', { name: 'Find' }).click();
    await page.getByRole('radio', { name: 'Identity card' }).check({ force: true });
    for (const check of [
      'Opened before the sender',
      'Nothing prohibited is inside',
      'Packed so that it arrives',
    ])
      await page.getByLabel(check).check();
    await page.getByLabel('Mark of the inspection').fill('YJ-0002');
    await page.getByLabel('The price list was shown').check();
    await page.getByLabel('Weight').fill('1.9');
    await page.getByRole('button', { name: 'What does it cost?' }).click();
    await page.getByRole('radio', { name: 'Cash' }).check({ force: true });
    await look(page, 'courier-door-intake');
    await page.getByRole('button', { name: 'Take it along' }).click();
    await page.getByText(/^You have it:/).waitFor();
  }, 'courier');
  await stage.network.settle();
  const { data } = await carrier.get('/v1/door-freight-days', { params: { query: { limit: 5 } } });
  expect(data).toMatchObject([{ taken: 1, owed: { amount_minor: 1_007, currency: 'CNY' } }]);
});

it('a mailing that is not wanted any more is cancelled, and a wrong address opens nothing', async () => {
  const person = createPostroadClient({ baseUrl: stage.baseUrl });
  const address = (name: string, phone: string, city: string, postcode: string) => ({
    ...{ name, phone },
    address: { country: 'CN', division: '浙江省', city, postcode, lines: ['1 号'] },
  });
  const { token } = await person.post('/v1/mailing-portal/mailings', {
    body: {
      world: 'live',
      order: {
        object_id: 'a-random-handle-web',
        sender: address('Wang Fang', '+8613812345678', '金华市', '322000'),
        recipient: address('Li Wei', '+8657187654321', '杭州市', '311121'),
        ...{ goods: { description: 'Tea' }, parcel: { weight_grams: 900 }, line_code: 'cn_domestic_express' },
        agreed_total: { amount_minor: 848, currency: 'CNY' },
      },
    },
  });
  await asPerson(async (page) => {
    await page.goto(`/mail#${token}`);
    await page.getByRole('heading', { name: 'Tea' }).waitFor();
    await page.getByText('Any counter that takes parcels').waitFor();
    await page.getByRole('button', { name: 'Cancel this mailing' }).click();
    await page.getByRole('button', { name: 'Yes, cancel it' }).click();
    await page.getByText('You cancelled it. It costs nothing.').waitFor();
    await look(page, 'mailing-cancelled');
    await page.getByRole('link', { name: 'Send another parcel' }).click();
    await page.getByRole('heading', { name: 'Send a parcel' }).waitFor();
    await page.goto(`/mail#mlt_live_${'A'.repeat(22)}`);
    await page.getByRole('heading', { name: 'This address opens nothing any more' }).waitFor();
    await look(page, 'mailing-gone');
  });
});
