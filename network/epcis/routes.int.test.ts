import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { must } from '../../test/setup/market.ts';
import { type Client, startTestNetwork, type TestNetwork } from '../../test/setup/network.ts';
import type { CountryCode } from '../kernel/index.ts';
import { documentOf, OBJECT_EVENT } from './examples.fixture.ts';

type Job = {
  captureID: string;
  running: boolean;
  success: boolean;
  errors: { instance: string; detail: string }[];
  postroad: {
    events: number;
    captured: number;
    duplicates: number;
    scans: {
      accepted: number;
      duplicates: number;
      refused: number;
      first_refused: { pointer: string; code: string }[];
    };
  };
};
type Found = { epcisBody: { queryResults: { resultsBody: { eventList: Record<string, unknown>[] } } } };

const NL = 'NL' as CountryCode;
let network: TestNetwork;
let carrier: { id: string; client: Client };
let merchant: { id: string; client: Client };
beforeAll(async () => {
  network = await startTestNetwork();
  carrier = await network.open(
    { kind: 'carrier', name: 'Express', country: NL, carrierCode: 'postroad_express_eu' },
    'carrier',
  );
  merchant = await network.open({ kind: 'merchant', name: 'Shop', country: NL }, 'merchant_app');
});
afterAll(() => network.stop());

/** Hands a document in, lets its jobs run, and reads what became of it. */
async function capture(
  client: Client,
  document: unknown,
  headers: Record<string, string> = {},
): Promise<Job> {
  const answer = await client.post<Job>('/epcis/capture', document, headers);
  expect(answer.status).toBe(202);
  expect(answer.body).toMatchObject({ running: true, success: false, errors: [] });
  const location = answer.headers.get('location') ?? '';
  expect(location).toBe(`/epcis/capture/${answer.body.captureID}`);
  await network.settle();
  return must(await client.get<Job>(location));
}

async function events(client: Client, query = ''): Promise<Record<string, unknown>[]> {
  return must(await client.get<Found>(`/epcis/events${query}`)).epcisBody.queryResults.resultsBody.eventList;
}
const idsOf = (list: readonly Record<string, unknown>[]) => list.map((event) => event.eventID);

let serial = 0;
/** An event of its own, a minute after the last one. */
function eventOf(change: object = {}) {
  serial += 1;
  return {
    ...OBJECT_EVENT,
    eventTime: new Date(Date.UTC(2026, 2, 4, 10, serial)).toISOString(),
    epcList: [`urn:x-postroad:number:EPCIS${String(serial).padStart(6, '0')}`],
    ...change,
  };
}

describe('a captured document', () => {
  it('is stored by a job, its events are found by their hash, and again they are duplicates', async () => {
    const [one, two] = [eventOf({ 'example:lot': 'A' }), eventOf({ eventID: 'urn:uuid:1' })];
    const document = {
      ...documentOf(one, two),
      '@context': ['https://a.example/c', { example: 'https://ns.example.com/' }],
    };
    expect(await capture(carrier.client, document)).toMatchObject({
      running: false,
      success: true,
      errors: [],
      postroad: { events: 2, captured: 2, duplicates: 0, scans: { accepted: 2, duplicates: 0, refused: 0 } },
    });
    const [newer, older] = await events(carrier.client);
    expect(newer).toMatchObject({ ...two, recordTime: expect.stringMatching(/Z$/) });
    expect(older).toMatchObject(one);
    expect(older?.eventID).toMatch(/^ni:\/\/\/sha-256;[0-9a-f]{64}\?ver=CBV2\.0$/);
    expect(older?.['@context']).toEqual([expect.any(String), { example: 'https://ns.example.com/' }]);
    const again = await capture(carrier.client, JSON.stringify(document), {
      'content-type': 'application/ld+json',
    });
    expect(again).toMatchObject({
      success: true,
      postroad: { captured: 0, duplicates: 2, scans: { accepted: 0 } },
    });
    expect(await events(carrier.client)).toHaveLength(2);
  });

  it('with a faulty event is not taken, or but for that event, as its sender wants', async () => {
    const document = documentOf(eventOf(), eventOf({ action: 'MOVE' }));
    const errors = [{ instance: '/epcisBody/eventList/1/action', detail: expect.any(String) }];
    expect(await capture(merchant.client, document)).toMatchObject({
      running: false,
      success: false,
      errors,
      postroad: { captured: 0 },
    });
    expect(
      await capture(merchant.client, document, { 'gs1-capture-error-behaviour': 'proceed' }),
    ).toMatchObject({ success: true, errors, postroad: { captured: 1 } });
  });

  it('cannot give the id of one event to another', async () => {
    await capture(merchant.client, documentOf(eventOf({ eventID: 'urn:uuid:taken' })));
    const job = await capture(merchant.client, documentOf(eventOf({ eventID: 'urn:uuid:taken' })));
    expect(job).toMatchObject({ success: false, errors: [{ instance: '/epcisBody/eventList/0/eventID' }] });
  });

  it('may declare an earlier event wrong, under its id', async () => {
    const wrong = eventOf();
    await capture(carrier.client, documentOf(wrong));
    const declaration = {
      ...wrong,
      errorDeclaration: { declarationTime: '2026-03-05T00:00:00Z', reason: 'did_not_occur' },
    };
    expect(await capture(carrier.client, documentOf(declaration))).toMatchObject({
      postroad: { captured: 1, scans: { accepted: 0 } },
    });
    const found = await events(carrier.client, `?MATCH_epc=${encodeURIComponent(wrong.epcList[0]!)}`);
    expect(found.map((event) => event.errorDeclaration !== undefined).sort()).toEqual([false, true]);
    expect(new Set(idsOf(found)).size).toBe(1);
  });

  it.each([
    ['no JSON', '{', 'malformed_json'],
    ['no document', {}, 'epcis_document_invalid'],
    ['another version', { ...documentOf(OBJECT_EVENT), schemaVersion: '1.2' }, 'epcis_document_invalid'],
    ['too many events', documentOf(...Array.from({ length: 1_001 }, () => 1)), 'epcis_too_many_events'],
  ])('that is %s is refused at once', async (_name, document, code) => {
    const answer = await carrier.client.post<{ code: string }>('/epcis/capture', document);
    expect(answer.body.code).toBe(code);
    const asLinkedData = await carrier.client.post<{ code: string }>(
      '/epcis/capture',
      typeof document === 'string' ? document : JSON.stringify(document),
      { 'content-type': 'application/ld+json' },
    );
    expect(asLinkedData.body.code).toBe(code);
  });
});

describe('events about tracking numbers', () => {
  it('are scans of who captured them: unmapped, standard words and our own milestones', async () => {
    const number = 'EPCISSCAN0001';
    const about = (change: object) => eventOf({ epcList: [`urn:x-postroad:number:${number}`], ...change });
    const document = {
      ...documentOf(
        about({ bizStep: 'accepting', disposition: 'in_progress' }),
        about({ bizStep: 'receiving', disposition: 'in_progress' }),
        about({ bizStep: undefined, disposition: undefined, 'pr:milestone': 'out_for_delivery' }),
        about({ bizStep: undefined, disposition: undefined }),
      ),
      '@context': [{ pr: 'urn:x-postroad:' }],
    };
    const job = await capture(network.operator, document);
    expect(job.postroad).toMatchObject({ captured: 4, scans: { accepted: 3, refused: 0 } });
    type Tracked = {
      parcels: {
        timeline: {
          status: string;
          entries: { milestone: string; code: string; occurred_at: string; text: string }[];
        };
      }[];
    };
    const { timeline } = must(await network.operator.get<Tracked>(`/v1/tracking/${number}`)).parcels[0]!;
    expect(timeline.status).toBe('out_for_delivery');
    expect(timeline.entries.map(({ milestone, code }) => [milestone, code])).toEqual([
      ['picked_up', 'epcis:accepting:in_progress'],
      ['unmapped', 'epcis:receiving:in_progress'],
      ['out_for_delivery', 'out_for_delivery'],
    ]);
    expect(timeline.entries[0]!.text).toBe('https://id.gs1.org/414/4012345000115/254/987');
  });

  it.each(['EPCISERROR01', 'EPCISERROR02'])(
    'count no more when their source declares the event an error: %s',
    async (number) => {
      const about = (change: object) => eventOf({ epcList: [`urn:x-postroad:number:${number}`], ...change });
      const wrong = about({
        eventID: `urn:error:${number}`,
        bizStep: 'departing',
        disposition: 'in_transit',
      });
      const errorDeclaration = { declarationTime: '2026-03-05T00:00:00Z', reason: 'did_not_occur' };
      const both = [documentOf(wrong), documentOf({ ...wrong, errorDeclaration })];
      await capture(
        network.operator,
        documentOf(about({ bizStep: 'accepting', disposition: 'in_progress' })),
      );
      // The second time the declaration comes first.
      for (const document of number.endsWith('1') ? both : both.toReversed())
        await capture(network.operator, document);
      type Tracked = {
        parcels: { timeline: { status: string; entries: { milestone: string; effect: string }[] } }[];
      };
      const { timeline } = must(await network.operator.get<Tracked>(`/v1/tracking/${number}`)).parcels[0]!;
      expect(timeline.status).toBe('picked_up');
      expect(timeline.entries.filter(({ effect }) => effect === 'corrected')).toHaveLength(1);
      expect(timeline.entries).toHaveLength(3);
    },
  );

  it('may be inside a container: an aggregation packs it, and what the container does is done to it', async () => {
    const [sscc, number] = ['340123450000000123', 'EPCISPACKED01'];
    const aggregation = (action: string, minute: number) => ({
      ...eventOf({ bizStep: undefined, disposition: undefined, epcList: undefined }),
      type: 'AggregationEvent',
      action,
      eventTime: `2026-03-03T10:${minute}:00Z`,
      parentID: `urn:epc:id:sscc:4012345.${sscc[0]}${sscc.slice(8, 17)}`,
      ...(action === 'ADD' ? { childEPCs: [`urn:x-postroad:number:${number}`] } : {}),
    });
    const moved = (minute: number, bizStep: string) =>
      eventOf({
        epcList: [`https://id.gs1.org/00/${sscc}`],
        eventTime: `2026-03-03T10:${minute}:00Z`,
        bizStep,
        disposition: 'in_transit',
      });
    const document = documentOf(
      moved(30, 'departing'),
      aggregation('DELETE', 20),
      moved(15, 'departing'),
      aggregation('ADD', 10),
    );
    const job = await capture(network.operator, document);
    expect(job.postroad).toMatchObject({ captured: 4, scans: { refused: 0 } });
    type Tracked = { parcels: { timeline: { entries: { container?: string; occurred_at: string }[] } }[] };
    const { timeline } = must(await network.operator.get<Tracked>(`/v1/tracking/${number}`)).parcels[0]!;
    expect(timeline.entries.map(({ container, occurred_at: at }) => [container, at.slice(11, 16)])).toEqual([
      [sscc, '10:15'],
    ]);
  });

  it('come out again as a document of the same milestones, and in the words of tracking services', async () => {
    const number = 'EPCISSCAN0001';
    type Tracked = { parcels: { parcel: { id: string } }[] };
    const { parcel } = must(await network.operator.get<Tracked>(`/v1/tracking/${number}`)).parcels[0]!;
    type Exported = { epcisBody: { eventList: Record<string, unknown>[] } };
    const exported = must(await network.operator.get<Exported>(`/v1/parcels/${parcel.id}/epcis`));
    const list = exported.epcisBody.eventList;
    expect(list.map((event) => [event.bizStep, event['postroad:milestone']])).toEqual([
      ['accepting', 'picked_up'],
      [undefined, undefined],
      ['transporting', 'out_for_delivery'],
    ]);
    const words = must(await network.operator.get(`/v1/parcels/${parcel.id}/status-words`));
    expect(words).toMatchObject({
      status: 'out_for_delivery',
      words: {
        aftership: { tag: 'OutForDelivery', subtag: 'OutForDelivery_001' },
        seventeen_track: { status: 'OutForDelivery', sub_status: 'OutForDelivery_Other' },
        easypost: { status: 'out_for_delivery', status_detail: 'out_for_delivery' },
        shippo: { status: 'TRANSIT', substatus: 'out_for_delivery' },
      },
      events: [
        { milestone: 'picked_up', words: { aftership: { subtag: 'InTransit_002' } } },
        { milestone: 'unmapped', words: { shippo: { status: 'UNKNOWN' } } },
        { milestone: 'out_for_delivery' },
      ],
    });
    expect(await capture(carrier.client, exported)).toMatchObject({
      success: true,
      postroad: { captured: 3, scans: { accepted: 2 } },
    });
    expect(
      idsOf(await events(carrier.client, `?EQ_eventID=${encodeURIComponent(String(list[0]!.eventID))}`)),
    ).toHaveLength(1);
    for (const path of ['epcis', 'status-words'])
      expect(await merchant.client.get(`/v1/parcels/${parcel.id}/${path}`)).toMatchObject({ status: 404 });
  });

  it('by SSCC lead to the parcel of that number; a merchant speaks of its own alone', async () => {
    const job = await capture(
      merchant.client,
      documentOf(eventOf({ epcList: ['urn:epc:id:sscc:4012345.0000000999'] })),
    );
    expect(job).toMatchObject({
      success: true,
      postroad: {
        captured: 1,
        scans: { refused: 1, first_refused: [{ pointer: '/epcisBody/eventList/0', code: 'number_unknown' }] },
      },
    });
  });
});

describe('a query', () => {
  let asker: { id: string; client: Client };
  beforeAll(async () => {
    asker = await network.open({ kind: 'merchant', name: 'Asker', country: NL }, 'merchant_app');
    await capture(
      asker.client,
      documentOf(
        { ...OBJECT_EVENT, eventID: 'urn:q:1', eventTime: '2026-01-01T10:00:00Z' },
        {
          ...OBJECT_EVENT,
          eventID: 'urn:q:2',
          eventTime: '2026-01-02T10:00:00Z',
          bizStep: 'urn:epcglobal:cbv:bizstep:arriving',
          action: 'ADD',
        },
        {
          ...OBJECT_EVENT,
          eventID: 'urn:q:3',
          eventTime: '2026-01-03T10:00:00Z',
          bizLocation: { id: 'urn:epc:id:sgln:4012345.00225.0' },
          disposition: undefined,
        },
        {
          type: 'AggregationEvent',
          eventID: 'urn:q:4',
          eventTime: '2026-01-03T10:00:00Z',
          eventTimeZoneOffset: '+00:00',
          action: 'ADD',
          parentID: 'urn:epc:id:sscc:4012345.0000000222',
          childEPCs: ['urn:epc:id:sgtin:4012345.011111.1'],
        },
      ),
    );
  });

  it.each([
    ['nothing in particular, newest first', '', [4, 3, 2, 1]],
    ['oldest first', '?orderDirection=ASC', [1, 2, 3, 4]],
    ['a kind', '?eventType=AggregationEvent', [4]],
    ['two kinds', '?eventType=AggregationEvent&eventType=ObjectEvent', [4, 3, 2, 1]],
    ['two kinds in one value', '?eventType=AggregationEvent%7CObjectEvent', [4, 3, 2, 1]],
    ['two steps in one value', '?EQ_bizStep=arriving|departing', [3, 2, 1]],
    [
      'two EPCs in one value',
      '?MATCH_anyEPC=urn:epc:id:sgtin:4012345.011111.1|urn:epc:id:sscc:4012345.1',
      [4],
    ],
    ['from a time on', '?GE_eventTime=2026-01-02T10:00:00Z', [4, 3, 2]],
    ['before a time, in another zone', '?LT_eventTime=2026-01-02T11:00:00%2B01:00', [1]],
    ['what was recorded before there was anything', '?LT_recordTime=2020-01-01T00:00:00Z', []],
    ['a step in bare words', '?EQ_bizStep=arriving', [2]],
    [
      'a step by its URI, or another',
      '?EQ_bizStep=https://ref.gs1.org/cbv/BizStep-arriving&EQ_bizStep=departing',
      [3, 2, 1],
    ],
    ['a disposition', '?EQ_disposition=in_transit', [2, 1]],
    ['an action', '?EQ_action=ADD', [4, 2]],
    ['a place by its URN', '?EQ_readPoint=urn:epc:id:sgln:4012345.00011.987', [3, 2, 1]],
    ['a place by its Digital Link', '?EQ_bizLocation=https://id.gs1.org/414/4012345002256', [3]],
    ['a child', '?MATCH_epc=urn:epc:id:sgtin:4012345.011111.1', [4]],
    ['a parent is no EPC of the list', '?MATCH_epc=urn:epc:id:sscc:4012345.0000000222', []],
    ['a parent by any', '?MATCH_anyEPC=urn:epc:id:sscc:4012345.0000000222', [4]],
    ['a parent', '?MATCH_parentID=https://id.gs1.org/00/040123450000002225', [4]],
    ['the parents of a company', '?MATCH_parentID=urn:epc:idpat:sscc:4012345.*', [4]],
    ['the parents of another', '?MATCH_parentID=urn:epc:idpat:sscc:4012346.*', []],
    ['the children of a class', '?MATCH_epc=urn:epc:idpat:sgtin:4012345.011111.*', [4]],
    ['a pattern in any list', '?MATCH_anyEPC=urn:epc:idpat:sscc:4012345.*', [4, 3, 2, 1]],
    ['a pattern in the list', '?MATCH_epc=urn:epc:idpat:sscc:4012345.*', [3, 2, 1]],
    ['an id', '?EQ_eventID=urn:q:2', [2]],
    ['all of several', '?EQ_action=ADD&eventType=ObjectEvent', [2]],
  ])('for %s', async (_name, query, expected) => {
    expect(idsOf(await events(asker.client, query))).toEqual(expected.map((one) => `urn:q:${one}`));
  });

  it('for declarations of errors and transformations', async () => {
    const { client } = await network.open(
      { kind: 'merchant', name: 'Declarer', country: NL },
      'merchant_app',
    );
    const errorDeclaration = {
      declarationTime: '2026-01-05T10:00:00+01:00',
      reason: 'urn:epcglobal:cbv:er:did_not_occur',
      correctiveEventIDs: ['urn:d:2'],
    };
    await capture(
      client,
      documentOf(
        { ...OBJECT_EVENT, eventID: 'urn:d:1' },
        { ...OBJECT_EVENT, eventID: 'urn:d:1', errorDeclaration },
        {
          type: 'TransformationEvent',
          eventID: 'urn:d:3',
          eventTime: '2026-01-01T10:00:00Z',
          eventTimeZoneOffset: '+00:00',
          transformationID: 'urn:t:1',
        },
      ),
    );
    for (const [query, ids] of [
      ['?EQ_transformationID=urn:t:0|urn:t:1', ['urn:d:3']],
      ['?EXISTS_errorDeclaration=true', ['urn:d:1']],
      ['?EXISTS_errorDeclaration=false', ['urn:d:1', 'urn:d:1', 'urn:d:3']],
      ['?EQ_errorReason=did_not_occur', ['urn:d:1']],
      ['?EQ_errorReason=incorrect_data', []],
      ['?EQ_correctiveEventID=urn:d:2', ['urn:d:1']],
      ['?EQ_correctiveEventID=urn:d:1', []],
      ['?GE_errorDeclarationTime=2026-01-05T09:00:00Z', ['urn:d:1']],
      ['?LT_errorDeclarationTime=2026-01-05T09:00:00Z', []],
    ] as const)
      expect([query, idsOf(await events(client, query))]).toEqual([query, ids]);
  });

  it('not for a pattern that is none', async () => {
    const query = '/epcis/events?MATCH_epc=urn:epc:idpat:sgtin:4012345.*.1';
    const answer = await asker.client.get<{ code: string }>(query);
    expect([answer.status, answer.body.code]).toEqual([400, 'epcis_query_invalid']);
  });

  it('goes on page by page without losing or repeating one', async () => {
    const seen: unknown[] = [];
    let address: string | undefined =
      '/epcis/events?perPage=1&orderBy=eventTime&EQ_action=ADD&EQ_action=OBSERVE';
    for (let page = 0; address !== undefined && page < 9; page += 1) {
      const answer: Awaited<ReturnType<typeof asker.client.get<Found>>> =
        await asker.client.get<Found>(address);
      seen.push(...idsOf(must(answer).epcisBody.queryResults.resultsBody.eventList));
      address = /^<([^>]+)>; rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1];
    }
    expect(seen).toEqual(['urn:q:4', 'urn:q:3', 'urn:q:2', 'urn:q:1']);
  });

  it.each([
    '?EQ_bizStep=',
    '?EQ_bizStep=arriving||departing',
    '?eventType=ObjectEvent|Event',
    '?eventType=Event',
    '?EQ_action=MOVE',
    '?GE_eventTime=yesterday',
    '?GE_eventTime=2026-02-30T00:00:00Z',
    '?perPage=0',
    '?perPage=1&perPage=2',
    '?perPage=501',
    '?orderBy=color',
    '?orderDirection=UP',
    '?nextPageToken=abc',
    '?EQ_color=red',
    '?EXISTS_errorDeclaration=yes',
    '?constructor=1',
  ])('that cannot be answered is refused: %s', async (query) => {
    expect(await asker.client.get(`/epcis/events${query}`)).toMatchObject({
      status: 400,
      body: { code: 'epcis_query_invalid' },
    });
  });

  it('sees the events of its organisation alone, as does the job', async () => {
    expect(idsOf(await events(merchant.client, '?EQ_eventID=urn:q:2'))).toEqual([]);
    const [job] = must(await asker.client.get<Job[]>('/epcis/capture'));
    expect(await merchant.client.get(`/epcis/capture/${job!.captureID}`)).toMatchObject({ status: 404 });
    expect(must(await asker.client.get<Job[]>('/epcis/capture?limit=1'))).toHaveLength(1);
  });
});

describe('one event', () => {
  const read = (client: Client, id: string) =>
    client.get<Record<string, unknown>>(`/epcis/events/${encodeURIComponent(id)}`);

  it('is read by its id, with the declaration about it, by whoever captured it and nobody else', async () => {
    const event = eventOf();
    await capture(carrier.client, documentOf(event));
    const [id] = idsOf(await events(carrier.client, `?MATCH_anyEPC=${event.epcList[0]}`)) as string[];
    const seen = await read(carrier.client, id ?? '');
    expect(seen).toMatchObject({ status: 200, body: { ...event, eventID: id } });
    expect(seen.body['@context']).toBeDefined();
    expect((await read(merchant.client, id ?? '')).status).toBe(404);
    expect((await read(carrier.client, 'urn:uuid:none')).status).toBe(404);
    const errorDeclaration = { declarationTime: '2026-03-05T00:00:00.000Z', reason: 'did_not_occur' };
    const declared = await capture(carrier.client, documentOf({ ...event, eventID: id, errorDeclaration }));
    expect(declared.success).toBe(true);
    expect((await read(carrier.client, id ?? '')).body).toMatchObject({ eventID: id, errorDeclaration });
  });
});
