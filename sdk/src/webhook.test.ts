import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { verifyWebhook, WebhookVerificationError } from './webhook.ts';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const BODY = '{"type":"shipment.purchased","data":{"name":"纸灯笼"}}';
const AT = new Date('2026-11-22T04:00:00Z');

function signed(body = BODY, secret = SECRET) {
  return {
    'webhook-id': 'msg_1',
    'webhook-timestamp': String(AT.getTime() / 1000),
    'webhook-signature': new Webhook(secret).sign('msg_1', AT, body),
  };
}
const verify = (change: Partial<Parameters<typeof verifyWebhook>[0]> = {}) =>
  verifyWebhook({ secret: SECRET, headers: signed(), body: BODY, nowMs: AT.getTime(), ...change });

test('what the reference implementation signs is taken, as text, bytes and Headers', async () => {
  const wanted = JSON.parse(BODY);
  expect(await verify()).toEqual(wanted);
  expect(await verify({ body: new TextEncoder().encode(BODY) })).toEqual(wanted);
  expect(await verify({ headers: new Headers(signed()) })).toEqual(wanted);
  const upper = Object.fromEntries(
    Object.entries(signed()).map(([name, value]) => [name.toUpperCase(), [value]]),
  );
  expect(await verify({ headers: upper })).toEqual(wanted);
});

test('during a rotation one of several signatures suffices', async () => {
  const other = signed(BODY, 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA')['webhook-signature'];
  const headers = { ...signed(), 'webhook-signature': `v1a,xyz ${other} ${signed()['webhook-signature']}` };
  expect(await verify({ headers })).toEqual(JSON.parse(BODY));
});

test.each([
  ['another body', { body: BODY.replace('purchased', 'delivered') }],
  ['another secret', { secret: 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }],
  ['another id', { headers: { ...signed(), 'webhook-id': 'msg_2' } }],
  ['another time', { headers: { ...signed(), 'webhook-timestamp': String(AT.getTime() / 1000 + 1) } }],
  ['a malformed time', { headers: { ...signed(), 'webhook-timestamp': '1e9' } }],
  ['no signature', { headers: { ...signed(), 'webhook-signature': '' } }],
  ['a signature that is no base64', { headers: { ...signed(), 'webhook-signature': 'v1,***' } }],
  [
    'an unknown version only',
    { headers: { ...signed(), 'webhook-signature': signed()['webhook-signature'].replace('v1,', 'v2,') } },
  ],
  ['a missing header', { headers: { 'webhook-id': 'msg_1' } }],
  ['an empty secret', { secret: 'whsec_' }],
  ['a secret that is no base64', { secret: 'whsec_***' }],
  ['a replay after the tolerance', { nowMs: AT.getTime() + 301_000 }],
  ['a time in the future', { nowMs: AT.getTime() - 301_000 }],
  ['signed bytes that are no JSON', { headers: signed('{oops'), body: '{oops' }],
])('%s is refused', async (_name, change) => {
  await expect(verify(change)).rejects.toBeInstanceOf(WebhookVerificationError);
});
