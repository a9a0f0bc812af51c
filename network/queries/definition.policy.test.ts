import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEventQuery, valuesOfAddress } from '../epcis/index.ts';
import { instant } from '../kernel/index.ts';
import { filterOf, readDefinition } from './definition.policy.ts';
import { inDocuments } from './documents.policy.ts';
import { readWish } from './subscription.policy.ts';

const NOW = instant('2026-03-01T12:00:00Z');

describe('a query in JSON', () => {
  it.each([
    [{ EQ_bizStep: ['arriving', 'departing'] }, { EQ_bizStep: 'arriving|departing' }],
    [
      { eventType: ['ObjectEvent'], GE_quantity: 2.5 },
      { eventType: 'ObjectEvent', GE_quantity: '2.5' },
    ],
    [{ EQ_quantity: [1, 2] }, { EQ_quantity: ['1', '2'] }],
    [{ EQ_booleanValue: true }, { EQ_booleanValue: 'true' }],
    [{ EXISTS_errorDeclaration: null }, { EXISTS_errorDeclaration: 'true' }],
    [{ EXISTS_errorDeclaration: 0 }, { EXISTS_errorDeclaration: 'false' }],
    [
      { GE_errorDeclaration_Time: '2026-01-01T00:00:00Z', '@context': ['https://a.example/c'] },
      { GE_errorDeclarationTime: '2026-01-01T00:00:00Z' },
    ],
    [
      { orderBy: 'recordTime', eventCountLimit: 7 },
      { orderBy: 'recordTime', eventCountLimit: '7' },
    ],
  ])('%o asks for what %o does', (query, address) => {
    const filter = filterOf(query);
    expect(filter.ok).toBe(true);
    expect(filter).toEqual(readEventQuery(valuesOfAddress(address)));
  });

  it('binds prefixes in its @context, and by what came beside it where it says nothing', () => {
    const bound = (context: unknown) =>
      filterOf({ '@context': context, 'EQ_my:lot': ['A'], EQ_ATTR_readPoint_size: ['4'] });
    const address = valuesOfAddress({ 'EQ_my:lot': 'A', EQATTR_readPoint_size: '4' });
    const expected = readEventQuery(address, new Map([['my', 'urn:my:']]));
    expect(expected.ok).toBe(true);
    expect(bound({ my: 'urn:my:' })).toEqual(expected);
    expect(bound({ my: { '@id': 'urn:my:', '@prefix': true } })).toEqual(expected);
    expect(bound(['https://a.example/c', { my: 'urn:other:' }, { my: 'urn:my:' }])).toEqual(expected);
    for (const context of [undefined, null, 7, 'https://a.example/c', [['x']], { my: { '@id': 'urn:my:' } }])
      expect(bound(context)).toMatchObject({ ok: false, rejection: { code: 'epcis_query_invalid' } });
    const query = { '@context': { my: 'urn:my:' }, 'EXISTS_my:lot': null };
    const beside = new Map([
      ['my', 'urn:beside:'],
      ['b', 'urn:b:'],
    ]);
    expect(readDefinition({ name: 'a', query }, beside)).toMatchObject({
      ok: true,
      value: { query: { '@context': [{ my: 'urn:beside:', b: 'urn:b:' }, { my: 'urn:my:' }] } },
    });
  });

  it('takes a list as it stands: a stroke is no end of a value', () => {
    const filter = filterOf({ EQ_stringValue: ['a|b'] });
    expect(filter).toMatchObject({ ok: true, value: { said: [{ values: ['a|b'] }] } });
  });

  it.each([
    {},
    { name: 'a' },
    { name: 'a', query: [] },
    { name: 'a', query: null },
    { name: '', query: {} },
    { name: 'a/b', query: {} },
    { name: '.a', query: {} },
    { name: 'x'.repeat(101), query: {} },
    { name: 'a', query: {}, more: 1 },
    { name: 'a', query: { EQ_color: ['red'] } },
    { name: 'a', query: { EQ_bizStep: { a: 1 } } },
    { name: 'a', query: { EQ_bizStep: [['arriving']] } },
    { name: 'a', query: { EQ_bizStep: [] } },
    { name: 'a', query: { EXISTS_errorDeclaration: 'yes' } },
    { name: 'a', query: { perPage: 5 } },
    { name: 'a', query: { nextPageToken: 'x' } },
  ])('%o is none', (body) => {
    expect(readDefinition(body)).toMatchObject({ ok: false, rejection: { code: 'epcis_query_invalid' } });
  });

  it('has no name that the standard has', () => {
    expect(readDefinition({ name: 'SimpleEventQuery', query: {} })).toMatchObject({
      ok: false,
      rejection: { code: 'epcis_query_name_taken' },
    });
  });

  it('of any shape is read or refused', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (query) => {
        expect(typeof readDefinition({ name: 'a', query }).ok).toBe('boolean');
      }),
    );
  });
});

describe('a subscription', () => {
  const dest = 'https://client.example.com/queryCallback';
  it('is a stream or follows a schedule', () => {
    expect(readWish({ dest, stream: true }, NOW)).toMatchObject({ ok: true, value: { schedule: undefined } });
    expect(readWish({ dest, schedule: { hour: '1' }, reportIfEmpty: true }, NOW)).toMatchObject({
      ok: true,
      value: { schedule: { hour: '1' }, reportIfEmpty: true },
    });
  });

  it.each<Record<string, unknown>>([
    {},
    { dest },
    { dest, stream: false },
    { dest, stream: 'true' },
    { dest, stream: true, schedule: { hour: '1' } },
    { dest, stream: true, reportIfEmpty: true },
    { dest, schedule: {} },
    { dest: 5, stream: true },
    { dest: '', stream: true },
    { dest, stream: true, signatureToken: 'short' },
    { dest, stream: true, signatureToken: 'with a line\nbreak in it' },
    { dest, stream: true, signatureToken: 'x'.repeat(201) },
    { dest, stream: true, initialRecordTime: 'now' },
    { dest, stream: true, initialRecordTime: 5 },
    { dest, stream: true, secret: 'x' },
  ])('%o is none', (body) => {
    expect(readWish(body, NOW)).toMatchObject({
      ok: false,
      rejection: { code: 'epcis_subscription_invalid' },
    });
  });
});

it('events go into as few documents as hold them, in their order', () => {
  const event = (size: number) => ({
    event: { text: 'x'.repeat(size) },
    eventId: 'e',
    recordTime: NOW,
    context: {},
  });
  const sizes = (events: readonly unknown[]) => inDocuments(events as never).map((part) => part.length);
  expect(sizes([])).toEqual([]);
  expect(sizes(Array.from({ length: 250 }, () => event(10)))).toEqual([100, 100, 50]);
  expect(sizes([event(10), event(2_000_000), event(10), event(600_000), event(600_000)])).toEqual([
    1, 1, 2, 1,
  ]);
});
