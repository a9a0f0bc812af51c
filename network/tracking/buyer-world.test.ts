import { expect, it } from 'vitest';
import { worldOfQuestion } from './buyer.ts';

it.each([
  ['{"number":"PRE1","phone_last4":"1234"}', 'live'],
  ['{"number":"PRE1","phone_last4":"1234","world":"live"}', 'live'],
  ['{"number":"PRE1","phone_last4":"1234","world":"test"}', 'test'],
  ['{"token":"trk_test_AAAAAAAAAAAAAAAAAAAAAA"}', 'test'],
  ['{"token":"trk_live_AAAAAAAAAAAAAAAAAAAAAA"}', 'live'],
  ['{"world":["test"]}', 'live'],
  ['null', 'live'],
  ['[]', 'live'],
  ['{"world":"test"', 'live'],
  ['', 'live'],
  [`{"world":"test","number":"${'1'.repeat(4_000)}"}`, 'live'],
])('the question %s is about the %s world', (body, world) => {
  expect(worldOfQuestion(Buffer.from(body))).toBe(world);
});
