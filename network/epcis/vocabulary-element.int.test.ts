import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { must } from '../../test/setup/market.ts';
import { type Client, startTestNetwork, type TestNetwork } from '../../test/setup/network.ts';
import type { CountryCode } from '../kernel/index.ts';
import { documentOf, OBJECT_EVENT } from './examples.fixture.ts';

type Found = { epcisBody: { queryResults: { resultsBody: { eventList: { eventID: string }[] } } } };
type Header = { epcisMasterData: { vocabularyList: object[] } };

let network: TestNetwork;
let client: Client;
beforeAll(async () => {
  network = await startTestNetwork();
  client = await open('Places');
});
afterAll(() => network.stop());

const open = async (name: string) =>
  (await network.open({ kind: 'merchant', name, country: 'NL' as CountryCode }, 'merchant_app')).client;

const SITE = 'urn:epc:id:sgln:4012345.00011.0';
const HALL = 'urn:epc:id:sgln:4012345.00012.0';
const SHELF = 'urn:x:shelf';

const headerOf = (...elements: object[]): Header => ({
  epcisMasterData: {
    vocabularyList: [{ type: 'urn:epcglobal:epcis:vtype:ReadPoint', vocabularyElementList: elements }],
  },
});
const eventAt = (id: string, readPoint: string, more: object = {}) => ({
  ...OBJECT_EVENT,
  eventID: `urn:e:${id}`,
  readPoint: { id: readPoint },
  ...more,
});

async function capture(by: Client, events: readonly object[], epcisHeader?: object): Promise<void> {
  const document = { ...documentOf(...events), ...(epcisHeader === undefined ? {} : { epcisHeader }) };
  const { captureID } = must(await by.post<{ captureID: string }>('/epcis/capture', document));
  await network.settle();
  expect(await by.get(`/epcis/capture/${captureID}`)).toMatchObject({ body: { success: true } });
}

async function idsFor(by: Client, query: Record<string, string>): Promise<string[]> {
  const answer = await by.get<Found>(`/epcis/events?${new URLSearchParams(query)}`);
  return must(answer)
    .epcisBody.queryResults.resultsBody.eventList.map(({ eventID }) => eventID.replace('urn:e:', ''))
    .toSorted();
}

describe('children of a place', () => {
  beforeAll(() =>
    capture(
      client,
      [
        eventAt('site', SITE),
        eventAt('hall', HALL),
        eventAt('dock', 'urn:epc:id:sgln:4012345.00012.7'),
        eventAt('shelf', SHELF, { bizLocation: { id: SHELF } }),
        eventAt('elsewhere', 'urn:epc:id:sgln:4012345.00013.0'),
      ],
      headerOf(
        { id: SITE, children: [HALL], attributes: [{ id: 'cbv:mda#city', attribute: 'Utrecht' }] },
        { id: 'https://id.gs1.org/414/4012345000122/254/7', children: [SHELF] },
      ),
    ),
  );

  it.each<[Record<string, string>, string[]]>([
    [{ WD_readPoint: SITE }, ['dock', 'hall', 'shelf', 'site']],
    [{ WD_readPoint: 'https://id.gs1.org/414/4012345000115' }, ['dock', 'hall', 'shelf', 'site']],
    [{ WD_readPoint: HALL }, ['dock', 'hall', 'shelf']],
    [{ WD_readPoint: SHELF }, ['shelf']],
    [{ WD_bizLocation: SITE }, ['shelf']],
    [{ WD_readPoint: SITE, EQ_readPoint: HALL }, ['hall']],
    [{ WD_readPoint: `${SHELF}|urn:epc:id:sgln:4012345.00013.0` }, ['elsewhere', 'shelf']],
    [{ EQ_readPoint: SITE }, ['site']],
  ])('are found by %o', async (query, ids) => {
    expect(await idsFor(client, query)).toEqual(ids);
  });

  it('do not have the attributes of what they lie in', async () => {
    expect(await idsFor(client, { HASATTR_readPoint: 'cbv:mda#city' })).toEqual(['site']);
  });

  it('are one organisation’s word: another finds by its own alone', async () => {
    const other = await open('Other places');
    await capture(other, [eventAt('own', HALL)], headerOf({ id: SITE, children: ['urn:x:nothing'] }));
    expect(await idsFor(other, { WD_readPoint: SITE })).toEqual([]);
    expect(await idsFor(other, { WD_readPoint: HALL })).toEqual(['own']);
  });
});

describe('what was told of an element', () => {
  const idOf = (id: string) => `/v1/epcis/master-data?id=${encodeURIComponent(id)}`;

  it('is given back as it was sent, in either notation, and can be captured again', async () => {
    const by = await open('Given back');
    const element = {
      id: SITE,
      attributes: [{ id: 'cbv:mda#city', attribute: { deep: ['Utrecht', 1.5, null] } }],
      children: [HALL, 'https://id.gs1.org/414/4012345000122', SHELF],
    };
    await capture(by, [eventAt('here', SHELF)], headerOf(element, { id: HALL }));
    const document = must(
      await by.get<{ epcisHeader: Header }>(idOf('https://id.gs1.org/414/4012345000115')),
    );
    expect(document.epcisHeader).toEqual(headerOf(element));
    must(await by.post('/epcis/capture', document));
    await network.settle();
    expect(must(await by.get<{ epcisHeader: Header }>(idOf(SITE))).epcisHeader).toEqual(headerOf(element));
    expect(await idsFor(by, { WD_readPoint: SITE })).toEqual(['here']);
    expect(await (await open('Stranger')).get(idOf(SITE))).toMatchObject({ status: 404 });
    expect(await by.get('/v1/epcis/master-data')).toMatchObject({ status: 400 });
  });

  it('has the prefixes of its document and of the header beside it', async () => {
    const by = await open('Prefixes');
    const element = { id: SITE, attributes: [{ id: 'my:size', attribute: 'his:big' }] };
    const document = {
      ...documentOf(),
      '@context': { my: 'urn:my:' },
      epcisHeader: headerOf(element),
    };
    must(await by.post('/epcis/capture', document, { 'gs1-extensions': 'his=urn:his:, my=urn:other:' }));
    await network.settle();
    const given = must(await by.get<{ '@context': unknown[] }>(idOf(SITE)));
    expect(given['@context'][1]).toEqual({ my: 'urn:my:', his: 'urn:his:' });
  });

  it('of a hostile document is not kept once for each element', async () => {
    const by = await open('Hostile');
    const elements = Array.from({ length: 5_000 }, (_, index) => ({ id: `urn:x:${index}` }));
    const wide = 'x'.repeat(1_000_000);
    const document = {
      ...documentOf(),
      '@context': { wide: `urn:${wide}` },
      epcisHeader: {
        epcisMasterData: { vocabularyList: [{ type: 'urn:x:type', vocabularyElementList: elements, wide }] },
      },
    };
    must(await by.post('/epcis/capture', document));
    await network.settle();
    const given = must(await by.get<{ epcisHeader: Header }>(idOf('urn:x:7')));
    expect(given.epcisHeader.epcisMasterData.vocabularyList).toEqual([
      { type: 'urn:x:type', vocabularyElementList: [{ id: 'urn:x:7' }] },
    ]);
  });

  it('gives way to what is told later, its children as well; what a faulty document tells does not count', async () => {
    const by = await open('Later');
    await capture(by, [eventAt('here', SHELF)], headerOf({ id: SITE, children: [SHELF] }));
    const faulty = {
      ...documentOf({ ...OBJECT_EVENT, action: 'MOVE' }),
      epcisHeader: headerOf({ id: SITE }),
    };
    must(await by.post('/epcis/capture', faulty));
    await network.settle();
    expect(await idsFor(by, { WD_readPoint: SITE })).toEqual(['here']);
    await capture(by, [], headerOf({ id: SITE }));
    expect(await idsFor(by, { WD_readPoint: SITE })).toEqual([]);
  });

  it.each<[unknown, string]>([
    [SHELF, '/vocabularyElementList/0/children'],
    [['no uri'], '/vocabularyElementList/0/children/0'],
    [[{ id: SHELF }], '/vocabularyElementList/0/children/0'],
    [Array.from({ length: 10_000 }, (_, index) => `urn:x:${index}`), 'vocabularyList: describes too much'],
  ])('is refused by the place of what is wrong with children (%#)', async (children, detail) => {
    const document = { ...documentOf(), epcisHeader: headerOf({ id: SITE, children }) };
    const answer = await client.post<{ detail: string }>('/epcis/capture', document);
    expect(answer).toMatchObject({ status: 400, body: { code: 'epcis_document_invalid' } });
    expect(answer.body.detail).toContain(detail);
  });
});

describe('a large tree of places', () => {
  const shop = (index: number) => `https://id.gs1.org/414/${String(index).padStart(13, '4')}`;

  it('is too complex to be asked for where each place holds others, and may be as deep as it is wide', async () => {
    const by = await open('Large');
    const events = [eventAt('last', 'urn:x:deep:4000'), eventAt('shop', `${shop(1_500)}/254/9`)];
    const chain = Array.from({ length: 4_000 }, (_, index) => ({
      id: `urn:x:deep:${index}`,
      children: [`urn:x:deep:${index + 1}`],
    }));
    await capture(by, events, headerOf(...chain));
    expect(await idsFor(by, { WD_readPoint: 'urn:x:deep:0' })).toEqual(['last']);
    const shops = Array.from({ length: 1_600 }, (_, index) => shop(index));
    await capture(by, [], headerOf({ id: 'urn:x:chain', children: shops }));
    expect(await by.get(`/epcis/events?WD_readPoint=urn:x:chain`)).toMatchObject({
      status: 413,
      body: { code: 'epcis_query_too_complex', detail: expect.stringContaining('WD_') },
    });
    expect(await idsFor(by, { WD_readPoint: shop(1_500) })).toEqual(['shop']);
  });
});
