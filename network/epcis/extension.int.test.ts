import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { must } from '../../test/setup/market.ts';
import { type Client, startTestNetwork, type TestNetwork } from '../../test/setup/network.ts';
import type { CountryCode } from '../kernel/index.ts';
import { documentOf, OBJECT_EVENT } from './examples.fixture.ts';

type Found = { epcisBody: { queryResults: { resultsBody: { eventList: { eventID: string }[] } } } };
type Job = { captureID: string; success: boolean; errors: { instance: string; detail: string }[] };

const NAMESPACE = 'https://ns.example.com/epcis/';
const BOUND = { 'gs1-extensions': `my=${NAMESPACE}` };

let network: TestNetwork;
beforeAll(async () => {
  network = await startTestNetwork();
});
afterAll(() => network.stop());

const open = (name: string) =>
  network.open({ kind: 'merchant', name, country: 'NL' as CountryCode }, 'merchant_app');

/** A document whose context binds a prefix, with a header when there is one. */
function documentWith(prefix: string, events: readonly object[], epcisHeader?: object) {
  const document = documentOf(...events);
  return {
    ...document,
    '@context': [...document['@context'], { [prefix]: NAMESPACE }],
    ...(epcisHeader === undefined ? {} : { epcisHeader }),
  };
}

async function capture(client: Client, document: object): Promise<Job> {
  const { captureID } = must(await client.post<Job>('/epcis/capture', document));
  await network.settle();
  return must(await client.get<Job>(`/epcis/capture/${captureID}`));
}

async function idsFor(client: Client, query: Record<string, string>, headers = BOUND): Promise<string[]> {
  const answer = await client.get<Found>(
    `/epcis/events?${new URLSearchParams({ orderDirection: 'ASC', ...query })}`,
    headers,
  );
  return must(answer).epcisBody.queryResults.resultsBody.eventList.map(({ eventID }) => eventID);
}

/** As the database's owner, whom nothing is kept from. */
async function behind<Value>(act: (database: pg.Client) => Promise<Value>): Promise<Value> {
  const database = new pg.Client({ connectionString: network.liveUrl });
  await database.connect();
  try {
    return await act(database);
  } finally {
    await database.end();
  }
}

const eventOf = (id: string, more: object) => ({ ...OBJECT_EVENT, eventID: `urn:e:${id}`, ...more });

describe('fields of one’s own', () => {
  let client: Client;
  beforeAll(async () => {
    ({ client } = await open('Own fields'));
    await capture(
      client,
      documentWith('example', [
        eventOf('1', {
          eventTime: '2026-03-04T10:00:00Z',
          'example:temperature': 4.5,
          'example:box': { 'example:lid': { 'example:colour': 'white' } },
          ilmd: { 'example:lot': 'A1', 'example:bestBefore': '2026-09-30' },
        }),
      ]),
    );
    await capture(
      client,
      documentWith('other', [
        eventOf('2', {
          eventTime: '2026-03-04T11:00:00Z',
          'other:temperature': '7.25',
          'other:checkedAt': '2026-03-04T12:00:00+01:00',
          readPoint: { id: OBJECT_EVENT.readPoint.id, 'other:dock': 'D4' },
          sensorElementList: [
            {
              'other:round': 2,
              sensorMetadata: { 'other:firmware': '1.2' },
              sensorReport: [{ type: 'Temperature', 'other:probe': { 'other:serial': 'S9' } }],
            },
          ],
        }),
        eventOf('3', {
          eventTime: '2026-03-04T12:00:00Z',
          errorDeclaration: { declarationTime: '2026-03-05T00:00:00Z', 'other:clerk': 'Kim' },
        }),
      ]),
    );
  });

  it.each<[Record<string, string>, string[]]>([
    [{ 'GE_my:temperature': '4.5' }, ['1', '2']],
    [{ 'GT_my:temperature': '4.5' }, ['2']],
    [{ 'EXISTS_my:temperature': 'true' }, ['1', '2']],
    [{ 'EXISTS_my:colour': 'true' }, []],
    [{ 'EXISTS_INNER_my:colour': 'true' }, ['1']],
    [{ 'EQ_INNER_my:colour': 'white|black' }, ['1']],
    [{ 'EQ_ILMD_my:lot': 'A1' }, ['1']],
    [{ 'EQ_my:lot': 'A1' }, []],
    [{ 'LT_ILMD_my:bestBefore': '2026-10-01' }, ['1']],
    [{ 'EQ_my:checkedAt': '2026-03-04T11:00:00Z' }, ['2']],
    [{ 'EQ_readPoint_my:dock': 'D4' }, ['2']],
    [{ 'EQ_SENSORELEMENT_my:round': '2' }, ['2']],
    [{ 'EQ_SENSORMETADATA_my:firmware': '1.2' }, ['2']],
    [{ 'EXISTS_SENSORREPORT_my:probe': 'true' }, ['2']],
    [{ 'EQ_INNER_SENSORREPORT_my:serial': 'S9' }, ['2']],
    [{ 'EQ_ERROR_DECLARATION_my:clerk': 'Kim' }, ['3']],
    [{ 'EQ_my:temperature': '4.5', EQ_action: 'ADD' }, []],
    [{ [`EQ_ILMD_${NAMESPACE}#lot`]: 'A1' }, ['1']],
  ])('are found by %o, whatever the document calls their namespace', async (query, ids) => {
    expect(await idsFor(client, query)).toEqual(ids.map((id) => `urn:e:${id}`));
  });

  it('of another namespace are others', async () => {
    expect(
      await idsFor(client, { 'EXISTS_my:temperature': 'true' }, { 'gs1-extensions': 'my=urn:my:' }),
    ).toEqual([]);
  });

  it.each<[Record<string, string>, Record<string, string>, string]>([
    [{ 'EQ_my:lot': 'A1' }, {}, 'EQ_my:lot: the prefix my is not bound'],
    [{ 'GE_my:temperature': 'warm' }, BOUND, 'GE_my:temperature: must be a number'],
  ])(
    'asked for wrongly are refused by the standard’s name and by the parameter’s: %o',
    async (query, headers, detail) => {
      const answer = await client.get<{ detail: string }>(
        `/epcis/events?${new URLSearchParams(query)}`,
        headers,
      );
      expect(answer).toMatchObject({
        status: 400,
        body: { code: 'epcis_query_invalid', type: 'epcisException:QueryParameterException' },
      });
      expect(answer.body.detail).toContain(detail);
    },
  );

  it('of what an earlier version stored are found when they are noted, and what it noted itself until then', async () => {
    const query = { 'EXISTS_my:temperature': 'true' };
    await behind(async (database) => {
      await database.query("delete from epcis.event_term where name like 'ext %'");
      await database.query('update epcis.event set term_version = 1');
    });
    const asked = await client.get(`/epcis/events?${new URLSearchParams(query)}`, BOUND);
    expect(asked).toMatchObject({
      status: 503,
      body: { code: 'unavailable', type: 'epcisException:ImplementationException' },
    });
    expect(await idsFor(client, { EXISTS_sensorElementList: 'true' })).toEqual(['urn:e:2']);
    await network.settle();
    expect(await idsFor(client, query)).toEqual(['urn:e:1', 'urn:e:2']);
  });
});

describe('an event with thousands of fields', () => {
  let client: Client;
  const many = (id: string, count: number, more: object) =>
    eventOf(id, {
      ilmd: Object.fromEntries(
        Array.from({ length: count }, (_, index) => [`example:f${index}`, `v${index}`]),
      ),
      ...more,
    });
  beforeAll(async () => {
    ({ client } = await open('Many fields'));
    await capture(
      client,
      documentWith('example', [
        many('few', 3, { 'example:size': 1 }),
        many('many', 20_000, { 'example:size': 2 }),
        many('others', 1_001, { 'example:size': 3 }),
      ]),
    );
  });

  it('is stored whole, and found by any of them although they are not noted', async () => {
    expect(await idsFor(client, { 'EQ_ILMD_my:f19999': 'v19999' })).toEqual(['urn:e:many']);
    expect(await idsFor(client, { 'EQ_ILMD_my:f2': 'v2' })).toEqual([
      'urn:e:few',
      'urn:e:many',
      'urn:e:others',
    ]);
    expect(await idsFor(client, { 'EQ_ILMD_my:f2': 'v3' })).toEqual([]);
    expect(await idsFor(client, { 'GE_my:size': '2', 'EXISTS_ILMD_my:f1000': 'true' })).toEqual([
      'urn:e:many',
      'urn:e:others',
    ]);
    const noted = await behind(async (database) => {
      const { rows } = await database.query(
        "select position, count(*)::integer from epcis.event_term where name like 'ext % top %/f_' group by 1",
      );
      return rows;
    });
    expect(noted).toEqual([{ position: 0, count: 3 }]);
  });

  it('counts as one of those that fit, and page by page', async () => {
    const query = { 'EXISTS_ILMD_my:f2': 'true' };
    expect(await idsFor(client, { ...query, maxEventCount: '3' })).toHaveLength(3);
    const over = `/epcis/events?${new URLSearchParams({ ...query, maxEventCount: '2' })}`;
    expect(await client.get(over, BOUND)).toMatchObject({
      status: 413,
      body: { type: 'epcisException:QueryTooLargeException' },
    });
    const seen: string[] = [];
    let address: string | undefined = `/epcis/events?${new URLSearchParams({ ...query, perPage: '1' })}`;
    while (address !== undefined) {
      const page: Awaited<ReturnType<typeof client.get<Found>>> = await client.get<Found>(address, BOUND);
      seen.push(...must(page).epcisBody.queryResults.resultsBody.eventList.map(({ eventID }) => eventID));
      address = /^<([^>]+)>; rel="next"$/.exec(page.headers.get('link') ?? '')?.[1];
    }
    expect(seen).toEqual(['urn:e:others', 'urn:e:many', 'urn:e:few']);
  });

  it('is told to be too much when too many of them would have to be looked into', async () => {
    const { client: crowded } = await open('Crowd');
    for (const part of [0, 1, 2, 3]) {
      const events = Array.from({ length: 75 }, (_, index) => many(`${part}-${index}`, 1_001, {}));
      expect(await capture(crowded, documentWith('example', events))).toMatchObject({ success: true });
    }
    const asks = (query: Record<string, string>) =>
      crowded.get(`/epcis/events?${new URLSearchParams(query)}`, BOUND);
    expect(await asks({ 'EXISTS_my:unheard': 'true' })).toMatchObject({
      status: 413,
      body: {
        type: 'epcisException:QueryTooComplexException',
        detail: expect.stringContaining('looked into'),
      },
    });
    expect(await asks({ 'EXISTS_my:unheard': 'true', EQ_eventID: 'urn:e:0-0' })).toMatchObject({
      status: 200,
    });
    expect(await asks({ 'EQ_ILMD_my:f1': 'v1', perPage: '2' })).toMatchObject({ status: 200 });
  });

  it('may have values that are longer than a query can be', async () => {
    const note = 'ü'.repeat(300_000);
    const { client: long } = await open('Long');
    const event = eventOf('long', { 'example:note': note, 'example:text': 'x'.repeat(1_000) });
    expect(await capture(long, documentWith('example', [event]))).toMatchObject({ success: true });
    expect(await idsFor(long, { 'EXISTS_my:note': 'true' })).toEqual(['urn:e:long']);
    expect(await idsFor(long, { 'EQ_my:text': 'x'.repeat(1_000) })).toEqual(['urn:e:long']);
    expect(await idsFor(long, { 'EQ_my:text': 'x'.repeat(999) })).toEqual([]);
    const read = must(await long.get<Record<string, unknown>>('/epcis/events/urn:e:long'));
    expect(read['example:note']).toBe(note);
  });
});

describe('master data in the header of a document', () => {
  const SGLN = 'urn:epc:id:sgln:4012345.00011.987';
  const masterData = (elements: readonly object[]) => ({
    epcisMasterData: {
      vocabularyList: [{ type: 'urn:epcglobal:epcis:vtype:ReadPoint', vocabularyElementList: elements }],
    },
  });
  const described = (size: unknown) =>
    masterData([
      {
        id: 'https://id.gs1.org/414/4012345000115/254/987',
        attributes: [
          { id: 'example:size', attribute: size },
          { id: 'example:address', attribute: { street: 'Dock 4' } },
          { id: 'latitude', attribute: '+18.0000' },
          { id: 'example:nothing', attribute: null },
        ],
      },
      {
        id: 'https://ref.gs1.org/cbv/BizStep-departing',
        attributes: [{ id: 'example:step', attribute: 'out' }],
      },
      { id: 'urn:x:depot:7', attributes: [{ id: 'example:size', attribute: [3, 4] }] },
    ]);
  let client: Client;
  beforeAll(async () => {
    ({ client } = await open('Master data'));
    const events = [
      eventOf('here', { 'example:depot': 'urn:x:depot:7', readPoint: { id: SGLN } }),
      eventOf('there', { readPoint: { id: 'urn:epc:id:sgln:4012345.00012.0' }, bizStep: 'arriving' }),
    ];
    expect(await capture(client, documentWith('example', events, described(12)))).toMatchObject({
      success: true,
    });
  });

  it.each<[Record<string, string>, string[]]>([
    [{ HASATTR_readPoint: 'my:size' }, ['here']],
    [{ HASATTR_readPoint: 'my:none|latitude' }, ['here']],
    [{ HASATTR_readPoint: 'my:address' }, ['here']],
    [{ HASATTR_readPoint: 'my:nothing' }, []],
    [{ HASATTR_bizLocation: 'my:size' }, []],
    [{ HASATTR_bizStep: `${NAMESPACE}step` }, ['here']],
    [{ 'EQATTR_readPoint_my:size': '11|12' }, ['here']],
    [{ 'EQATTR_readPoint_my:size': '11' }, []],
    [{ EQATTR_readPoint_latitude: '+18.0000' }, ['here']],
    [{ 'EQATTR_bizStep_my:step': 'out' }, ['here']],
    [{ 'HASATTR_my:depot': 'my:size' }, ['here']],
    [{ 'EQATTR_my:depot_my:size': '4' }, ['here']],
    [{ 'EQATTR_my:depot_my:size': '5' }, []],
  ])('finds events by %o', async (query, ids) => {
    expect(await idsFor(client, query)).toEqual(ids.map((id) => `urn:e:${id}`));
  });

  it('is its sender’s alone; the newest counts, and none of a document that was not taken', async () => {
    const query = { 'EQATTR_readPoint_my:size': '12' };
    const { client: other } = await open('Other');
    await capture(other, documentWith('example', [eventOf('same', {})]));
    expect(await idsFor(other, query)).toEqual([]);
    const faulty = documentWith('example', [eventOf('x', { action: 'MOVE' })], described(13));
    expect(await capture(client, faulty)).toMatchObject({ success: false });
    expect(await idsFor(client, query)).toEqual(['urn:e:here']);
    await capture(client, documentWith('example', [], described(13)));
    expect(await idsFor(client, query)).toEqual([]);
    expect(await idsFor(client, { 'EQATTR_readPoint_my:size': '13' })).toEqual(['urn:e:here']);
  });

  it('describes a field of an event with thousands as well', async () => {
    const more = Object.fromEntries(
      Array.from({ length: 1_001 }, (_, index) => [`example:f${index}`, index]),
    );
    await capture(
      client,
      documentWith('example', [
        eventOf('described', { ...more, 'example:depot': 'urn:x:depot:7' }),
        eventOf('not', { ...more, 'example:depot': 'urn:x:depot:8' }),
      ]),
    );
    expect(await idsFor(client, { 'HASATTR_my:depot': 'my:size' })).toEqual([
      'urn:e:described',
      'urn:e:here',
    ]);
  });

  it.each<[object, string]>([
    [{ epcisMasterData: {} }, '/epcisHeader/epcisMasterData/vocabularyList'],
    [masterData([{ id: 'no uri' }]), '/vocabularyElementList/0/id'],
    [masterData([{ id: 'urn:x:y', attributes: [{}] }]), '/attributes/0/id'],
    [
      masterData([
        { id: 'urn:x:y', attributes: Array.from({ length: 10_000 }, () => ({ id: 'a', attribute: 1 })) },
      ]),
      'epcisMasterData/vocabularyList: describes too much',
    ],
    [
      masterData([
        { id: 'urn:x:y', attributes: [{ id: 'a', attribute: Array.from({ length: 10_000 }, () => 1) }] },
      ]),
      'epcisMasterData/vocabularyList: describes too much',
    ],
  ])('that is none is refused by its place', async (header, detail) => {
    const answer = await client.post<{ detail: string }>(
      '/epcis/capture',
      documentWith('example', [], header),
    );
    expect(answer).toMatchObject({ status: 400, body: { code: 'epcis_document_invalid' } });
    expect(answer.body.detail).toContain(detail);
  });
});

describe('OPTIONS', () => {
  it('tells what each address takes, by the routes that there are, and what is spoken', async () => {
    const paths = new Map<string, Set<string>>([['/epcis', new Set()]]);
    for (const { path, method } of network.postroad.routes)
      if (path.startsWith('/epcis/')) paths.set(path, (paths.get(path) ?? new Set()).add(method));
    expect(paths.size).toBeGreaterThan(8);
    for (const [path, methods] of paths) {
      const answer = await fetch(network.baseUrl + path.replace(/:\w+/g, 'x'), { method: 'OPTIONS' });
      expect([path, answer.status]).toEqual([path, 204]);
      const allowed = answer.headers.get('allow')?.split(', ') ?? [];
      expect([path, ...allowed.toSorted()]).toEqual([path, ...['OPTIONS', ...methods].toSorted()]);
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        ...{ 'gs1-epcis-version': '2.0', 'gs1-epcis-min': '2.0', 'gs1-epcis-max': '2.0' },
        ...{ 'gs1-cbv-version': '2.0', 'gs1-cbv-min': '2.0', 'gs1-cbv-max': '2.0' },
        ...{ 'gs1-extensions': 'pr=urn:x-postroad:', 'gs1-capture-error-behaviour': 'rollback' },
        ...{
          'gs1-epcis-capture-limit': '1000',
          'gs1-vendor-version': expect.stringMatching(/^\d+\.\d+\.\d+$/),
        },
      });
    }
  });

  it('is nothing where there is nothing, and elsewhere', async () => {
    const ask = async (path: string) => {
      const { status, headers } = await fetch(network.baseUrl + path, { method: 'OPTIONS' });
      return [status, headers.get('allow')];
    };
    expect(await ask('/epcis/nowhere')).toEqual([404, null]);
    expect(await ask('/epcisx')).toEqual([404, null]);
    expect(await ask('/v1/me')).toEqual([405, expect.not.stringContaining('OPTIONS')]);
    const wrong = await fetch(`${network.baseUrl}/epcis/capture`, { method: 'PATCH' });
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'OPTIONS, GET, POST']);
  });
});
