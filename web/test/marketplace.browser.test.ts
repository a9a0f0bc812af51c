import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser, visitor, type WatchedPage, watchedPage } from './browser.ts';
import { marketplaceScene, STRICT_POLICY } from './marketplace.scene.ts';
import { HOSTILE, merchantScene } from './merchant.scene.ts';
import { keyHolder, type Stage, startStage } from './stage.ts';

let stage: Stage;
let browser: Browser;
let context: BrowserContext;
let watched: WatchedPage;
let page: Page;
beforeAll(async () => {
  stage = await startStage([merchantScene, marketplaceScene]);
  browser = await openBrowser();
  context = await visitor(browser, stage, 'marketplace_staff');
  watched = await watchedPage(context, stage);
  page = watched.page;
});
afterAll(async () => {
  await browser?.close();
  await stage?.stop();
});

it('opens a merchant and invites its first administrator', async () => {
  await page.goto('/marketplace/merchants');
  await page.getByLabel('Name', { exact: true }).fill('Tea House');
  await page.getByRole('button', { name: 'Open it' }).click();
  await page.getByRole('heading', { name: 'Tea House' }).waitFor();
  await page.getByLabel('E-mail').fill('tea@shop.example');
  await page.getByRole('button', { name: 'Send the invitation' }).click();
  await page.getByText(/\/invitation#/).waitFor();
  await page.getByRole('table', { name: 'Open invitations' }).getByText('tea@shop.example').waitFor();
});

it('sees the orders of its merchants with whose they are, and a hostile name as text', async () => {
  await page.goto('/marketplace/orders');
  await page.getByRole('cell', { name: 'Lantern Goods' }).first().waitFor();
  await page.goto(`/marketplace/merchants/${stage.facts.hostile_merchant}`);
  await page.getByRole('heading', { name: HOSTILE.slice(0, 60) }).waitFor();
  expect(await page.locator('img').count()).toBe(0);
});

it('finds a parcel of its merchants by what a caller says, with no more of a name than one letter', async () => {
  await page.goto('/marketplace');
  const box = page.getByRole('search');
  await box.getByRole('searchbox').fill('L-1003');
  await box.getByRole('button', { name: 'Search' }).click();
  const hits = page.getByRole('table', { name: 'Search' });
  await hits.getByRole('cell', { name: 'Lantern Goods' }).first().waitFor();
  expect(await hits.textContent()).toContain('李*');
  await hits.getByRole('link', { name: 'L-1003' }).click();
  await page.getByRole('heading', { name: 'L-1003' }).waitFor();
});

it('its merchant is told by line what the programme pays, and buys under it one by one and many at once', async () => {
  const merchant = await visitor(browser, stage, 'merchant_admin');
  const desk = await watchedPage(merchant, stage);
  await desk.page.goto(`/merchant/orders/${stage.facts.order}`);
  const parts = desk.page.getByRole('table', { name: 'Who pays what' }).first();
  await parts.getByRole('columnheader', { name: '11.11 包邮' }).waitFor();
  await desk.page.getByRole('button', { name: 'Buy' }).first().click();
  await desk.page.getByText('Paid by a programme of the marketplace').waitFor();
  await desk.page.goto('/merchant/orders?state=open');
  await desk.page.getByRole('button', { name: 'Ship all open' }).click();
  await desk.page.getByLabel('Let programmes of the marketplace pay').waitFor();
  await desk.page.getByRole('button', { name: /^Buy for/ }).click();
  await desk.page
    .getByText(/by a programme$/)
    .first()
    .waitFor();
  expect(desk.faults).toEqual([]);
  await merchant.close();
});

it('a document that does not fit is refused by field and line; a good one is stored, tested and tried', async () => {
  await page.goto('/marketplace/rulebooks/market_policy/new');
  const text = page.getByLabel('Document (JSON)');
  await text.fill('{ "kind": "market_policy", ');
  await page.getByText(/This is no JSON yet/).waitFor();
  const { reason: _reason, ...withoutReason } = STRICT_POLICY.rules[0] ?? {};
  await text.fill(JSON.stringify({ ...STRICT_POLICY, rules: [withoutReason] }, null, 2));
  await page.getByRole('button', { name: 'Save as draft' }).click();
  await page.getByText('1 place needs a correction').waitFor();
  expect(await page.getByText('/rules/0/reason').count()).toBe(1);
  await page.getByRole('button', { name: 'Line 10' }).click();
  expect(await text.evaluate((area: HTMLTextAreaElement) => area.selectionStart)).toBeGreaterThan(100);

  await text.fill(JSON.stringify(STRICT_POLICY, null, 2));
  await page.getByLabel('What changes, and why').fill(HOSTILE);
  await page.getByRole('button', { name: 'Save as draft' }).click();
  await page.getByRole('button', { name: 'Run its tests' }).click();
  await page.getByText('All tests of the document pass.').waitFor();
  await page.getByText(HOSTILE).waitFor();
  await page.getByLabel('From').fill('2026-11-01T00:00');
  await page.getByRole('button', { name: 'Try it on these days' }).click();
  const changes = page.getByRole('table', { name: 'Judged differently' });
  await changes.getByRole('link').first().waitFor();
  expect(await changes.getByText(/postroad_|express/).count()).toBeGreaterThan(0);
});

it('the tested version is put into force, and then it holds', async () => {
  await page.getByRole('button', { name: 'Put into force' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Put into force' }).click();
  await page.getByText('The version is in force from the given time on.').waitFor();
  await page.goto('/marketplace/rulebooks');
  const row = page.getByRole('row', { name: /Lines that a marketplace allows/ });
  await row.getByText('Your own').waitFor();
  const marketplace = keyHolder(stage, 'live', 'marketplace_staff', 'marketplace');
  const inForce = await marketplace.get('/v1/rulebook-kinds/{kind}/in-force', {
    params: { path: { kind: 'market_policy' } },
  });
  expect(inForce.document).toMatchObject({ title: STRICT_POLICY.title });
});

it('decides about a source for itself, and takes it back', async () => {
  await page.goto('/marketplace/sources/yto');
  await page.getByLabel('Proof').fill('official site');
  await page.getByRole('button', { name: 'Decide' }).click();
  await page.getByRole('button', { name: 'Withdraw your decision' }).click();
  await page.getByText('The network’s word holds again.').waitFor();
});

it('opens a programme, sees what is left of it, and ends it', async () => {
  await page.goto(`/marketplace/programmes/${stage.facts.programme}`);
  const paid = page.getByRole('table', { name: 'What it paid' });
  await paid.getByText('Lantern Goods').first().waitFor();
  await page.goto('/marketplace/programmes/new');
  await page.getByLabel('Name', { exact: true }).fill('Return shipping');
  await page.getByLabel('Budget').fill('250.50');
  await page.getByLabel('Destinations').fill('es, br');
  await page.getByRole('button', { name: 'Open the programme' }).click();
  await page.getByRole('heading', { name: 'Return shipping' }).waitFor();
  await page.getByText('Spain, Brazil').waitFor();
  expect(await page.getByText('¥250.50').count()).toBe(2);
  await page.getByRole('button', { name: 'End it' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'End it' }).click();
  await page.getByText('Ended', { exact: true }).waitFor();
});

it('nothing of another marketplace is to be found', async () => {
  const other = keyHolder(stage, 'live', 'merchant_admin', 'merchant_br');
  const foreign = await other.get('/v1/me');
  await page.goto(`/marketplace/merchants/${foreign.organisation.id}`);
  await page.getByRole('alert').waitFor();
  expect(await page.textContent('main')).not.toContain('Loja');
  expect(watched.faults).toEqual([]);
});
