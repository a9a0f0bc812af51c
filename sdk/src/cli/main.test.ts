import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { answer, type Behaviour, type Double, problem, startDouble } from '../double.fixture.ts';

const MAIN = join(import.meta.dirname, 'main.ts');
let folder: string;
let double: Double | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'postroad-cli-'));
});
afterEach(async () => {
  await double?.stop();
  double = undefined;
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the CLI in an empty folder against a double, as a person would. */
async function run(args: readonly string[], behaviours: readonly Behaviour[] = [], input = '', env = {}) {
  const { POSTROAD_URL: _url, POSTROAD_KEY: _key, POSTROAD_DATA: _data, ...clean } = process.env;
  if (behaviours.length > 0) double = await startDouble(...behaviours);
  const own = double === undefined ? {} : { POSTROAD_URL: double.baseUrl, POSTROAD_KEY: 'prd_test_k' };
  const child = spawn(process.execPath, [MAIN, ...args], { cwd: folder, env: { ...clean, ...own, ...env } });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString('utf8');
  });
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString('utf8');
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, out, err, seen: double?.seen ?? [] };
}

const waybill = (number: string) => ({ object_id: 'o', ok: true, waybill: { id: `wbl_${number}`, number } });

test('help is 0, what does not exist is 2', async () => {
  expect(await run(['--help'])).toMatchObject({ code: 0, out: expect.stringContaining('Usage: postroad') });
  expect(await run(['fly'])).toMatchObject({ code: 2, err: expect.stringContaining('unknown command') });
  expect(await run(['number', 'issue'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('--carrier'),
  });
  expect(await run(['number', 'issue', '--carrier', 'x', '--count', '0'])).toMatchObject({ code: 2 });
  expect(await run(['label', '--demo', 'wbl_1'], [answer(200, {})])).toMatchObject({ code: 2, seen: [] });
});

test('without a server or a key it says what to set', async () => {
  expect(await run(['track', 'A1'])).toMatchObject({ code: 2, err: expect.stringContaining('POSTROAD_URL') });
  const noKey = await run(['track', 'A1'], [], '', { POSTROAD_URL: 'http://127.0.0.1:1' });
  expect(noKey).toMatchObject({ code: 2, err: expect.stringContaining('POSTROAD_KEY') });
});

test('a demo’s key is found in .postroad/demo.json, and is not sent to another server', async () => {
  double = await startDouble(answer(200, { number: 'A1', parcels: [] }));
  const demo = {
    base_url: double.baseUrl,
    principals: [
      { world: 'live', organisation: 'merchant', role: 'merchant_admin', key: 'prd_live_no' },
      { world: 'test', organisation: 'merchant', role: 'merchant_admin', key: 'prd_test_yes' },
    ],
  };
  const env = { POSTROAD_DATA: folder, POSTROAD_URL: undefined, POSTROAD_KEY: undefined };
  writeFileSync(join(folder, 'demo.json'), JSON.stringify(demo));
  const first = await run(['track', 'A1'], [], '', env);
  expect(first.code).toBe(1);
  expect(first.seen.map((one) => one.headers.authorization)).toEqual(['Bearer prd_test_yes']);
  const other = await run(['--url', 'http://127.0.0.1:1', 'track', 'A1'], [], '', env);
  expect(other).toMatchObject({ code: 2, err: expect.stringContaining('which key') });
});

test('numbers come one a line, with --json as JSON lines, in batches of a thousand', async () => {
  const many = (count: number) =>
    answer(200, { results: Array.from({ length: count }, (_, n) => waybill(`N${n}`)) });
  const plain = await run(['number', 'issue', '--carrier', 'c', '--count', '1002'], [many(1000), many(2)]);
  expect(plain.code).toBe(0);
  expect(plain.out.trim().split('\n')).toHaveLength(1002);
  expect(plain.seen.map((one) => JSON.parse(one.body).requests.length)).toEqual([1000, 2]);
  await double?.stop();
  const json = await run(['--json', 'number', 'issue', '--carrier', 'c'], [many(1)]);
  expect(JSON.parse(json.out)).toEqual({ number: 'N0', waybill_id: 'wbl_N0', carrier: 'c' });
});

test('numbers are identified without a server, from arguments, lines and files, best first', async () => {
  const plain = await run(['number', 'identify', '1z 999 aa1 01 2345 6784', 'nobody']);
  expect(plain).toMatchObject({ code: 0, err: '' });
  expect(plain.out.split('\n').map((line) => line.replaceAll(/ {2,}/g, ' | '))).toEqual([
    'input | carrier | number | format | check_digit | tracking_url',
    '1z 999 aa1 01 2345 6784 | ups | 1Z999AA10123456784 | ups | ok | https://www.ups.com/track?tracknum=1Z999AA10123456784',
    'nobody | unknown',
    '',
  ]);
  const lines = '986578788855\r\n\n1Z999AA10123456785\n';
  writeFileSync(join(folder, 'numbers.txt'), lines);
  const json = [
    await run(['--json', 'number', 'identify'], [], lines),
    await run(['number', 'identify', '--json', '--file', 'numbers.txt']),
  ];
  for (const { code, out } of json) {
    const [first, second] = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(code).toBe(0);
    expect(first.candidates.map((one: { carrier: string }) => one.carrier)).toEqual([
      'fedex',
      'sf_express',
      'toll',
    ]);
    expect(second).toEqual({ input: '1Z999AA10123456785', candidates: [] });
  }
  expect(await run(['number', 'identify', '--file', 'not-there.txt'])).toMatchObject({
    code: 1,
    err: expect.stringContaining('not-there.txt'),
  });
});

test('a refusal is 1, with the sentence on standard error or as JSON', async () => {
  const refusal = {
    results: [{ object_id: 'o', ok: false, error: { code: 'stock_exhausted', detail: 'None left.' } }],
  };
  const plain = await run(['number', 'issue', '--carrier', 'c'], [answer(200, refusal)]);
  expect(plain).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringContaining('stock_exhausted: None left.'),
  });
  await double?.stop();
  const json = await run(['--json', 'label', 'wbl_1'], [problem(403, 'forbidden')]);
  expect(json.code).toBe(1);
  expect(JSON.parse(json.err)).toMatchObject({
    error: { code: 'forbidden', status: 403, request_id: 'req_1' },
  });
});

const label = (numbers: readonly string[]) =>
  answer(201, { id: 'lbl_1', items: numbers.map((number) => ({ waybill_id: 'w', number, print_count: 1 })) });
const pdf: Behaviour = (response) =>
  response.writeHead(200, { 'content-type': 'application/pdf' }).end('%PDF-1');

test('a label is found by number, shipment or waybill, and written to a file', async () => {
  const made = await run(
    ['label', 'N1', '--size', '4x6in', '--format', 'zpl', '--dpi', '300', '--out', 'x.zpl'],
    [answer(200, { data: [{ id: 'wbl_9' }] }), label(['N1']), pdf],
  );
  expect(made).toMatchObject({ code: 0, out: 'wrote x.zpl: N1 (6 bytes)\n' });
  expect(readFileSync(join(folder, 'x.zpl'), 'utf8')).toBe('%PDF-1');
  expect(JSON.parse(made.seen[1]!.body)).toEqual({
    waybill_ids: ['wbl_9'],
    size: '4x6in',
    format: 'zpl',
    dpi: 300,
  });
  await double?.stop();
  const several = await run(
    ['label', '-', 'wbl_1', '--out', '-'],
    [
      answer(200, { parcels: [{ waybill_id: 'wbl_2' }, { waybill_id: 'wbl_3' }] }),
      label(['A', 'B', 'C']),
      pdf,
    ],
    'shp_1\n\n',
  );
  expect(several).toMatchObject({ code: 0, out: '%PDF-1' });
  expect(JSON.parse(several.seen[1]!.body).waybill_ids).toEqual(['wbl_1', 'wbl_2', 'wbl_3']);
});

test.each([
  ['--size', 'A4'],
  ['--format', 'png'],
  ['--dpi', '250'],
])('%s %s is misuse and asks the server nothing', async (option, value) => {
  const made = await run(['label', 'wbl_1', option, value], [label([])]);
  expect(made).toMatchObject({ code: 2, seen: [] });
  expect(made.err).toContain(option);
});

const tracked = (status: string, milestones: readonly string[], terminal = false) =>
  answer(200, {
    number: 'A1',
    parcels: [
      {
        parcel: { id: 'pcl_1', number: 'A1', status, terminal },
        timeline: {
          unverified: [],
          quarantined: [],
          entries: milestones.map((milestone, index) => ({
            scan_id: String(index),
            effect: 'moved',
            milestone,
            code: milestone,
            occurred_at: `2026-11-22T0${index}:00:00.000Z`,
            place: { country: 'CN', city: 'Hang\x1b[2Jzhou' },
          })),
        },
      },
    ],
  });

test('tracking prints every number it finds, and is 1 when one is unknown', async () => {
  const made = await run(
    ['track', 'A1', 'B2'],
    [tracked('in_transit', ['picked_up']), problem(404, 'not_found')],
  );
  expect(made.code).toBe(1);
  expect(made.out).toContain('A1  in_transit');
  expect(made.err).toContain('B2: no parcel');
  expect(made.out, 'a place cannot steer the terminal').not.toContain('\x1b');
});

test('--watch prints only what is new and ends with the parcel', async () => {
  const made = await run(
    ['--json', 'track', 'A1', '--watch', '--every', '1'],
    [tracked('in_transit', ['picked_up']), tracked('delivered', ['picked_up', 'delivered'], true)],
  );
  expect(made.code).toBe(0);
  const steps = made.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(steps.map((step) => step.milestone ?? step.status)).toEqual([
    'in_transit',
    'picked_up',
    'delivered',
    'delivered',
  ]);
});

test('a carrier’s payload is read without a server; what cannot be read has a name and exit code 1', async () => {
  const payload = JSON.stringify({
    trackingNumber: '1Z999AA10123456784',
    localActivityDate: '20260306',
    localActivityTime: '101500',
    activityStatus: { type: 'O', code: 'OT', description: 'Out for delivery' },
  });
  const read = await run(['scans', 'parse', '--carrier', 'ups', '--json'], [], payload);
  expect(read.code).toBe(0);
  expect(JSON.parse(read.out)).toMatchObject({
    tracking_number: '1Z999AA10123456784',
    status: 'out_for_delivery',
    delivered: false,
    events: [{ local_time: '2026-03-06T10:15:00', occurred_at: null, utc_offset_known: false, code: 'OT' }],
    errors: [],
  });
  writeFileSync(join(folder, 'half.json'), payload.slice(0, 50));
  const half = await run(['scans', 'parse', '--carrier', 'ups', 'half.json']);
  expect(half.code).toBe(1);
  expect(JSON.parse(half.out).errors).toMatchObject([{ name: 'payload_unreadable' }]);
  expect((await run(['scans', 'parse', '--carrier', 'nobody'], [], payload)).code).toBe(2);
  const mapping = { carrier: 'van', format: 'csv', source: 'a sheet', codes: { OK: 'delivered' } };
  writeFileSync(
    join(folder, 'van.json'),
    JSON.stringify({ ...mapping, fields: { number: 'n', code: 'c', time: 't' } }),
  );
  const mapped = await run(
    ['scans', 'parse', '--mapping', 'van.json'],
    [],
    'n,c,t\nV1,OK,2026-09-03T10:00:00Z\n',
  );
  expect(JSON.parse(mapped.out)).toMatchObject({ tracking_number: 'V1', status: 'delivered', errors: [] });
});

test('an interchange and an EPCIS document are read without a server; what is broken ends with 1', async () => {
  const file =
    "UNB+UNOC:3+S+R+260304:0900+7'UNH+1+IFTSTA:D:96A:UN'CNI+1+C1'STS+1+21'DTM+78:202603041015:203'";
  const whole = await run(['edi', 'parse'], [], `${file}UNT+5+1'UNZ+1+7'`);
  expect(whole).toMatchObject({ code: 0 });
  expect(JSON.parse(whole.out)).toMatchObject({
    interchange: '7',
    message: { reference: '1', type: 'IFTSTA' },
    tracking_number: 'C1',
    status: 'delivered',
    errors: [],
  });
  const cut = await run(['edi', 'parse'], [], file);
  expect(cut.code).toBe(1);
  expect(JSON.parse(cut.out)).toMatchObject({
    errors: [{ code: 'trailer_missing', at: { byte: file.length } }],
  });
  const taken = await run(['edi', 'answer'], [], `${file}UNT+5+1'UNZ+1+7'`);
  expect(taken).toMatchObject({ code: 0, out: expect.stringContaining("UCI+7+S+R+7'") });
  const rejected = await run(['edi', 'answer'], [], file);
  expect(rejected).toMatchObject({ code: 1, out: expect.stringContaining("UCI+7+S+R+4+13'") });

  const event = {
    type: 'ObjectEvent',
    eventTime: '2026-03-04T10:00:30Z',
    eventTimeZoneOffset: '+01:00',
    action: 'OBSERVE',
    epcList: ['urn:epc:id:sscc:4012345.0000000111'],
  };
  const document = (one: object) =>
    JSON.stringify({
      '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
      type: 'EPCISDocument',
      schemaVersion: '2.0',
      creationDate: '2026-03-04T12:00:00Z',
      epcisBody: { eventList: [one] },
    });
  expect(await run(['epcis', 'validate'], [], document(event))).toMatchObject({ code: 0, out: '' });
  expect(await run(['epcis', 'hash'], [], document(event))).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^ni:\/\/\/sha-256;[0-9a-f]{64}\?ver=CBV2\.0\n$/),
  });
  const wrong = await run(['epcis', 'validate'], [], document({ ...event, action: 'MOVE' }));
  expect(wrong.code).toBe(1);
  expect(JSON.parse(wrong.out)).toMatchObject({ pointer: '/epcisBody/eventList/0/action' });
  expect(await run(['epcis', 'hash'], [], '{')).toMatchObject({ code: 1, out: '' });
}, 60_000);

test('a captured document is followed to its end, with its faults', async () => {
  const job = (change: object) => ({
    captureID: 'cap_1',
    running: false,
    success: true,
    errors: [],
    postroad: { captured: 2, duplicates: 1, scans: { accepted: 1, duplicates: 0, refused: 0 } },
    ...change,
  });
  writeFileSync(join(folder, 'events.jsonld'), '{"type":"EPCISDocument"}');
  const done = await run(
    ['epcis', 'capture', 'events.jsonld', '--proceed'],
    [answer(202, job({ running: true, success: false })), answer(200, job({}))],
  );
  expect(done).toMatchObject({ code: 0, out: expect.stringContaining('2 events captured, 1 known already') });
  expect(done.seen.map(({ url }) => url)).toEqual(['/epcis/capture', '/epcis/capture/cap_1']);
  expect(done.seen[0]).toMatchObject({ body: '{"type":"EPCISDocument"}' });
  expect(done.seen[0]?.headers['gs1-capture-error-behaviour']).toBe('proceed');
  await double?.stop();
  const errors = [{ instance: '/epcisBody/eventList/0/action', detail: 'is none' }];
  const faulty = await run(
    ['--json', 'epcis', 'capture', 'events.jsonld'],
    [answer(202, job({ success: false, errors }))],
  );
  expect(faulty.code).toBe(1);
  expect(JSON.parse(faulty.out)).toMatchObject({ errors });
  writeFileSync(join(folder, 'events.jsonld'), '<xml/>');
  expect(await run(['epcis', 'capture', 'events.jsonld'])).toMatchObject({ code: 2 });
}, 60_000);

test('cases of declared numbers are listed, and one is shown with its evidence', async () => {
  const evidence = { compared: 'a, b', scan_ids: [], instants: [], places: [] };
  const one = {
    id: 'vrf_1',
    number: 'RR123456785CN',
    carrier_code: 'china_post',
    state: 'suspected',
    score: 100,
    findings: [{ rule: 'no_first_scan', points: 100, declared: 'Monday', observed: 'none', ...evidence }],
    supports: [],
    first_scan_due_at: '2026-03-09T09:00:00.000Z',
    declared_at: '2026-03-02T09:00:00.000Z',
    steps: [{ name: 'suspected', by: 'rules', occurred_at: '2026-03-09T09:00:00.000Z' }],
  };
  const listed = await run(
    ['verification', 'list', '--state', 'suspected', '--declaration', 'ext_1'],
    [answer(200, { data: [one] })],
  );
  expect(listed).toMatchObject({ code: 0, out: expect.stringMatching(/vrf_1 +suspected .*no_first_scan/) });
  expect(listed.seen[0]?.url).toBe('/v1/verifications?limit=20&state=suspected&external_shipment_id=ext_1');
  await double?.stop();
  const shown = await run(['verification', 'show', 'vrf_1'], [answer(200, one)]);
  expect(shown.out).toContain('-100 no_first_scan: Monday / none');
  expect(shown.out).toContain('suspected by rules');
  await double?.stop();
  expect(await run(['verification', 'list', '--state', 'odd'], [answer(200, {})])).toMatchObject({
    code: 2,
    seen: [],
  });
});

test('shipments made elsewhere are declared, listed with their verdicts, corrected and withdrawn', async () => {
  const one = {
    id: 'ext_1',
    state: 'declared',
    order_reference: 'A-1',
    carrier_code: 'ups',
    number: '1Z1',
    verification_state: 'suspected',
    declared_at: '2026-03-02T09:00:00.000Z',
  };
  const made = { object_id: 'one', outcome: 'created', external_shipment_id: 'ext_1' };
  const declared = await run(
    'external declare A-1 --carrier ups --number 1Z1 --part --from CN --weight 950'.split(' '),
    [answer(200, { results: [made] })],
  );
  expect(declared).toMatchObject({ code: 0, out: 'ext_1\n' });
  expect(JSON.parse(declared.seen[0]?.body ?? '').shipments[0].shipment).toEqual({
    ...{ order_reference: 'A-1', carrier_code: 'ups', number: '1Z1' },
    ...{ send_type: 'part', ship_from_country: 'CN', weight_grams: 950 },
  });
  await double?.stop();
  const error = { code: 'declarations_suspended', detail: 'Until then.' };
  const refused = await run(
    ['external', 'declare', 'ord_1', '--carrier', 'ups', '--number', '1Z1', '--despite-correction'],
    [answer(200, { results: [{ object_id: 'one', outcome: 'refused', error }] })],
  );
  expect(refused.seen[0]?.body).toContain('"despite_correction":true');
  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('declarations_suspended') });
  await double?.stop();
  const listed = await run(['external', 'list', '--verdict', 'suspected'], [answer(200, { data: [one] })]);
  expect(listed).toMatchObject({ code: 0, out: expect.stringMatching(/ext_1 +declared .*suspected/) });
  expect(listed.seen[0]?.url).toBe('/v1/external-shipments?limit=20&verification_state=suspected');
  await double?.stop();
  for (const [words, told] of [
    ['--number 1Z2 --weight 900', { number: '1Z2', weight_grams: 900 }],
    ['--no-weight', { weight_grams: null }],
  ] as const) {
    const ran = await run(`external correct ext_1 ${words} --reason slip`.split(' '), [answer(200, one)]);
    expect(ran).toMatchObject({ code: 0, out: 'ext_1 declared ups 1Z1\n' });
    expect(JSON.parse(ran.seen[0]?.body ?? '')).toEqual({ ...told, reason: 'slip' });
    await double?.stop();
  }
  expect(await run(['external', 'correct', 'ext_1', '--reason', 'x'], [answer(200, one)])).toMatchObject({
    code: 2,
    seen: [],
  });
  await double?.stop();
  const withdrawn = await run(
    ['external', 'withdraw', 'ext_1', '--reason', 'never sent'],
    [answer(200, { ...one, state: 'withdrawn' })],
  );
  expect(withdrawn).toMatchObject({ code: 0, out: 'ext_1 withdrawn ups 1Z1\n' });
});

test('a file of outlets is sent, waited for, and refused lines are named', async () => {
  const none = { opened: 0, changed: 0, unchanged: 0, closed: 0, refused: 0 };
  const feed = { id: 'pfd_1', state: 'done', outcomes: { ...none, opened: 2, refused: 1 } };
  const line = { line: 3, outlet_code: 'O2', errors: [{ column: 'hours', message: 'no' }] };
  const csv = 'outlet_code\nO1\nO2\n';
  const path = join(folder, 'outlets.csv');
  writeFileSync(path, csv);
  const sent = await run(
    ['point', 'feed', path, '--mode', 'full'],
    [
      answer(200, { organisation: { id: 'org_1' } }),
      answer(202, { id: 'pfd_1' }),
      answer(200, { ...feed, state: 'reading' }),
      answer(200, feed),
      answer(200, { data: [line] }),
    ],
  );
  expect(sent).toMatchObject({
    code: 1,
    out: 'pfd_1 done: 2 opened, 0 changed, 0 unchanged, 0 closed, 1 refused\n',
    err: expect.stringContaining('3: O2 hours: no'),
  });
  expect(sent.seen[1]).toMatchObject({
    url: '/v1/point-networks/org_1/outlet-feeds?mode=full',
    headers: { 'content-type': 'text/csv' },
    body: csv,
  });
  await double?.stop();
  const point = {
    id: 'pnt_1',
    outlet_code: 'O1',
    state: 'trial',
    kind: 'shop',
    city: 'Hangzhou',
    name: 'Corner',
  };
  const listed = await run(
    ['point', 'list', '--outlet', 'O1'],
    [answer(200, { data: [{ ...point, is_open: true }] })],
  );
  expect(listed).toMatchObject({ code: 0, out: expect.stringMatching(/pnt_1 +O1 +trial/) });
  expect(listed.seen[0]?.url).toBe('/v1/points?limit=20&outlet_code=O1');
});

test('a file of scans is sent as what it is, in parts, and refused lines are named by their line', async () => {
  const receipts = (refused: number) => ({
    ...{ accepted: 2, duplicates: 1, refused },
    data: refused === 0 ? [] : [{ index: 1, result: 'refused', code: 'invalid_scan', message: 'no' }],
  });
  const file = (name: string, text: string) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const csv = await run(
    ['scans', 'import', file('a.csv', 'number,code\nA1,x\nA2,y\n')],
    [answer(200, receipts(1))],
  );
  expect(csv).toMatchObject({ code: 1, out: '2 accepted, 1 known, 1 refused\n' });
  expect(csv.err).toContain('3: invalid_scan no');
  expect(csv.seen[0]).toMatchObject({ url: '/v1/scans', headers: { 'content-type': 'text/csv' } });
  await double?.stop();
  const many = `${Array.from({ length: 5_001 }, (_, n) => `{"number":"A${n}"}`).join('\n')}\n`;
  const lines = await run(['--json', 'scans', 'import', file('a.ndjson', many)], [answer(200, receipts(0))]);
  expect(lines).toMatchObject({ code: 0, out: '{"accepted":4,"duplicates":2,"refused":0}\n' });
  expect(lines.seen.map(({ body }) => body.trim().split('\n').length)).toEqual([5_000, 1]);
  await double?.stop();
  const edi = await run(
    ['scans', 'import', file('a.edi', "UNA:+.? 'UNB+UNOC:3'")],
    [answer(200, { ...receipts(0), errors: [] })],
  );
  expect(edi.seen[0]).toMatchObject({
    url: '/v1/scans/payloads/edifact',
    headers: { 'content-type': 'application/edifact' },
  });
  await double?.stop();
  expect(await run(['scans', 'import', file('none.csv', ' ')], [answer(200, {})])).toMatchObject({
    code: 2,
    seen: [],
  });
});

test('returns are listed, shown, agreed to and refused', async () => {
  const amount = { amount_minor: 26_900, currency: 'CNY' };
  const one = {
    id: 'ret_1',
    kind: 'return',
    state: 'applied',
    order_reference: 'A-1',
    items: [{ line: 1, description: 'Down jacket', quantity: 1, reason: 'does_not_fit', amount }],
    amount,
    due_at: '2026-03-07T09:00:00.000Z',
    applied_at: '2026-03-02T09:00:00.000Z',
    steps: [{ fact: 'applied', state: 'applied', party: 'buyer', occurred_at: '2026-03-02T09:00:00.000Z' }],
  };
  const listed = await run(
    ['return', 'list', '--state', 'applied', '--order', 'ord_1'],
    [answer(200, { data: [one] })],
  );
  expect(listed).toMatchObject({ code: 0, out: expect.stringMatching(/ret_1 +return +applied +A-1/) });
  expect(listed.seen[0]?.url).toBe('/v1/returns?limit=20&state=applied&order_id=ord_1');
  await double?.stop();
  const desk = await run(
    ['return', 'list', '--waits-for', 'seller', '--due'],
    [answer(200, { data: [one] })],
  );
  expect(desk.seen[0]?.url).toBe('/v1/returns?limit=20&waits_for=seller&order=due');
  await double?.stop();
  const nobody = await run(['return', 'list', '--waits-for', 'nobody'], [answer(200, {})]);
  expect(nobody).toMatchObject({ code: 2, seen: [], err: expect.stringContaining('--waits-for is one of') });
  await double?.stop();
  const shown = await run(['return', 'show', 'ret_1'], [answer(200, one)]);
  expect(shown.out).toContain('1 x Down jacket (does_not_fit): 269.00 CNY');
  expect(shown.out).toContain('applied by buyer');
  await double?.stop();
  const agreed = await run(['return', 'agree', 'ret_1'], [answer(200, { ...one, state: 'agreed' })]);
  expect(agreed).toMatchObject({ code: 0, out: expect.stringContaining('agreed') });
  expect(agreed.seen[0]).toMatchObject({ method: 'POST', url: '/v1/returns/ret_1/agreement' });
  await double?.stop();
  const refused = await run(
    ['return', 'refuse', 'ret_1', '--reason', 'Worn outside'],
    [answer(200, { ...one, state: 'refused' })],
  );
  expect(refused.seen[0]?.url).toBe('/v1/returns/ret_1/refusal');
  await double?.stop();
  expect(await run(['return', 'refuse', 'ret_1'], [answer(200, {})])).toMatchObject({ code: 2, seen: [] });
});

test('mailings are quoted, listed, shown and taken in at a counter', async () => {
  const cny = (amount_minor: number) => ({ amount_minor, currency: 'CNY' });
  const offer = {
    ...{ line_code: 'cn_domestic_express', total: cny(1_007), handover_choices: ['drop_off'] },
    promise: { latest: '2026-03-05T15:59:59.000Z' },
  };
  const why = {
    line_code: 'cn_global_fast',
    reasons: [{ code: 'x', message: 'The line does not go there.' }],
  };
  const asked = ['mailing', 'quote', '--from', 'CN,322000', '--to', 'CN,311121', '--weight', '1900'];
  const found = { destination_zone: 'Asia/Tokyo', offers: [offer], refused: [why] };
  const quoted = await run(asked, [answer(200, found)]);
  expect([quoted.code, quoted.out]).toEqual([0, expect.stringMatching(/express +10\.07 CNY +2026-03-06 /)]);
  expect(JSON.parse(quoted.seen[0]?.body ?? '')).toMatchObject({
    from: { country: 'CN', postcode: '322000' },
  });
  await double?.stop();
  const wrong = await run([...asked.slice(0, 3), 'China', ...asked.slice(4)], [answer(200, {})]);
  expect(wrong).toMatchObject({ code: 2, seen: [] });
  await double?.stop();
  const one = {
    ...{ id: 'mlg_1', state: 'placed', line_code: 'cn_domestic_express', placed_at: '2026-03-02T02:00:00Z' },
    ...{ goods: { description: 'Ham', quantity: 1 }, quoted: { total: cny(1_007) } },
    code: { code: '7K3M-PQ9C', expires_at: '2026-03-09T02:00:00Z' },
    steps: [{ fact: 'placed', state: 'placed', party: 'sender', occurred_at: '2026-03-02T02:00:00Z' }],
  };
  const listed = await run(['mailing', 'list', '--state', 'placed'], [answer(200, { data: [one] })]);
  expect(listed.seen[0]?.url).toBe('/v1/mailings?limit=20&state=placed');
  expect(listed.out).toMatch(/mlg_1 +placed/);
  await double?.stop();
  const shown = await run(['mailing', 'show', 'mlg_1'], [answer(200, one)]);
  expect(shown.out).toContain('code 7K3M-PQ9C');
  await double?.stop();
  const seen = {
    ...{ mailing_id: 'mlg_1', goods: { description: 'Ham' }, ceiling: cny(1_007) },
    duties: { checklist: ['packed_safely'], needs_identity: true, document_kinds: ['passport'] },
  };
  const price = { total: cny(1_166), to_collect: cny(1_166) };
  const intake = ['mailing', 'intake', '7K3M-PQ9C', '--point', 'pnt_1', '--weight', '2600'];
  const looked = await run(intake, [answer(200, seen), answer(200, price)]);
  expect(looked.out).toMatch(/11\.66 CNY +10\.07 CNY +11\.66 CNY +passport +packed_safely/);
  await double?.stop();
  const done = { id: 'mlg_1', state: 'accepted', number: 'PRC1', receipt: { freight: cny(1_166) } };
  const taken = await run(
    [...intake, '--document', 'passport', '--mark', 'YJ-1', '--agreed', '1166', '--yes'],
    [answer(200, seen), answer(200, price), answer(200, done)],
  );
  expect(taken.out).toMatch(/mlg_1 +accepted +PRC1 +11\.66 CNY/);
  expect(JSON.parse(taken.seen[2]?.body ?? '')).toMatchObject({
    ...{ agreed_total: cny(1_166), payment: { method: 'cash', amount: cny(1_166) } },
    ...{ checks: { packed_safely: true }, document_kind: 'passport', inspection_mark: 'YJ-1' },
  });
});

test('coverage of a country is printed by division, and where the next points would give most', async () => {
  const within = [3_000, 5_000, 10_000].map((meters) => ({ meters, people_share: 0.5, places_share: 0.25 }));
  const share = { people: 800, places: 4, within };
  const shown = await run(
    ['coverage', 'CN', '--service', 'return'],
    [
      answer(200, {
        country: 'CN',
        ...share,
        divisions: [{ division_code: '330000', ...share }],
        unserved: [],
      }),
    ],
  );
  expect(shown.seen[0]?.url).toBe('/v1/coverage?country=CN&service=return');
  expect(shown.out).toMatch(/330000 +800 +4 +50.0 % of people, 25.0 % of places/);
  await double?.stop();
  const site = {
    rank: 1,
    name: 'Linyi',
    kind: 'demand',
    position: { latitude: 35.06, longitude: 118.34 },
    gain: 900,
    covered_share: 0.6,
    bound_share: 0.7,
  };
  const planned = await run(
    ['coverage', 'CN', '--recommend', '3', '--radius', '10000'],
    [answer(200, { sites: [site] })],
  );
  expect(planned.out).toMatch(/1 +Linyi \(unserved demand\) +35.06 118.34 +900 +60.0 % +70.0 %/);
  expect(JSON.parse(String(planned.seen[0]?.body))).toMatchObject({ points: 3, radius_meters: 10_000 });
  await double?.stop();
  for (const words of [['china'], ['CN', '--service', 'sell']])
    expect(await run(['coverage', ...words], [answer(200, {})])).toMatchObject({ code: 2, seen: [] });
});

test('points near a place come nearest first, and none is a refusal', async () => {
  const point = {
    ...{ id: 'pnt_1', name: 'Corner Shop', address_lines: ['1 Long Road'], city: 'York', is_open: false },
    ...{ distance_meters: 111, opens_at: '2026-12-01T01:00:00.000Z', has_capacity_left: true },
  };
  const args = ['point', 'near', '--service', 'return', '--open-now', '--', '-33.86,151.2'];
  const found = await run(args, [answer(200, { data: [point] })]);
  expect(found.out).toMatch(
    /^id .*\npnt_1 +111 +Corner Shop +1 Long Road, York +2026-12-01T01:00:00.000Z +yes\n$/,
  );
  expect(found.seen[0]?.url).toBe(
    '/v1/points/search?limit=10&latitude=-33.86&longitude=151.2&service=return&open_now=true',
  );
  await double?.stop();
  expect(await run(['point', 'near', 'nowhere'], [answer(200, { data: [] })])).toMatchObject({
    code: 1,
    err: 'no point was found there\n',
  });
  expect(await run(['point', 'near', 'York', '--service', 'fly'])).toMatchObject({ code: 2 });
});

test('shelf list, store and hand-out speak to the counter', async () => {
  const one = {
    id: 'spc_1',
    state: 'stored',
    number: 'WAIT1',
    place: '15-1',
    recipient_name: 'K***',
    free_until: '2026-03-07T09:00:00.000Z',
    return_at: '2026-03-17T09:00:00.000Z',
  };
  const listed = await run(
    ['shelf', 'list', '--point', 'pnt_1', '--overdue'],
    [answer(200, { data: [one] })],
  );
  expect(listed).toMatchObject({ code: 0, out: expect.stringMatching(/spc_1 +stored +WAIT1 +15-1/) });
  expect(listed.seen[0]?.url).toBe('/v1/shelf-parcels?limit=50&point_id=pnt_1&overdue=true');
  await double?.stop();
  const stored = await run(['shelf', 'store', 'pnt_1', 'WAIT1', '15-1'], [answer(201, one)]);
  expect(stored.out).toContain('WAIT1 lies at 15-1');
  await double?.stop();
  const given = await run(['shelf', 'hand-out', 'spc_1', '15-1-3'], [answer(200, one)]);
  expect(given.out).toContain('WAIT1 was handed out');
  await double?.stop();
  expect(
    await run(['shelf', 'hand-out', 'spc_1', '1', '--fee', 'forgotten'], [answer(200, {})]),
  ).toMatchObject({
    code: 2,
    seen: [],
  });
});
