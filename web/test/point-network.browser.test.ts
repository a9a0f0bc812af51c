import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { jpeg } from '../../network/deliveries/proof.fixture.ts';
import { logInOnPage, openBrowser, visitor, type WatchedPage, watchedPage } from './browser.ts';
import { HOSTILE, merchantScene } from './merchant.scene.ts';
import { pointNetworkScene } from './point-network.scene.ts';
import { keyHolder, type Stage, startStage } from './stage.ts';

let stage: Stage;
let browser: Browser;
const watched: WatchedPage[] = [];
let office: Page;
let operator: Page;
beforeAll(async () => {
  stage = await startStage([merchantScene, pointNetworkScene]);
  browser = await openBrowser();
  [office, operator] = [await pageOf('point_staff'), await pageOf('operator')];
});
afterAll(async () => {
  await browser?.close();
  await stage?.stop();
});

async function pageOf(role: string): Promise<Page> {
  const one = await watchedPage(await visitor(browser, stage, role), stage);
  watched.push(one);
  return one.page;
}

it('an application goes on when its papers are here and the operator accepts them', async () => {
  const id = stage.facts.applying_outlet ?? '';
  await operator.goto(`/operations/outlets/${id}`);
  await operator.getByRole('button', { name: 'Decide' }).click();
  await operator.getByRole('alert').getByText('No paper was handed in yet').waitFor();
  await office.goto(`/network/outlets/${id}?view=papers`);
  await office.getByLabel('Kind').selectOption({ label: 'Lease' });
  await office
    .locator('input[type=file]')
    .setInputFiles({ name: 'lease.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(jpeg()) });
  await office.getByRole('table', { name: 'Papers' }).getByText('Lease').waitFor();
  await operator.reload();
  await operator.getByRole('table', { name: 'Papers' }).getByText('Lease').waitFor();
  await operator.getByRole('button', { name: 'Decide' }).click();
  await operator.getByText('It is decided.').waitFor();
  await operator.getByLabel('Decision').selectOption({ label: 'Site check passed' });
  await operator.getByLabel('Note').fill('bright, no steps');
  await operator.getByRole('button', { name: 'Decide' }).click();
  await operator.getByRole('table', { name: 'History' }).getByText('bright, no steps').waitFor();
  await office.reload();
  await office.getByRole('main').getByText('Training', { exact: true }).first().waitFor();
});

it('a feed tells what is wrong with a line, as text, and asks before it closes outlets', async () => {
  await office.goto('/network/feeds');
  await office
    .getByLabel('Or paste the lines')
    .fill(
      [
        'outlet_code,name,kind,services,country,city,address,latitude,longitude,zone,hours,collect_per_hour,shelf',
        `HZ-301,"${HOSTILE.replaceAll('"', '""')}",kiosk,collect,CN,Hangzhou,Street 1,95,120.1,Asia/Shanghai,Mo-Su 08:00-20:00,10,40`,
        'HZ-302,Jiefang Road,shop,collect,CN,Hangzhou,Street 2,30.25,120.17,Asia/Shanghai,Mo-Su 08:00-20:00,10,40',
      ].join('\n'),
    );
  await office.getByText('All outlets: who is missing has closed').click();
  await office.getByRole('button', { name: 'Send it' }).click();
  await office.waitForURL(/\/network\/feeds\/pfd_/);
  await stage.network.settle();
  const lines = office.getByRole('table', { name: 'Line by line' });
  const bad = lines.getByRole('row', { name: /Line 2/ });
  await bad.getByText('Refused').waitFor();
  expect(await bad.textContent()).toMatch(/kind: .*latitude: /);
  await lines
    .getByRole('row', { name: /Line 3/ })
    .getByText('Opened')
    .waitFor();
  expect(await office.locator('main img').count()).toBe(0);
  await office.getByText('Are they really closed?').waitFor();
  await office.getByRole('button', { name: 'No, keep them open' }).click();
  await stage.network.settle();
  await office.getByRole('main').getByText('Done', { exact: true }).waitFor();
  const { data } = await keyHolder(stage, 'live', 'point_staff', 'point').get('/v1/points', {
    params: { query: { state: 'exited' } },
  });
  expect(data).toEqual([]);
});

it('hours, a range and capacity of an outlet are what the screen says', async () => {
  const id = stage.facts.outlet ?? '';
  const record = () =>
    keyHolder(stage, 'live', 'point_staff', 'point').get('/v1/points/{point_id}/record', {
      params: { path: { point_id: id } },
    });
  await office.goto(`/network/outlets/${id}?view=hours`);
  await office.getByLabel('Sunday').fill('9-12, 11-14');
  await office.getByRole('button', { name: 'Save the hours' }).click();
  await office.getByText('Write hours as 8-12, 14:30-20.').waitFor();
  await office.getByLabel('Sunday').fill('9-12, 14:30-18');
  await office.getByRole('button', { name: 'Save the hours' }).click();
  await office.getByText('The outlet is changed.').first().waitFor();
  expect((await record()).hours.filter(({ day }) => day === 7)).toEqual([
    { day: 7, opens: '09:00', closes: '12:00' },
    { day: 7, opens: '14:30', closes: '18:00' },
  ]);
  await office.goto(`/network/outlets/${id}?view=range`);
  await office.getByRole('button', { name: 'Change the range' }).click();
  await office.getByLabel('Corners of the line').fill('30.3, 120.1\n30.3, 120.2\n30.2, 120.2');
  await office.getByRole('button', { name: 'Save the range' }).click();
  await office.getByText('People within the drawn line (3 corners).').waitFor();
  expect((await record()).range?.ring).toHaveLength(4);
  await office.goto(`/network/outlets/${id}?view=capacity`);
  await office.getByLabel('Returns 9:00').fill('7');
  await office.getByRole('button', { name: 'Publish' }).click();
  await office.getByText('The capacity is published.').waitFor();
  const capacity = await keyHolder(stage, 'live', 'point_staff', 'point').get(
    '/v1/points/{point_id}/capacity',
    {
      params: { path: { point_id: id } },
    },
  );
  expect(capacity.hours).toEqual([{ service: 'return', day: 'daily', hour: 9, capacity: 7 }]);
});

it('a decision is explained, and other weights send a demand elsewhere', async () => {
  await operator.goto(`/operations/point-decisions/${stage.facts.point_decision}`);
  const row = operator
    .getByRole('table', { name: 'Candidates' })
    .getByRole('row', { name: /1\. Wensan Road/ });
  await row.getByText('Chosen', { exact: true }).waitFor();
  await operator.goto('/operations/point-replay');
  await operator.getByLabel('Weight: Distance').fill('0');
  await operator.getByLabel('Weight: Capacity left').fill('100');
  await operator.getByRole('button', { name: 'Take it again' }).click();
  const moves = operator.getByRole('table', { name: 'Demands sent elsewhere' });
  const moved = moves.getByRole('row', { name: /Wensan Road/ }).first();
  expect(await moved.textContent()).toContain('Xixi Station');
  await moved.getByRole('link').click();
  await operator.getByRole('heading', { name: 'Candidates' }).waitFor();
});

it('an appeal is decided, and the money goes back', async () => {
  await operator.goto(`/operations/deductions/${stage.facts.appealed_deduction}`);
  await operator.getByText('It was found behind the counter').waitFor();
  await operator.getByText('Give all of it back').click();
  await operator.getByLabel('Why', { exact: true }).fill('The hand-out is in the timeline.\nThank you.');
  await operator.getByRole('button', { name: 'Decide', exact: true }).click();
  await operator.getByText('The appeal is decided.').waitFor();
  await office.goto('/network/deductions?state=overturned');
  await office.getByRole('table', { name: 'Deductions' }).getByText('Lost').waitFor();
});

it('coverage shows unserved demand, and recommends sites with their curve', async () => {
  await operator.goto('/operations/coverage?country=CN&service=return');
  await operator.getByRole('table', { name: 'Demand that found no point' }).getByText('30.27').waitFor();
  await operator.getByLabel('Points', { exact: true }).fill('3');
  await operator.getByRole('button', { name: 'Recommend' }).click();
  await operator.getByRole('img', { name: 'Coverage curve' }).waitFor();
  expect(await operator.getByRole('table', { name: 'Recommended sites' }).getByRole('row').count()).toBe(4);
});

it('a marketplace reads why its own demand went where it went, without fees', async () => {
  const market = await pageOf('marketplace_staff');
  await market.goto('/marketplace/point-decisions');
  await market.getByRole('link', { name: /R-1/ }).click();
  await market.getByRole('table', { name: 'Candidates' }).getByText('Wensan Road').first().waitFor();
  expect(await market.getByText('Fee').count()).toBe(0);
});

it('a device of a clerk is named and blocked at the desk, and the clerk is out at once', async () => {
  const clerk = await pageOf('point_clerk');
  await clerk.goto('/point');
  await clerk.getByRole('heading', { level: 1 }).waitFor();
  await office.goto('/network/clerks');
  const devices = office.getByRole('table', { name: 'Devices' });
  await devices.getByRole('button', { name: 'Name it' }).click();
  await office.getByLabel('Name', { exact: true }).fill('Tablet at the counter');
  await office.getByRole('button', { name: 'Save' }).last().click();
  const row = devices.getByRole('row', { name: /Tablet at the counter/ });
  await row.getByText('In use').waitFor();
  await row.getByRole('button', { name: 'Block', exact: true }).click();
  await office.getByLabel('Why', { exact: true }).fill('Left in a taxi');
  await office.getByRole('dialog').getByRole('button', { name: 'Block', exact: true }).click();
  await row.getByText('Left in a taxi').waitFor();
  await clerk.goto('/point/me');
  await clerk.waitForURL((url) => url.pathname === '/login');
  await row.getByRole('button', { name: 'Unblock' }).click();
  await row.getByText('In use').waitFor();
});

it('the office asks itself for a device; a paper that it opens from then on is proven as well', async () => {
  await office.goto('/network/clerks');
  await office.getByText('Point staff', { exact: true }).click();
  await office.getByText('on this device you have to log in again').waitFor();
  await office.getByRole('button', { name: 'Save' }).last().click();
  await office.getByText('That is the rule from now on.').waitFor();
  await office.context().clearCookies();
  const person = stage.people.find(({ role }) => role === 'point_staff');
  if (person === undefined) throw new Error('the demo has an office');
  await logInOnPage(office.context(), person);
  // The cookie alone opens nothing.
  expect((await office.context().request.get('/v1/point-devices')).status()).not.toBe(200);
  await office.goto(`/network/outlets/${stage.facts.applying_outlet}?view=papers`);
  const opened = office.waitForEvent('popup');
  await office.getByRole('table', { name: 'Papers' }).getByRole('button').first().click();
  const paper = await opened;
  await paper.waitForURL(/^blob:/);
  expect(await paper.evaluate(() => document.contentType)).toBe('image/jpeg');
  await paper.close();
  expect(watched.flatMap(({ faults }) => faults)).toEqual([]);
});
