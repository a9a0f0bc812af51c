import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, visitor, type WatchedPage, watchedPage } from './browser.ts';
import { HOSTILE, operationsScene, PHONE, SEARCHED } from './operations.scene.ts';
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

  it('finds his own look in the audit', async () => {
    const { page } = desk;
    await page.goto('/operations/audit');
    await page.getByRole('combobox', { name: 'Operation' }).fill('revealParty');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Find' }).click();
    await page.waitForURL(/operation=revealParty/);
    await page.getByRole('rowheader', { name: 'revealParty' }).first().waitFor();
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
