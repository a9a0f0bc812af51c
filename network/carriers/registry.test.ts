import { expect, test } from 'vitest';
import { CARRIERS, findCarrier, findNumberFormat, getCarrier, SHIPPED_SOURCES } from './registry.ts';

const STORIES =
  'china_post ems usps singapore_post correos ups dhl_express fedex tnt toll sf_express 4px yanwen cainiao jd zto yto sto yunda correios'.split(
    ' ',
  );

test('every carrier that the stories name is in the registry, once', () => {
  for (const code of STORIES) expect(findCarrier(code)?.code).toBe(code);
  expect(new Set(CARRIERS.map((carrier) => carrier.code)).size).toBe(CARRIERS.length);
});

test('the default recognition is that of the articles', () => {
  const recognised = CARRIERS.filter((carrier) => carrier.recognised).map((carrier) => carrier.code);
  const expected =
    'china_post ems usps singapore_post correos correios ups dhl_express fedex tnt toll sf_express cainiao';
  expect(recognised.filter((code) => !code.startsWith('postroad_'))).toEqual(expected.split(' '));
});

test('only our own carriers take orders until a connector ships', () => {
  for (const carrier of CARRIERS) {
    expect(carrier.orderIntake).toBe(carrier.code.startsWith('postroad_') ? 'native' : 'tracking_only');
  }
});

test('each carrier has formats of its own, and every example leads back to it', () => {
  for (const carrier of CARRIERS) {
    expect(carrier.numberFormats.length).toBeGreaterThan(0);
    for (const format of carrier.numberFormats)
      expect(findNumberFormat(carrier, format.example)?.name).toBe(format.name);
    expect(findNumberFormat(carrier, 'NO-NUMBER')).toBeUndefined();
  }
});

test('what is said of the express network of DHL is not said of its other numbers', () => {
  const express = getCarrier('dhl_express');
  expect(express.names.en).toBe('DHL Express');
  expect(findNumberFormat(express, '3318810025')?.name).toBe('dhl_express');
  expect(findNumberFormat(express, 'GM2951173225174494')).toBeUndefined();
});

test('an unknown code is a programming error for get and nothing for find', () => {
  expect(findCarrier('__proto__')).toBeUndefined();
  expect(() => getCarrier('constructor')).toThrow(RangeError);
});

test('every carrier has one shipped source', () => {
  expect(SHIPPED_SOURCES.map((source) => source.id)).toEqual(CARRIERS.map((carrier) => carrier.code));
});
