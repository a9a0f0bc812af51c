import { expect, test } from 'vitest';
import { createPostroadClient } from '../client.ts';
import { answer, startDouble } from '../double.fixture.ts';
import { track } from './track.ts';

const said = (scan_id: string, milestone: string, hour: number, more: object = {}) => ({
  ...{ scan_id, milestone, code: milestone, occurred_at: `2026-11-22T0${hour}:00:00.000Z`, ...more },
});
const timeline = {
  entries: [
    said('1', 'picked_up', 1, { effect: 'moved' }),
    said('2', 'delivered', 4, { effect: 'corrected' }),
    said('3', 'delivery_attempted', 4, { effect: 'moved', place: { country: 'CN', city: 'Hangzhou' } }),
  ],
  unverified: [said('4', 'delivered', 2)],
  quarantined: [said('5', 'linehaul', 3)],
};
const parcel = { id: 'pcl_1', number: 'A1', status: 'delivery_attempted', terminal: false };

async function printed(json: boolean, more: object = {}): Promise<readonly string[]> {
  const double = await startDouble(
    answer(200, { number: 'A1', parcels: [{ parcel: { ...parcel, ...more }, timeline }] }),
  );
  const lines: string[] = [];
  const output = {
    ...{ json, isTerminal: false },
    write: (text: string) => {
      lines.push(text.trim());
    },
    note: () => undefined,
  };
  const client = createPostroadClient({ baseUrl: double.baseUrl, key: 'k' });
  await track(client, output, ['A1'], { watch: false, every: 1 });
  await double.stop();
  return lines;
}

test('what was put right, is not verified or cannot be true is marked, each in its time', async () => {
  expect((await printed(false)).slice(1).map((line) => line.split(/\s{2,}/).slice(1))).toEqual([
    ['picked_up'],
    ['delivered', '(not verified)'],
    ['linehaul', '(quarantined)'],
    ['delivered', '(corrected)'],
    ['delivery_attempted', 'Hangzhou, CN'],
  ]);
  const steps = (await printed(true)).map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(steps.map((step) => step.void)).toEqual([
    ...[undefined, undefined, 'not_verified', 'quarantined', 'corrected', undefined],
  ]);
});

test('a promise is told by its last day at the destination, or by its end where nobody knows that clock', async () => {
  const promise = { kind: 'PROMISE', earliest: '2026-11-24T23:00:00Z', latest: '2026-11-25T22:59:59.999Z' };
  const zone = { destination_zone: 'Europe/Berlin' };
  expect((await printed(false, { promise, ...zone }))[0]).toBe('A1  delivery_attempted  promised 2026-11-25');
  expect((await printed(false, { promise }))[0]).toMatch(/promised 2026-11-25T22:59:59.999Z$/);
  expect(JSON.parse((await printed(true, { promise, ...zone }))[0] ?? '')).toMatchObject({
    promised: '2026-11-25',
  });
  expect((await printed(false))[0]).toBe('A1  delivery_attempted');
});
