import { expect, test } from 'vitest';
import { planViewOf } from './site-plan-view.ts';

const BOX = { width: 600, height: 400 };
const HERE = { latitude: 30, longitude: 120 };

test('places lie in the box, north up and east right, as far apart as the scale says', () => {
  const there = { latitude: 30.01, longitude: 120.02 };
  const view = planViewOf([HERE, there], BOX);
  const [x, y] = view.at(HERE);
  const [xThere, yThere] = view.at(there);
  for (const [value, end] of [
    [x, 600],
    [y, 400],
    [xThere, 600],
    [yThere, 400],
  ] as const) {
    expect(value).toBeGreaterThanOrEqual(30);
    expect(value).toBeLessThanOrEqual(end - 30);
  }
  expect(xThere).toBeGreaterThan(x);
  expect(yThere).toBeLessThan(y);
  const meters = Math.hypot(xThere - x, yThere - y) / view.pixelsPerMeter;
  expect(meters).toBeGreaterThan(2_200);
  expect(meters).toBeLessThan(2_250);
});

test('one place alone stands in the middle of a street', () => {
  const view = planViewOf([HERE], BOX);
  expect(view.at(HERE)).toEqual([300, 200]);
  expect(view.bar).toMatchObject({ meters: 200 });
});

test('neighbours across the 180th meridian are neighbours', () => {
  const view = planViewOf(
    [
      { latitude: 0, longitude: 179.99 },
      { latitude: 0, longitude: -179.99 },
    ],
    BOX,
  );
  const [west] = view.at({ latitude: 0, longitude: 179.99 });
  const [east] = view.at({ latitude: 0, longitude: -179.99 });
  expect((east - west) / view.pixelsPerMeter).toBeCloseTo(2_223.9, 0);
});
