import { expect, it } from 'vitest';
import { findConnector } from '../index.ts';
import { errorLines } from './sample.fixture.ts';

const parse = (connector: string, text: string) =>
  errorLines(
    findConnector(connector)?.parse(new TextEncoder().encode(text)) ??
      expect.fail(`no connector ${connector}`),
  );

it.each([
  [
    '{"fault":{"faultstring":"x","detail":{"errorcode":"steps.jwt.TokenExpired"}}}',
    'not_authorised steps.jwt.TokenExpired -',
  ],
  [
    '{"fault":{"faultstring":"x","detail":{"errorcode":"policies.ratelimit.SpikeArrestViolation"}}}',
    'rate_limited policies.ratelimit.SpikeArrestViolation -',
  ],
  [
    '{"fault":{"faultstring":"x","detail":{"errorcode":"messaging.adaptors.http.flow.GatewayTimeout"}}}',
    'carrier_unavailable messaging.adaptors.http.flow.GatewayTimeout -',
  ],
  ['{"fault":{"code":900802,"message":"Message throttled out"}}', 'rate_limited 900802 -'],
  ['{"httpCode":"401","httpMessage":"Unauthorized"}', 'not_authorised 401 -'],
  ['{"title":"Not Found","status":404,"detail":"No such address"}', 'carrier_refused 404 -'],
  ['{"timestamp":"x","status":503,"error":"Service Unavailable","path":"/"}', 'carrier_unavailable 503 -'],
  ['{"error":"invalid_token","error_description":"expired"}', 'not_authorised invalid_token -'],
  ['{"message":"Too Many Requests"}', 'rate_limited - -'],
  ['{"message":"hello"}', 'payload_unexpected - -'],
  ['{"error":"hello"}', 'payload_unexpected - -'],
  ['{"status":200,"message":"hello"}', 'payload_unexpected - -'],
])('a gateway that answers for the carrier is named: %s', (text, line) => {
  expect(parse('cainiao', text)).toEqual([line]);
});

it('a fault in an envelope is named, whatever the carrier writes', () => {
  const fault =
    '<s:Envelope xmlns:s="urn:s"><s:Body><s:Fault><faultcode>s:Server</faultcode><faultstring>down</faultstring></s:Fault></s:Body></s:Envelope>';
  for (const connector of ['ups', 'tnt', 'landmark', 'chronopost'])
    expect(parse(connector, fault)).toEqual(['carrier_refused s:Server -']);
});

it.each([
  '<!DOCTYPE html>\n<html><head><meta charset="utf-8"><br></html>',
  '<!doctype HTML PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x"><html/>',
  '<!-- proxy --><html lang="en"><body>Down</body></html>',
])('a web page is no answer: %s', (page) => {
  expect(parse('ups', page)).toEqual(['payload_unexpected - -']);
  expect(parse('sf_express', page)).toEqual(['payload_unexpected - -']);
});

it('nothing to tell is no refusal', () => {
  expect(parse('sf_express', '{"success":true,"msgData":{"routeResps":null}}')).toEqual([]);
  expect(parse('dhl_unified', '{"shipments":[]}')).toEqual([]);
});
