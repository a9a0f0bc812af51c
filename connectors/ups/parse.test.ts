import { expect, it } from 'vitest';
import { ups } from './parse.ts';
import { SAMPLES } from './samples.fixture.ts';

const parse = (payload: string) => ups.parse(new TextEncoder().encode(payload));

it('takes the day put off for the estimate, and the code of the state from its own list', () => {
  const sample = SAMPLES.find(({ about }) => about.startsWith('a day put off'));
  const [parcel] = parse(sample?.payload ?? '').parcels;
  expect(parcel?.estimatedDate).toBe('2026-03-07');
  expect(parcel?.state).toEqual({
    code: '040',
    text: 'Delivered to UPS Access Point',
    milestone: 'at_point',
    substatus: 'available_for_pickup.outlet',
  });
});

it.each([
  ['401', 'not_authorised'],
  ['404', 'carrier_refused'],
  ['429', 'rate_limited'],
  ['503', 'carrier_unavailable'],
  ['151018', 'number_invalid'],
  ['999999', 'carrier_refused'],
])('names the code %s', (code, name) => {
  const payload = JSON.stringify({ response: { errors: [{ code, message: 'no' }] } });
  expect(parse(payload).errors.map((error) => error.name)).toEqual([name]);
});
