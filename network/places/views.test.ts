import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import {
  AddressValidationBody,
  AddressValidationView,
  CityListView,
  CitySearchQuery,
  CountryListView,
  DivisionListView,
} from './contract.ts';
import { ATTRIBUTION } from './sources.ts';
import { addressValidationView, citiesView, countriesView, divisionsView } from './views.ts';

describe('answers', () => {
  test('every answer fits its contract and names its source', () => {
    const countries = CountryListView.parse(countriesView());
    expect(countries.data.length).toBe(250);
    for (const country of ['CN', 'BR', 'us', 'AQ']) {
      const divisions = divisionsView({ country });
      expect(divisions.ok && DivisionListView.parse(divisions.value).attribution).toBe(ATTRIBUTION);
    }
    const cities = citiesView({ text: 'paris', country: 'FRA', limit: 5 });
    expect(cities.ok && CityListView.parse(cities.value).data[0]?.name).toBe('Paris');
    expect(ATTRIBUTION).toContain('GeoNames');
  });

  test('an unknown country or parent is refused with its code', () => {
    expect(divisionsView({ country: 'ZZ' })).toMatchObject({
      ok: false,
      rejection: { code: 'country_unknown' },
    });
    expect(citiesView({ text: 'a', country: 'ZZ', limit: 1 })).toMatchObject({ ok: false });
    const parent = divisionsView({ country: 'CN', parentCode: '999999' });
    expect(parent).toMatchObject({ ok: false, rejection: { code: 'division_unknown' } });
  });

  test('a batch answers per object id in the order of the caller', () => {
    const body = AddressValidationBody.parse({
      addresses: [
        {
          objectId: 'good',
          address: { country: 'US', division: 'MA', city: 'Boston', postcode: '02110', lines: ['1'] },
        },
        { objectId: 'bad', address: { country: 'US' } },
        { objectId: 'good', address: { country: 'CN', lines: ['浙江省杭州市余杭区1号'] } },
      ],
    });
    const view = AddressValidationView.parse(addressValidationView(body));
    expect(view.data.map((one) => [one.objectId, one.isValid])).toEqual([
      ['good', true],
      ['bad', false],
      ['good', true],
    ]);
    expect(view.data[0]?.located?.precision).toBe('postcode');
    expect(view.data[1]?.errors.map((error) => error.pointer)).toContain('/lines');
  });

  test.each<[string, unknown]>([
    ['empty', { addresses: [] }],
    ['101', { addresses: Array.from({ length: 101 }, () => ({ objectId: 'a', address: {} })) }],
    ['unknown field', { addresses: [{ objectId: 'a', address: {}, name: 'x' }] }],
    ['a person in the address', { addresses: [{ objectId: 'a', address: { name: 'x' } }] }],
  ])('a batch that is %s is refused by the contract', (_, body) => {
    expect(AddressValidationBody.safeParse(body).success).toBe(false);
  });

  test('the query of a city search has bounds and a default', () => {
    expect(CitySearchQuery.parse({ text: ' a ' })).toEqual({ text: 'a', limit: 20 });
    for (const limit of [0, 101, 1.5, 'x'])
      expect(CitySearchQuery.safeParse({ text: 'a', limit }).success).toBe(false);
  });

  test('contracts become JSON schema', () => {
    const schema = z.toJSONSchema(AddressValidationView);
    expect(JSON.stringify(schema)).toContain('AddressCheck');
  });
});
