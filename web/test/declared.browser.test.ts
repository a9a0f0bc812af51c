import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { look, openBrowser, visitor, watchedPage } from './browser.ts';
import { merchantScene } from './merchant.scene.ts';
import { readSymbol } from './read-symbol.ts';
import { keyHolder, type Stage, startStage } from './stage.ts';
import { verificationScene } from './verification.scene.ts';

let stage: Stage;
let browser: Browser;
beforeAll(async () => {
  stage = await startStage([merchantScene, verificationScene]);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await stage?.stop();
});

/** Somebody of a role with a phone in his hand. */
async function as(role: string, walk: (page: Page) => Promise<void>): Promise<void> {
  const context = await visitor(browser, stage, role);
  try {
    const { page, faults } = await watchedPage(context, stage);
    await page.setViewportSize({ width: 390, height: 844 });
    await walk(page);
    expect(faults).toEqual([]);
  } finally {
    await context.close();
  }
}

const NUMBER = '1Z999AA10123456784';
const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();

it('a merchant declares on the phone, gives the buyer a link, corrects every detail, and reads what was said', async () => {
  const operator = keyHolder(stage, 'live', 'operator', 'operator');
  await as('merchant_admin', async (page) => {
    await page.goto('/merchant/external/new?order=L-1005');
    await page.getByLabel('Carrier').selectOption({ label: 'UPS' });
    await page.getByLabel('Tracking number').fill(NUMBER);
    await page.getByLabel('Weight, grams').fill('1250');
    await page.getByRole('button', { name: 'Declare' }).click();
    await page.waitForURL(/\/merchant\/external\/ext_/);
    await stage.network.settle();
    await page.reload();
    const facts = page.locator('dl');
    await facts.getByText('UPS', { exact: true }).waitFor();
    await page.getByText('· The merchant').waitFor();
    await page.getByRole('button', { name: 'Make a link' }).click();
    const symbol = page.getByRole('img', { name: 'Link for the buyer as a QR code' });
    const [link = ''] = await readSymbol(symbol);
    const correct = async (reason: string) => {
      await page
        .locator('form', { has: page.getByRole('button', { name: 'Correct', exact: true }) })
        .getByLabel('Reason')
        .fill(reason);
      await page.getByRole('button', { name: 'Correct', exact: true }).click();
    };
    await page.getByLabel('Service').fill('Express Saver');
    await page.getByLabel('Description').fill('Two boxes in one');
    await page.getByLabel('Weight, grams').fill('');
    await correct('It was guessed');
    await facts.getByText('Express Saver').waitFor();
    await facts.getByText('Two boxes in one').waitFor();
    await facts.getByText('1.25 kg').waitFor({ state: 'detached' });
    await page.getByLabel('Weight, grams').fill('1300');
    await correct('Weighed again');
    await facts.getByText('1.3 kg').waitFor();
    await facts.getByText('Two boxes in one').waitFor();
    await look(page, 'declared');
    await page.goto(link.slice(link.indexOf('http')));
    await page.getByText('The shop says that it weighs 1.3 kg.').waitFor();
  });
  const scan = (milestone: 'picked_up' | 'delivered', hours: number) => ({
    ...{ number: NUMBER, milestone, occurred_at: hoursAgo(hours), place: { country: 'CN', city: '上海市' } },
  });
  const { data } = await operator.post('/v1/scans', {
    body: { scans: [scan('picked_up', 30), scan('delivered', 5)] },
  });
  await operator.post('/v1/scans/{scan_id}/corrections', {
    params: { path: { scan_id: data[1]?.scan_id ?? '' } },
    body: { milestone: 'delivery_attempted', reason: 'The wrong door' },
  });
  await stage.network.settle();
  const path = { parcel_id: data[0]?.parcel_id ?? '' };
  await as('operator', async (page) => {
    await page.goto(`/operations/parcels/${path.parcel_id}`);
    await page.locator('s', { hasText: 'Delivered' }).waitFor();
    await page.getByText('The wrong door').waitFor();
    await page.getByText('None: no line of the network brings it').waitFor();
    await look(page, 'declared-parcel');
  });
});

it('a case whose parcel was scanned waits for no first scan', async () => {
  const merchant = keyHolder(stage, 'live', 'merchant_admin', 'merchant');
  const number = '1Z999AA10123456800';
  await merchant.post('/v1/external-shipments', {
    body: {
      shipments: [
        {
          object_id: 's',
          shipment: { order_reference: 'L-1005', carrier_code: 'ups', number, send_type: 'all' },
        },
      ],
    },
  });
  await stage.network.settle();
  const caseNow = async () =>
    (await merchant.get('/v1/verifications')).data.find((one) => one.number === number);
  await as('merchant_admin', async (page) => {
    await page.goto('/merchant/verifications');
    const row = page.getByRole('row', { name: new RegExp(number) });
    await row.getByText('First scan due').waitFor();
    // Without a place nothing more speaks for it, and the case stays open.
    await keyHolder(stage, 'live', 'operator', 'operator').post('/v1/scans', {
      body: { scans: [{ number, milestone: 'picked_up', occurred_at: hoursAgo(1) }] },
    });
    await stage.network.settle();
    expect((await caseNow())?.state).toBe('pending');
    await page.reload();
    await row.getByText('UPS', { exact: true }).waitFor();
    expect(await row.textContent()).not.toContain('First scan due');
    await page.goto(`/merchant/verifications/${(await caseNow())?.id}`);
    await page.getByText('First scan after the order').waitFor();
    expect(await page.getByText('First scan due').count()).toBe(0);
    await page.goto(`/merchant/verifications/${stage.facts.verification}`);
    await page.getByText('The review begins').waitFor();
    await look(page, 'declared-case');
  });
});

it('a file says on its page which columns it has, and each row what became of it, the refused ones first', async () => {
  await as('merchant_clerk', async (page) => {
    await page.goto('/merchant/external/import');
    await page.getByText('weight_grams').waitFor();
    const rows = [
      'order_reference,carrier_code,number',
      `L-1005,ups,${NUMBER}`,
      'L-0,ups,1Z999AA10123456785',
    ];
    await page.locator('input[type=file]').setInputFiles({
      ...{ name: 'declared.csv', mimeType: 'text/csv' },
      buffer: Buffer.from(`\ufeff${rows.join('\n')}`, 'utf16le'),
    });
    await page.getByRole('button', { name: 'Import' }).click();
    const answered = page.getByRole('table', { name: 'Import a file' }).getByRole('rowheader');
    await expect.poll(() => answered.allTextContents()).toEqual(['3', '2']);
    await look(page, 'declared-file');
  });
});

it('a number that was corrected since is declared again only by who says that it is meant', async () => {
  const merchant = keyHolder(stage, 'live', 'merchant_admin', 'merchant');
  const [wrong, right] = ['1Z999AA10123456811', '1Z999AA10123456820'];
  const shipment = {
    order_reference: 'L-1005',
    carrier_code: 'ups',
    number: wrong,
    send_type: 'all' as const,
  };
  const { results } = await merchant.post('/v1/external-shipments', {
    body: { shipments: [{ object_id: 's', shipment }] },
  });
  await merchant.patch('/v1/external-shipments/{external_shipment_id}', {
    params: { path: { external_shipment_id: results[0]?.external_shipment_id ?? '' } },
    body: { number: right, reason: 'A slip of the pen' },
  });
  await as('merchant_admin', async (page) => {
    await page.goto('/merchant/external/new?order=L-1005');
    await page.getByLabel('Carrier').selectOption({ label: 'UPS' });
    await page.getByLabel('Tracking number').fill(wrong);
    expect(await page.getByRole('checkbox').count()).toBe(0);
    await page.getByRole('button', { name: 'Declare' }).click();
    await page.getByText(`was corrected to ups ${right}`).waitFor();
    await page.getByLabel('It is the number of one more parcel').check();
    await look(page, 'declared-corrected');
    await page.getByRole('button', { name: 'Declare' }).click();
    await page.waitForURL(/\/merchant\/external\/ext_/);
    await page.getByText(wrong).first().waitFor();
  });
});
