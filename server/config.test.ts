import { expect, test } from 'vitest';
import { configFrom } from './config.ts';

test('no proxy is trusted unless it is named', () => {
  expect(configFrom({}).trustedProxies).toEqual([]);
  expect(configFrom({ POSTROAD_TRUSTED_PROXIES: '' }).trustedProxies).toEqual([]);
  const named = '10.0.0.7, 192.168.0.0/16,2001:db8::/32';
  expect(configFrom({ POSTROAD_TRUSTED_PROXIES: named }).trustedProxies).toEqual([
    '10.0.0.7',
    '192.168.0.0/16',
    '2001:db8::/32',
  ]);
});

test.each([
  'true',
  '*',
  '0.0.0.0/0',
  '::/0',
  '10.0.0.0/7',
  '10.0.0.1/33',
  '10.0.0.1/',
  '10.0.0.1/8/8',
  'proxy.example',
])('%s is no proxy that may be trusted', (text) => {
  expect(() => configFrom({ POSTROAD_TRUSTED_PROXIES: text })).toThrow('POSTROAD_TRUSTED_PROXIES');
});

test('the public address is a scheme and a host, and its host counts', () => {
  expect(configFrom({}).publicHost).toBeUndefined();
  expect(configFrom({ POSTROAD_PUBLIC_URL: 'https://post.example' }).publicHost).toBe('post.example');
  expect(configFrom({ POSTROAD_PUBLIC_URL: 'http://localhost:9000/' }).publicHost).toBe('localhost:9000');
});

test.each(['post.example', 'https://post.example/office', 'ftp://post.example', 'https://me@post.example'])(
  '%s is no public address',
  (text) => {
    expect(() => configFrom({ POSTROAD_PUBLIC_URL: text })).toThrow('POSTROAD_PUBLIC_URL');
  },
);
