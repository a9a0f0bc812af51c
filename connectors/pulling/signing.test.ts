import { describe, expect, it } from 'vitest';
import { findPullClient, pushReceiverOf } from '../clients.ts';
import { CONNECTORS } from '../index.ts';

/** Signatures by hand: made with the hash functions of another language from the carriers' own descriptions. */
const NOW_MS = Date.UTC(2026, 2, 4, 12);
const bytes = (text: string) => new TextEncoder().encode(text);

function formOf(connector: string, number: string, carrierCode: string): URLSearchParams {
  const client = findPullClient(connector);
  if (client === undefined) throw new Error(connector);
  const fields = Object.fromEntries(client.fields.map(({ name }) => [name, `secret-${name}`]));
  const facts = { fields, nowMs: NOW_MS, nonce: 'n', token: '' };
  const { path, body = '' } = client.request([{ number, carrierCode }], facts);
  return new URLSearchParams(connector === '4px' ? path.split('?')[1] : body);
}

describe('what a request is signed with', () => {
  it.each([
    ['kuaidi100', 'YT1', 'yto', 'sign', '3D2A6C4070E978FDC7459594A167F2E9'],
    ['kdniao', 'YT1', 'yto', 'DataSign', 'MTY0ZDgzZTY3NjRkOGQ3ZTAxNWMyZmZiZWNlODhiM2Q='],
    ['sf_express', 'SF1', 'sf_express', 'msgDigest', 'LrePaqtf12bS3hPJJTz3eQ=='],
    ['4px', '4PX1', '4px', 'sign', 'b96dbb339f9507f5d1e2c3a42bf27c45'],
  ])('%s', (connector, number, carrier, name, signature) => {
    expect(formOf(connector, number, carrier).get(name)).toBe(signature);
  });
});

const PAYLOAD = '{"status":"polling"}';
const form = (fields: Record<string, string>) => bytes(new URLSearchParams(fields).toString());
/** The example of Standard Webhooks; its time is of February 2021. */
const RELAYED = {
  body: bytes('{"test": 2432232314}'),
  headers: {
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,AAAA v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  },
};
const RELAY_SECRET = { secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' };
const RELAY_TIME_MS = 1_614_265_330_000;

describe('a push', () => {
  it.each([
    ['kuaidi100', { salt: 'salty' }, { param: PAYLOAD, sign: '942E892DBF926774C6F1D5988AB4CE2F' }],
    [
      'kdniao',
      { app_key: 'apikey' },
      { RequestData: PAYLOAD, DataSign: 'NTdkMjUzMzQzZjY2NGMxYjI0NTRkMDM2YWQ2MjM1MTM=' },
    ],
    [
      'cainiao',
      { app_secret: 'apikey' },
      { logistics_interface: PAYLOAD, data_digest: 'V9JTND9mTBskVNA2rWI1Ew==' },
    ],
  ] as const)('of %s is genuine with its signature alone', (connector, fields, told) => {
    const receiver = pushReceiverOf(connector);
    const verdict = (body: Uint8Array, secret: object = fields) =>
      receiver.verify({ headers: {}, body }, secret as Record<string, string>, NOW_MS);
    expect(verdict(form(told))).toBe('genuine');
    expect(receiver.unwrap?.({ headers: {}, body: form(told) })?.payload).toEqual(bytes(PAYLOAD));
    const [dataName = '', signName = ''] = Object.keys(told);
    const { [dataName]: data = '', [signName]: sign = '' } = told as Readonly<Record<string, string>>;
    expect(verdict(form({ [dataName]: `${data} `, [signName]: sign }))).toBe('forged');
    expect(verdict(form({ [dataName]: data, [signName]: `${sign}=` }))).toBe('forged');
    expect(verdict(form({ [dataName]: data }))).toBe('unsigned');
    expect(verdict(form(told), Object.fromEntries(Object.keys(fields).map((name) => [name, 'other'])))).toBe(
      'forged',
    );
    expect(verdict(Uint8Array.of(0xff, 0x00, 0x26, 0x3d))).toBe('unsigned');
  });

  it('of FedEx is signed over its bytes', () => {
    const signed = (signature: string | undefined, body = PAYLOAD) =>
      pushReceiverOf('fedex').verify(
        { headers: { 'fdx-signature': signature }, body: bytes(body) },
        { security_token: 'tok' },
        NOW_MS,
      );
    const right = 'yk3nq9fqUuBFYS+1GPoU3fKeiJ4nE2EHQTqhxuSFNoM=';
    expect(signed(right)).toBe('genuine');
    expect(signed(right, `${PAYLOAD} `)).toBe('forged');
    expect(signed(right.toLowerCase())).toBe('forged');
    expect(signed(undefined)).toBe('unsigned');
  });

  it('of UPS has the credential that was agreed on', () => {
    const with_ = (credential: string | undefined) =>
      pushReceiverOf('ups').verify(
        { headers: { credential }, body: bytes('{}') },
        { credential: 'abc' },
        NOW_MS,
      );
    expect(with_('abc')).toBe('genuine');
    expect([with_('ab'), with_('abcd'), with_('abd')]).toEqual(['forged', 'forged', 'forged']);
    expect([with_(undefined), with_('')]).toEqual(['unsigned', 'unsigned']);
  });

  it('through a relay is signed with its time, and not taken again later', () => {
    const relay = pushReceiverOf('dpd');
    const at = (nowMs: number, headers: object = {}) =>
      relay.verify({ ...RELAYED, headers: { ...RELAYED.headers, ...headers } }, RELAY_SECRET, nowMs);
    expect(at(RELAY_TIME_MS)).toBe('genuine');
    expect(at(RELAY_TIME_MS + 300_000)).toBe('genuine');
    expect(at(RELAY_TIME_MS + 300_001)).toBe('too_old');
    expect(at(RELAY_TIME_MS - 300_001)).toBe('too_old');
    expect(at(RELAY_TIME_MS, { 'webhook-timestamp': '1614265331' })).toBe('forged');
    expect(at(RELAY_TIME_MS, { 'webhook-id': 'msg_other' })).toBe('forged');
    expect(at(RELAY_TIME_MS, { 'webhook-signature': undefined })).toBe('unsigned');
    expect(relay.verify(RELAYED, { secret: 'whsec_AAAA' }, RELAY_TIME_MS)).toBe('forged');
  });

  it('can be proved for every connector, by named fields', () => {
    for (const { code } of CONNECTORS) {
      const receiver = pushReceiverOf(code);
      expect(receiver.connector).toBe(code);
      expect(receiver.source.length).toBeGreaterThan(10);
      expect(receiver.fields.length).toBeGreaterThan(0);
      expect(receiver.verify({ headers: {}, body: bytes('{}') }, {}, NOW_MS)).toBe('unsigned');
      const { body } = receiver.acknowledge({ fields: {}, nowMs: NOW_MS });
      expect(() => JSON.parse(body)).not.toThrow();
    }
  });
});
