import pg from 'pg';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, visitor, type WatchedPage, watchedPage } from './browser.ts';
import { buyAnother, HOSTILE, operationsScene, PHONE, SEARCHED, UNMAPPED } from './operations.scene.ts';
import { type Stage, startStage } from './stage.ts';

let stage: Stage;
let browser: Browser;
beforeAll(async () => {
  stage = await startStage([operationsScene]);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await stage?.stop();
});

/** Somebody of a role for the tests of one block, whose browser may refuse nothing of ours. */
function somebody(role: string) {
  const desk = {} as { page: Page; watched: WatchedPage; context: BrowserContext };
  beforeAll(async () => {
    desk.context = await visitor(browser, stage, role);
    desk.watched = await watchedPage(desk.context, stage);
    desk.page = desk.watched.page;
  });
  afterAll(async () => {
    expect(desk.watched.faults).toEqual([]);
    await desk.context.close();
  });
  return desk;
}

describe('an operator', () => {
  const desk = somebody('operator');

  it('sees what moves by lane, and how many milestones of it', async () => {
    const { page } = desk;
    await page.goto('/operations');
    await page.getByRole('rowheader', { name: /Hamburg, DE → Sevilla, ES/ }).waitFor();
    await page.getByLabel('Leg').selectOption('import');
    await page.getByText('Nothing is under way').waitFor();
    await page.waitForURL(/leg=import/);
    await page.getByLabel('Milestone', { exact: true }).selectOption('picked_up');
    await page.getByText('4 in 24 hours').waitFor();
  });

  it('finds parcels by the name of who gets them, and sees one in full by a purpose only', async () => {
    const { page } = desk;
    await page.getByLabel('Number, reference, id, name or phone').fill(SEARCHED);
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByText('Name of the recipient').first().waitFor();
    await page.getByRole('link', { name: stage.facts.flow_number ?? '' }).click();
    await page.getByText('Costs us').waitFor();
    expect(await page.getByText(PHONE).count()).toBe(0);
    const recipient = page.locator('div', { has: page.getByRole('heading', { name: 'Recipient' }) }).last();
    await recipient.getByLabel('Purpose').selectOption('customer_contact');
    await recipient.getByRole('button', { name: 'Show in full' }).click();
    await recipient.getByRole('alert').waitFor();
    await recipient.getByLabel('Purpose').selectOption('legal_request');
    await recipient.getByRole('button', { name: 'Show in full' }).click();
    await page.getByText(PHONE).waitFor();
  });

  it('reads what a carrier wrote as text', async () => {
    const { page } = desk;
    await page.getByText(HOSTILE).first().waitFor();
    expect(await page.locator('img').count()).toBe(0);
  });

  it('says what a code means, and sees its parcel move', async () => {
    const { page } = desk;
    await page.goto('/operations/unmapped');
    const row = page.getByRole('row', { name: UNMAPPED });
    await row.getByText(HOSTILE).waitFor();
    await row.getByRole('button', { name: 'Map' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Meaning').selectOption({ label: 'Out for delivery' });
    await dialog.getByText('1 scan of 1 parcel would count as this.').waitFor();
    await dialog.getByText('In transit → Out for delivery').waitFor();
    await dialog.getByLabel('How do we know?').fill('Their handbook, page 7');
    await dialog.getByRole('button', { name: 'Map the code' }).click();
    await row.waitFor({ state: 'detached' });
    await stage.network.settle();
    await page.goto('/operations/mappings');
    await page.getByText('Their handbook, page 7').waitFor();
    await page.goto(`/operations/parcels/${stage.facts.unannounced_parcel}`);
    await page.locator('dl').getByText('Out for delivery').waitFor();
    await page.goto('/operations/sources');
    await page.getByRole('rowheader').first().waitFor();
    // All of the scene began today: nobody knows yet what pause is unusual.
    await page.getByText('Too new to judge').first().waitFor();
    expect(await page.getByText('Speaks').count()).toBe(0);
  });

  it('stores, rotates and removes what a carrier is asked with, and never sees its secret again', async () => {
    const { page } = desk;
    const table = page.getByRole('table', { name: 'Who is asked' });
    const secretSeen = async () =>
      (await page.content()).includes('first-secret') || (await page.content()).includes('second-secret');
    await page.goto('/operations/connections');
    await table.getByText(HOSTILE).waitFor();
    const form = page.locator('form', { has: page.getByRole('button', { name: 'Store' }) });
    await form.getByLabel('Connector').selectOption('landmark');
    await form.getByLabel('username').fill('postroad');
    await form.getByLabel('password').fill('first-secret');
    await form.getByRole('button', { name: 'Store' }).click();
    const row = table.getByRole('row', { name: /landmark/ });
    await row.getByRole('button', { name: 'Rotate' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('username').fill('postroad');
    await dialog.getByLabel('password').fill('second-secret');
    await dialog.getByRole('button', { name: 'Rotate' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.reload();
    await row.waitFor();
    expect(await secretSeen()).toBe(false);
    await row.getByRole('button', { name: 'Remove' }).click();
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await row.waitFor({ state: 'detached' });
  });

  it('sees a shipment that was bought meanwhile, without asking', async () => {
    const { page } = desk;
    const line = page.waitForResponse((response) => response.url().endsWith('/v1/live'));
    await page.goto('/operations/shipments');
    await page.getByRole('rowheader').first().waitFor();
    await line;
    const bought = await buyAnother(stage);
    await stage.network.settle();
    await page.getByRole('link', { name: bought.parcels[0]?.number ?? '' }).waitFor();
  });

  it('finds his own look in the audit', async () => {
    const { page } = desk;
    await page.goto('/operations/audit');
    // The page is whole: nothing takes the focus from the field any more.
    await page.getByRole('rowheader').first().waitFor();
    await page.getByRole('combobox', { name: 'Operation' }).fill('revealParty');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Find' }).click();
    await page.waitForURL(/operation=revealParty/);
    await page.getByRole('rowheader', { name: 'revealParty' }).first().waitFor();
    await page.goto('/operations/reveals?purpose=legal_request');
    const look = page.getByRole('table', { name: 'Personal data seen' }).getByRole('row').nth(1);
    await look.getByText('Request by law').waitFor();
    expect(await look.textContent()).toContain('Name, Phone, Address');
    expect(await page.getByText(PHONE).count()).toBe(0);
  });

  it('makes a key for another organisation, which works, and revokes it', async () => {
    const { page } = desk;
    await page.goto(`/operations/organisations/${stage.facts.organisation}`);
    const form = page.locator('form', { has: page.getByRole('button', { name: 'Make the key' }) });
    await form.getByLabel('Name').fill('Shop program');
    await form.getByRole('button', { name: 'Make the key' }).click();
    const secret = (await page.getByText(/^prd_live_/).textContent()) ?? '';
    const me = () => fetch(`${stage.baseUrl}/v1/me`, { headers: { authorization: `Bearer ${secret}` } });
    expect(((await (await me()).json()) as { role: string }).role).toBe('merchant_app');
    const row = page.getByRole('row', { name: /Shop program/ });
    await row.getByRole('button', { name: 'Revoke' }).click();
    await row.getByText('Revoked', { exact: true }).waitFor();
    expect((await me()).status).toBe(401);
  });

  it('enters an exchange rate of a day', async () => {
    const { page } = desk;
    await page.goto('/operations/rates');
    await page.getByLabel('One unit of').fill('eur');
    await page.getByLabel('is in').fill('usd');
    await page.getByLabel('Rate', { exact: true }).fill('1,08255');
    const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    await page.getByLabel('Valid from (UTC)').fill(day(0));
    await page.getByLabel('Ends on (UTC)').fill(day(1));
    await page.getByLabel('Source').fill(HOSTILE);
    await page.getByRole('button', { name: 'Enter it' }).click();
    const row = page.getByRole('row', { name: /EUR → USD/ }).first();
    await row.getByText(HOSTILE).waitFor();
    expect(await row.textContent()).toContain('1.08255');
  });

  it('sees a parcel that nobody has announced', async () => {
    const { page } = desk;
    await page.goto(`/operations/parcels/${stage.facts.unannounced_parcel}`);
    await page.getByText('Not announced by anybody').waitFor();
  });

  it('gives a line a new version with a higher price, and sees what is left of it', async () => {
    const { page } = desk;
    await page.goto(`/operations/lines/${stage.facts.flow_line}`);
    await page.getByRole('heading', { name: 'What is left, by zone and weight' }).waitFor();
    const before = await page.getByRole('table', { name: 'Versions' }).getByRole('rowheader').count();
    await page.getByRole('link', { name: 'New version' }).click();
    const first = page.getByRole('main').getByRole('group').first().getByRole('spinbutton').last();
    await first.fill(String(Number(await first.inputValue()) + 100));
    await page.getByRole('button', { name: 'Preview the prices' }).click();
    const prices = page.getByRole('table', { name: 'Prices by zone and weight' });
    await prices.waitFor();
    const rows = await prices.locator('tbody tr').all();
    const cells = await Promise.all(rows.map((row) => row.getByRole('cell').allTextContents()));
    expect(cells.some(([today, draft]) => today !== draft)).toBe(true);
    expect(cells.every(([today]) => today !== '–')).toBe(true);
    await page.getByRole('tab', { name: 'Whole line' }).click();
    const document = page.getByRole('textbox', { name: 'Whole line' });
    const text = await document.inputValue();
    await document.fill(text.replace('"max_weight_grams": ', '"max_weight_grams": -'));
    await page.getByLabel('Why').fill(HOSTILE);
    await page.getByRole('button', { name: 'Publish the version' }).click();
    await page.getByText('/line/limits/max_weight_grams').first().waitFor();
    await document.fill(text);
    await page.getByRole('button', { name: 'Publish the version' }).click();
    const versions = page.getByRole('table', { name: 'Versions' });
    await versions.getByText(HOSTILE).waitFor();
    expect(await versions.getByRole('rowheader').count()).toBe(before + 1);
  });

  it('adds a line like it, with a rate table, zones and a day from which it is sold', async () => {
    const { page } = desk;
    await page.goto(`/operations/lines/${stage.facts.flow_line}`);
    await page.getByRole('link', { name: 'New line like this' }).click();
    await page.getByRole('heading', { name: 'New line' }).waitFor();
    const first = page.getByRole('main').getByRole('group').first().getByRole('spinbutton').last();
    await first.fill('4321');
    await page.getByRole('tab', { name: 'Whole line' }).click();
    const document = page.getByRole('textbox', { name: 'Whole line' });
    const line = JSON.parse(await document.inputValue()) as Record<string, unknown>;
    await document.fill(
      JSON.stringify({ ...line, code: 'hanse_night', names: { en: 'Hanse Night', zh: '汉萨夜间' } }),
    );
    await page.getByRole('button', { name: 'Add the line' }).click();
    await page.waitForURL('**/operations/lines/hanse_night');
    await page.getByRole('heading', { name: 'What is left, by zone and weight' }).waitFor();
    await page.goto('/operations/lines?origin=DE');
    await page.getByRole('link', { name: 'Hanse Night' }).waitFor();
  });

  it('loads numbers for a carrier', async () => {
    const { page } = desk;
    await page.goto('/operations/numbers?carrier=postroad_express_eu');
    await page.getByRole('rowheader').first().waitFor();
    const before = await page.getByRole('rowheader').count();
    await page.getByRole('combobox', { name: 'Carrier' }).last().fill('postroad_express_eu');
    await page.keyboard.press('Enter');
    await page.getByLabel('Check digit').selectOption('mod11');
    await page.getByLabel('Prefix').fill('pre');
    await page.getByLabel('First serial').fill('70000000001');
    await page.getByLabel('Last serial').fill('70000000100');
    await page.getByRole('button', { name: 'Load', exact: true }).click();
    await page.getByText('The segment is loaded.').waitFor();
    await page.getByRole('rowheader').nth(before).waitFor();
  });

  it('routes a waybill that no rule could route', async () => {
    const { page } = desk;
    await page.goto('/operations/routing');
    const row = page.getByRole('row').filter({ hasText: stage.facts.unrouted_number ?? '' });
    await row.getByRole('button', { name: 'Route it' }).click();
    await page.getByLabel('Sort mark').fill('LYON 69');
    await page.getByRole('dialog').getByRole('button', { name: 'Route it' }).click();
    await page.getByText('The waybill has its route.').waitFor();
    await row.waitFor({ state: 'detached' });
  });

  it('confirms a restore before numbers are given out again', async () => {
    const { page } = desk;
    await page.goto('/operations/numbers');
    await page.getByRole('rowheader').first().waitFor();
    expect(await page.getByText('No numbers are given out').count()).toBe(0);
    // What a backup of the first minute would bring back.
    const database = new pg.Client({ connectionString: stage.network.liveUrl });
    await database.connect();
    await database.query('update waybills.number_segment set next_serial = from_serial');
    await database.query('delete from waybills.number_block');
    await database.end();
    await page.reload();
    await page.getByText('it was restored from a backup').waitFor();
    await page.getByRole('button', { name: 'Confirm the restore' }).click();
    const dialog = page.getByRole('dialog');
    const confirm = dialog.getByRole('button', { name: 'Confirm, and give out numbers again' });
    expect(await confirm.isDisabled()).toBe(true);
    await dialog.getByLabel('The old database gives out nothing any more.').check();
    await confirm.click();
    await page.getByText('Numbers are given out again').waitFor();
    await page.getByText('No numbers are given out').waitFor({ state: 'detached' });
  });
});

describe('somebody of the finance', () => {
  const desk = somebody('finance');

  it('is offered what he may do and nothing else', async () => {
    const { page } = desk;
    await page.goto('/operations');
    await page.getByRole('heading', { name: 'Payments and wallets' }).waitFor();
    const offered = await page.getByRole('navigation').getByRole('link').allTextContents();
    expect(offered).toContain('Top-ups');
    expect(offered).not.toContain('Search');
    expect(offered).not.toContain('Audit');
  });

  it('confirms a large payment, which then waits for a second person', async () => {
    const { page } = desk;
    await confirmPayment(page);
    await page.getByText('A second person has to confirm it.').waitFor();
    await page.goto('/operations/top-ups?state=awaiting_second_confirmation');
    await confirmPayment(page);
    await page.getByRole('dialog').getByRole('alert').waitFor();
  });

  it('and the second person puts it into the wallet', async () => {
    const context = await visitor(browser, stage, 'operator');
    const { page } = await watchedPage(context, stage);
    await page.goto('/operations/top-ups?state=awaiting_second_confirmation');
    await confirmPayment(page);
    await page.getByText('The payment is in the wallet.').waitFor();
    await page.goto(`/operations/wallets/${stage.facts.wallet}`);
    await page.getByRole('cell', { name: '€25,000.00' }).waitFor();
    await context.close();
  });
});

async function confirmPayment(page: Page): Promise<void> {
  const row = page.getByRole('row').filter({ hasText: stage.facts.top_up_reference ?? '' });
  await row.getByRole('button', { name: 'Confirm' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Amount in EUR').fill('25000');
  await dialog.getByLabel('Value date').fill(new Date().toISOString().slice(0, 10));
  await dialog.getByLabel('Reference of the bank').fill('BANK-25000-1');
  await dialog.getByRole('button', { name: 'Confirm' }).click();
}
