import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { must } from '../../test/setup/market.ts';
import { type Client, startTestNetwork, type TestNetwork } from '../../test/setup/network.ts';
import type { CountryCode } from '../kernel/index.ts';
import { documentOf, OBJECT_EVENT } from './examples.fixture.ts';
import { EVERYTHING } from './query.policy.ts';
import { answerQuery } from './query.ts';

type Found = { epcisBody: { queryResults: { resultsBody: { eventList: { eventID: string }[] } } } };
type Job = { captureID: string; success: boolean; errors: { instance: string }[]; running: boolean };

let network: TestNetwork;
let asker: { id: string; client: Client };
let other: { id: string; client: Client };
beforeAll(async () => {
  network = await startTestNetwork();
  const open = (name: string) =>
    network.open({ kind: 'merchant', name, country: 'NL' as CountryCode }, 'merchant_app');
  asker = await open('Asker');
  other = await open('Other');
  await capture(asker.client, EVENTS);
  await capture(other.client, EVENTS);
});
afterAll(() => network.stop());

async function capture(client: Client, events: readonly object[]): Promise<Job> {
  const { captureID } = must(await client.post<Job>('/epcis/capture', documentOf(...events)));
  await network.settle();
  return must(await client.get<Job>(`/epcis/capture/${captureID}`));
}
async function idsFor(query: string, client = asker.client): Promise<string[]> {
  const found = must(await client.get<Found>(`/epcis/events?orderDirection=ASC&${query}`));
  return found.epcisBody.queryResults.resultsBody.eventList.map(({ eventID }) => eventID);
}

/** As the database's owner, whom nothing is kept from. */
async function behind(act: (database: pg.Client) => Promise<void>): Promise<void> {
  const database = new pg.Client({ connectionString: network.liveUrl });
  await database.connect();
  try {
    await act(database);
  } finally {
    await database.end();
  }
}

const at = (minute: number) => ({
  eventTime: `2026-01-01T10:${String(minute).padStart(2, '0')}:00Z`,
  eventTimeZoneOffset: '+00:00',
  eventID: `urn:e:${minute}`,
});
const EVENTS = [
  {
    type: 'TransformationEvent',
    ...at(1),
    inputEPCList: ['urn:epc:id:sgtin:4012345.011111.1'],
    outputEPCList: ['https://id.gs1.org/01/04012345222220/21/2'],
    inputQuantityList: [{ epcClass: 'urn:epc:class:lgtin:4012345.012345.L1', quantity: 10, uom: 'KGM' }],
    outputQuantityList: [{ epcClass: 'urn:epc:idpat:sgtin:4012345.066666.*', quantity: 2.5 }],
    readPoint: { id: 'urn:epc:id:sgln:4012345.00011.987' },
  },
  {
    ...OBJECT_EVENT,
    ...at(2),
    quantityList: [{ epcClass: 'https://id.gs1.org/01/04012345666663', quantity: 200 }],
    readPoint: { id: 'urn:epc:id:sgln:4012345.00011.0' },
    bizLocation: { id: 'urn:x-postroad:place:NL:Utrecht:HUB1' },
  },
  {
    ...OBJECT_EVENT,
    ...at(3),
    readPoint: { id: 'urn:epc:id:sgln:4012345.00012.1' },
    bizLocation: { id: 'urn:x-postroad:place:NL' },
    sensorElementList: [
      {
        sensorMetadata: { deviceID: 'urn:epc:id:giai:4000001.111', startTime: '2026-01-01T09:00:00Z' },
        sensorReport: [{ type: 'Temperature', value: 26, uom: 'CEL' }],
      },
    ],
  },
  {
    ...OBJECT_EVENT,
    ...at(4),
    sensorElementList: [
      { sensorReport: [{ type: 'Temperature', minValue: 1, maxValue: 300.5, uom: 'KEL' }] },
    ],
  },
];

describe('a query', () => {
  it.each([
    ['MATCH_inputEPC=https://id.gs1.org/01/04012345111118/21/1', [1]],
    ['MATCH_inputEPC=urn:epc:idpat:sgtin:4012345.011111.*|urn:epc:id:sgtin:4012345.099999.1', [1]],
    ['MATCH_inputEPC=urn:epc:idpat:sgtin:4012345.022222.*', []],
    ['MATCH_outputEPC=urn:epc:idpat:sgtin:4012345.*.*', [1]],
    ['MATCH_anyEPC=urn:epc:idpat:sgtin:4012345.*.*', [1]],
    ['MATCH_epc=urn:epc:idpat:sgtin:4012345.*.*', []],
    ['MATCH_epcClass=urn:epc:idpat:sgtin:4012345.066666.*', [2]],
    ['MATCH_inputEPCClass=urn:epc:idpat:sgtin:4012345.012345.*', [1]],
    ['MATCH_inputEPCClass=urn:epc:class:lgtin:4012345.012345.L2', []],
    ['MATCH_outputEPCClass=https://id.gs1.org/01/04012345666663', [1]],
    ['MATCH_anyEPCClass=urn:epc:idpat:sgtin:4012345.*.*', [1, 2]],
    ['EQ_quantity=10|200', [1, 2]],
    ['EQ_quantity_GRM=10000', [1]],
    ['GT_quantity=10', [2]],
    ['GE_quantity=10&LE_quantity=2.5', [1]],
    ['EXISTS_sensorElementList=true', [3, 4]],
    ['EQ_type=Temperature&EQ_deviceID=https://id.gs1.org/8004/4000001111', [3]],
    ['EQ_SENSORREPORT_deviceID=https://id.gs1.org/8004/4000001111', []],
    ['GE_value_KEL=299', [3]],
    ['GT_maxValue_CEL=27', [4]],
    ['GE_startTime=2026-01-01T10:00:00%2B01:00', [3]],
    ['LT_startTime=2026-01-01T10:00:00%2B01:00', []],
    ['EQ_readPoint=urn:epc:id:sgln:4012345.00011.0', [2]],
    ['WD_readPoint=urn:epc:id:sgln:4012345.00011.0', [1, 2, 4]],
    ['WD_readPoint=urn:epc:id:sgln:4012345.00011.987|urn:epc:id:sgln:4012345.00012.1', [1, 3, 4]],
    ['WD_bizLocation=urn:x-postroad:place:NL', [2, 3]],
    ['WD_bizLocation=urn:x-postroad:place:NL:Utrecht', [2]],
    ['EQ_bizLocation=urn:x-postroad:place:NL', [3]],
    ['GE_value_CEL=0&MATCH_epc=urn:epc:idpat:sscc:4012345.*&eventType=ObjectEvent', [3]],
  ])('for %s', async (query, expected) => {
    expect(await idsFor(query)).toEqual(expected.map((minute) => `urn:e:${minute}`));
  });

  it('ends where eventCountLimit says, over all pages', async () => {
    const seen: string[] = [];
    let address: string | undefined = '/epcis/events?orderDirection=ASC&eventCountLimit=3&perPage=2';
    for (let page = 0; address !== undefined && page < 5; page += 1) {
      const answer: Awaited<ReturnType<typeof asker.client.get<Found>>> =
        await asker.client.get<Found>(address);
      seen.push(...must(answer).epcisBody.queryResults.resultsBody.eventList.map(({ eventID }) => eventID));
      address = /^<([^>]+)>; rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1];
    }
    expect(seen).toEqual(['urn:e:1', 'urn:e:2', 'urn:e:3']);
  });

  it('for no more than maxEventCount is answered, and else refused, by the names of the standard', async () => {
    expect(await idsFor('maxEventCount=4')).toHaveLength(4);
    expect(await asker.client.get('/epcis/events?maxEventCount=3')).toMatchObject({
      status: 413,
      body: { code: 'epcis_query_too_large', type: 'epcisException:QueryTooLargeException' },
    });
    expect(await asker.client.get('/epcis/events?EQ_color=red')).toMatchObject({
      status: 400,
      body: { code: 'epcis_query_invalid', type: 'epcisException:QueryParameterException' },
    });
    const many = Array.from({ length: 101 }, (_, index) => `a:${index}`).join('|');
    expect(await asker.client.get(`/epcis/events?MATCH_epc=${many}`)).toMatchObject({
      status: 413,
      body: { code: 'epcis_query_too_complex', type: 'epcisException:QueryTooComplexException' },
    });
    expect(await asker.client.get('/epcis/events/urn:none')).toMatchObject({
      status: 404,
      body: { code: 'not_found', type: 'epcisException:NoSuchNameException' },
    });
    expect(await network.client('prd_live_none').get('/epcis/events')).toMatchObject({
      status: 401,
      body: { type: 'epcisException:SecurityException' },
    });
    expect(await asker.client.post('/epcis/capture', {})).toMatchObject({
      status: 400,
      body: { code: 'epcis_document_invalid', type: 'epcisException:ValidationException' },
    });
  });

  it('that takes too long is too complex, and the next one is answered', async () => {
    const asks = (limitMs: number) =>
      answerQuery(network.postroad.worlds.live, asker.id, EVERYTHING, limitMs);
    await behind(async (database) => {
      await database.query('begin');
      await database.query('lock table epcis.event in access exclusive mode');
      expect(await asks(100)).toMatchObject({ ok: false, rejection: { code: 'epcis_query_too_complex' } });
      await database.query('rollback');
    });
    expect(await asks(5_000)).toMatchObject({ ok: true, value: { nextPageToken: undefined } });
  });

  it('by what an earlier version did not note waits until it is noted, and finds nothing less then', async () => {
    const query = 'MATCH_anyEPCClass=urn:epc:idpat:sgtin:4012345.*.*';
    await behind(async (database) => {
      await database.query('delete from epcis.event_term where organisation_id = $1', [asker.id]);
      await database.query('update epcis.event set term_version = 0 where organisation_id = $1', [asker.id]);
      await database.query('update epcis.capture set number = null where organisation_id = $1', [asker.id]);
    });
    expect(await asker.client.get(`/epcis/events?${query}`)).toMatchObject({
      status: 503,
      body: { code: 'unavailable', type: 'epcisException:ImplementationException' },
    });
    expect(await idsFor('EQ_eventID=urn:e:1')).toEqual(['urn:e:1']);
    expect(await idsFor(query, other.client)).toEqual(['urn:e:1', 'urn:e:2']);
    await network.settle();
    expect(await idsFor(query)).toEqual(['urn:e:1', 'urn:e:2']);
    await behind(async (database) => {
      const { rows } = await database.query(
        'select number from epcis.capture where organisation_id = $1 and captured > 0',
        [asker.id],
      );
      expect(rows.every(({ number }) => number !== null)).toBe(true);
    });
  });

  it('sees what its own organisation captured alone', async () => {
    const [event] = EVENTS;
    await capture(other.client, [
      { ...event, eventID: 'urn:e:other', inputEPCList: ['urn:epc:id:sgtin:4012345.055555.5'] },
    ]);
    const query = 'MATCH_inputEPC=urn:epc:id:sgtin:4012345.055555.5';
    expect(await idsFor(query, other.client)).toEqual(['urn:e:other']);
    expect(await idsFor(query)).toEqual([]);
  });
});

describe('a captured event', () => {
  const long = (chars: number) => `urn:x:${'\u4e16'.repeat(chars)}`;

  it('with long names is stored and found; one whose names are too long for an index is faulty', async () => {
    const name = long(600);
    const event = { ...OBJECT_EVENT, eventID: long(500), epcList: [name], readPoint: { id: name } };
    expect(await capture(asker.client, [event])).toMatchObject({ success: true, running: false });
    expect(
      await idsFor(`MATCH_epc=${encodeURIComponent(name)}&WD_readPoint=${encodeURIComponent(name)}`),
    ).toEqual([event.eventID]);
    expect(
      await capture(asker.client, [{ ...event, eventID: 'urn:long', epcList: [long(900)] }]),
    ).toMatchObject({
      success: false,
      errors: [{ instance: '/epcisBody/eventList/0/epcList/0' }],
    });
  });

  it('may say thousands of things', async () => {
    const epcList = Array.from({ length: 10_000 }, (_, index) => `urn:epc:id:sgtin:4012345.077777.${index}`);
    expect(await capture(asker.client, [{ ...OBJECT_EVENT, eventID: 'urn:many', epcList }])).toMatchObject({
      success: true,
    });
    expect(await idsFor('MATCH_epc=urn:epc:id:sgtin:4012345.077777.9999')).toEqual(['urn:many']);
  });
});
