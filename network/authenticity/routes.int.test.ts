import { afterAll, beforeAll, expect, test } from 'vitest';
import { BERLIN, GOODS, type Market, MUNICH, must, openMarket } from '../../test/setup/market.ts';
import { type Client, startTestNetwork, type TestNetwork } from '../../test/setup/network.ts';
import { jpeg } from '../deliveries/proof.fixture.ts';

type Finding = { rule: string; observed?: string; scan_ids: string[]; about_others?: boolean };
type Case = {
  id: string;
  state: string;
  findings: Finding[];
  supports: { rule: string }[];
  statements: { kind: string; text: string; picture_ids: string[] }[];
  steps: { name: string; by?: string; reason?: string }[];
  appeal_due_at?: string;
  level?: string;
};
type Problem = { code: string };
type Points = { points: number; penalties: { level: string; revoked_at?: string }[] };

let network: TestNetwork;
let market: Market;
let rival: Market;
let serial = 0;

beforeAll(async () => {
  network = await startTestNetwork();
  const { operator } = network;
  const options = {
    operator,
    country: 'DE',
    currency: 'EUR',
    topUpMinor: 1_000,
    carrierCode: 'postroad_express_eu',
  };
  market = await openMarket(network, options);
  rival = await openMarket(network, { ...options, fromSerial: 200_001 });
  await leaveNoTimeForSlips();
});

/** What is malformed is suspected at once, so that no test waits for a day. */
async function leaveNoTimeForSlips(): Promise<void> {
  const { client } = market.marketplace;
  const { document } = must(
    await client.get<{ document: object }>('/v1/rulebook-kinds/false_tracking/in-force'),
  );
  const strict = { kind: 'false_tracking', note: 'no slips', document: { ...document, slip_hours: 0 } };
  const { id } = must(await client.post<{ id: string }>('/v1/rulebooks', strict));
  must(await client.post(`/v1/rulebook-versions/${id}/tests`, {}));
  must(await client.post(`/v1/rulebook-versions/${id}/activation`, {}));
}
afterAll(() => network?.stop());

const DAY_MS = 86_400_000;
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString();
/** As UPS prints them; whether the check digit holds is what is asked. */
const MALFORMED = '1Z999AA1012345678';
const newNumber = () => {
  serial += 1;
  return `1Z999AA1${String(serial).padStart(10, '0')}`;
};
/** Of a carrier without known formats, so that only the journey speaks. */
const plainNumber = () => {
  serial += 1;
  return `PLAIN${String(serial).padStart(8, '0')}`;
};

async function declare(number: string, carrier: string, client = market.merchant.client): Promise<string> {
  serial += 1;
  const order = {
    reference: `V-${serial}`,
    placed_at: daysAgo(5),
    sender: BERLIN,
    recipient: MUNICH,
    goods: GOODS,
  };
  must(await client.post('/v1/orders', { orders: [{ object_id: 'o', order }] }));
  const shipment = {
    order_reference: order.reference,
    carrier_code: carrier,
    number,
    ...(carrier === 'other' ? { tracking_site: 'https://track.example.com' } : {}),
  };
  const answer = must(
    await client.post<{ results: { external_shipment_id?: string; error?: Problem }[] }>(
      '/v1/external-shipments',
      {
        shipments: [{ object_id: 's', shipment }],
      },
    ),
  );
  await network.settle();
  const id = answer.results[0]?.external_shipment_id;
  if (id === undefined) throw new Error(JSON.stringify(answer.results));
  return id;
}

async function caseOf(externalShipmentId: string, client = market.merchant.client): Promise<Case> {
  const path = `/v1/verifications?external_shipment_id=${externalShipmentId}`;
  const id = must(await client.get<{ data: { id: string }[] }>(path)).data[0]?.id;
  return must(await client.get<Case>(`/v1/verifications/${id}`));
}

async function scan(
  number: string,
  steps: readonly (readonly [milestone: string, days: number, city: string])[],
) {
  const scans = steps.map(([milestone, days, city]) => ({
    number,
    milestone,
    occurred_at: daysAgo(days),
    place: { country: 'DE', city },
  }));
  must(await network.operator.post('/v1/scans', { scans }));
  await network.settle();
}

const rulesOf = (one: Case) => one.findings.map((finding) => finding.rule);
const points = async (client: Client, query = '') =>
  must(await client.get<Points>(`/v1/penalty-points${query}`));

test('a number that goes to the buyer is genuine by itself, and becomes suspected when it ends elsewhere', async () => {
  const number = plainNumber();
  const id = await declare(number, 'other');
  expect((await caseOf(id)).state).toBe('pending');
  await scan(number, [
    ['picked_up', 4, 'Berlin'],
    ['out_for_delivery', 2.1, 'München'],
  ]);
  const genuine = await caseOf(id);
  expect([genuine.state, rulesOf(genuine)]).toEqual(['genuine', []]);
  await scan(number, [['delivered', 2, 'Hamburg']]);
  const revised = await caseOf(id);
  expect(revised.state).toBe('suspected');
  expect(rulesOf(revised)).toContain('destination_city');
});

test('from suspicion to proof, decision, appeal and points that come back', async () => {
  const { merchant, marketplace } = market;
  const before = (await points(merchant.client)).points;
  const id = await declare(MALFORMED, 'ups');
  const suspected = await caseOf(id);
  expect([suspected.state, rulesOf(suspected)]).toEqual(['suspected', ['number_malformed']]);
  const at = `/v1/verifications/${suspected.id}`;

  const picture = await merchant.client.post<{ id: string }>(`${at}/pictures`, jpeg(), {
    'content-type': 'image/jpeg',
  });
  expect(picture.status).toBe(201);
  const text = 'Frau Zeidler nahm es an.\nBeleg anbei.';
  const proof = must(
    await merchant.client.post<Case>(`${at}/proofs`, { text, picture_ids: [picture.body.id] }),
  );
  expect(proof.statements).toMatchObject([{ kind: 'proof', text, picture_ids: [picture.body.id] }]);
  const shown = await marketplace.client.get(`${at}/pictures/${picture.body.id}`);
  expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
  const foreign = await merchant.client.post<Problem>(`${at}/proofs`, {
    text,
    picture_ids: [picture.body.id.replace(/.$/, (last) => (last === '0' ? '1' : '0'))],
  });
  expect([foreign.status, foreign.body.code]).toEqual([422, 'picture_unknown']);

  const decision = { outcome: 'confirmed', level: 'serious', reason: 'The number is none of this carrier.' };
  expect((await merchant.client.post(`${at}/decision`, decision)).status).toBe(403);
  const confirmed = must(await marketplace.client.post<Case>(`${at}/decision`, decision));
  expect([confirmed.state, confirmed.level]).toEqual(['penalised', 'serious']);
  expect((await points(merchant.client)).points).toBe(before + 12);

  must(await merchant.client.post<Case>(`${at}/appeal`, { text: 'It is one.' }));
  const again = await merchant.client.post<Problem>(`${at}/appeal`, { text: 'It is one.' });
  expect([again.status, again.body.code]).toEqual([409, 'verification_state_conflict']);
  const verdict = { outcome: 'revoked', reason: 'The carrier confirmed it.' };
  const own = await marketplace.client.post<Problem>(`${at}/appeal-decision`, verdict);
  expect([own.status, own.body.code]).toEqual([422, 'decided_by_you']);
  const revoked = must(await network.operator.post<Case>(`${at}/appeal-decision`, verdict));
  expect(revoked.steps.map((step) => step.name)).toEqual([
    'pending',
    'suspected',
    'proof_given',
    'confirmed',
    'penalised',
    'appealed',
    'revoked',
  ]);
  const after = await points(marketplace.client, `?organisation_id=${merchant.id}`);
  expect([after.points, after.penalties[0]?.revoked_at === undefined]).toEqual([before, false]);
});

test('of a number that belongs to somebody else the merchant learns that, and nothing more', async () => {
  const number = newNumber();
  const first = await declare(number, 'ups', rival.merchant.client);
  await scan(number, [
    ['picked_up', 4, 'Berlin'],
    ['delivered', 1, 'Hamburg'],
  ]);
  const id = await declare(number, 'ups');
  const seenBy = async (client: Client) =>
    (await caseOf(id, client)).findings.filter((finding) => finding.about_others === true);
  const mine = await seenBy(market.merchant.client);
  expect(mine.map((finding) => finding.rule)).toContain('number_of_anothers_parcel');
  expect(mine.every((finding) => finding.observed === undefined && finding.scan_ids.length === 0)).toBe(true);
  expect((await seenBy(network.operator)).some((finding) => finding.scan_ids.length > 0)).toBe(true);
  expect(JSON.stringify(await caseOf(id))).not.toContain('Hamburg');
  const theirs = await caseOf(first, rival.merchant.client);
  expect(rulesOf(theirs)).not.toContain('number_on_another_order');
  expect((await market.marketplace.client.get(`/v1/verifications/${theirs.id}`)).status).toBe(404);
  expect((await points(network.operator, `?organisation_id=${rival.merchant.id}`)).points).toBe(0);
  const foreign = await market.merchant.client.get<Problem>(
    `/v1/penalty-points?organisation_id=${rival.merchant.id}`,
  );
  expect([foreign.status, foreign.body.code]).toEqual([422, 'organisation_unknown']);
});

test('what a scale tells of an empty box speaks against it, and a weighing that is right clears it', async () => {
  const number = plainNumber();
  const id = await declare(number, 'other');
  const steps = [
    ['picked_up', 4, 'Berlin'],
    ['out_for_delivery', 2.1, 'München'],
  ] as const;
  await scan(number, steps);
  expect(rulesOf(await caseOf(id))).toEqual([]);
  const weigh = async (fields: object) => {
    const [days, city] = [3 - serial / 1_000, 'Berlin'];
    serial += 1;
    const at = { occurred_at: daysAgo(days), place: { country: 'DE', city } };
    const scans = [{ number, milestone: 'in_transit_local', ...at, ...fields }];
    const receipts = must(
      await network.operator.post<{ data: { result: string }[] }>('/v1/scans', { scans }),
    );
    await network.settle();
    return receipts.data.map((receipt) => receipt.result);
  };
  // The milestone is known already: the weight alone is the news.
  await weigh({});
  expect(await weigh({ weight_grams: 20 })).toEqual(['accepted']);
  const suspected = await caseOf(id);
  expect([suspected.state, rulesOf(suspected)]).toEqual(['suspected', ['weight']]);
  expect(suspected.findings[0]).toMatchObject({ observed: '20 g', scan_ids: [expect.any(String)] });
  expect(await weigh({ weight_grams: 0 })).toEqual(['refused']);
  const soldGrams = GOODS.reduce((sum, item) => sum + item.quantity * item.unit_weight_grams, 0);
  await weigh({ weight_grams: soldGrams + 40 });
  const cleared = await caseOf(id);
  expect([cleared.state, rulesOf(cleared)]).toEqual(['genuine', []]);
  // What the merchant himself says that he packed is held against the scales, too.
  const state = async (weight_grams: number) => {
    const change = { weight_grams, reason: 'as packed' };
    must(await market.merchant.client.send('PATCH', `/v1/external-shipments/${id}`, change));
    await network.settle();
    return caseOf(id);
  };
  const overstated = await state(soldGrams * 20);
  expect([overstated.state, rulesOf(overstated)]).toEqual(['suspected', ['weight']]);
  expect(overstated.findings[0]).toMatchObject({
    declared: `${soldGrams * 20} g`,
    observed: `${soldGrams + 40} g`,
  });
  const right = await state(soldGrams + 60);
  expect([right.state, rulesOf(right)]).toEqual(['genuine', []]);
});

test('a buyer who got nothing says so by number and phone, and his word is settled by others than the merchant', async () => {
  const { merchant, marketplace } = market;
  const number = plainNumber();
  const id = await declare(number, 'other');
  await scan(number, [
    ['picked_up', 4, 'Berlin'],
    ['out_for_delivery', 0.3, 'München'],
    ['delivered', 0.2, 'München'],
  ]);
  const said = await network.client().post('/v1/track/reports', {
    ...{ number, phone_last4: MUNICH.phone.slice(-4), kind: 'not_ordered' },
  });
  expect(said.status).toBe(201);
  await network.settle();
  const suspected = await caseOf(id);
  expect([suspected.state, rulesOf(suspected)]).toEqual(['suspected', ['denied_by_buyer']]);
  const mine = must(
    await merchant.client.get<{ data: { id: string; number: string }[] }>('/v1/status-reports'),
  );
  const report = mine.data.find((one) => one.number === number)?.id;
  const close = async (client: Client) => {
    must(await client.post(`/v1/status-reports/${report}/answers`, { text: 'It was with the neighbour.' }));
    must(await client.post(`/v1/status-reports/${report}/closure`, {}));
    await network.settle();
    return caseOf(id);
  };
  expect((await close(marketplace.client)).state).toBe('genuine');
});

test('so many points suspend the merchant, his list says why, and a penalty taken back lets him go on', async () => {
  const { merchant, marketplace } = market;
  const id = await declare('1Z999AA1012345670', 'ups');
  const found = await caseOf(id);
  const decision = { outcome: 'confirmed', level: 'especially_serious', reason: 'Hundreds of orders.' };
  must(await marketplace.client.post(`/v1/verifications/${found.id}/decision`, decision));
  await network.settle();
  type Declared = { id: string; verification_id?: string; verification_state?: string };
  const listed = must(
    await merchant.client.get<{ data: Declared[] }>('/v1/external-shipments?verification_state=penalised'),
  ).data;
  expect(listed).toContainEqual(
    expect.objectContaining({ id, verification_id: found.id, verification_state: 'penalised' }),
  );
  expect(listed.every((one) => one.verification_state === 'penalised')).toBe(true);
  const standing = must(
    await merchant.client.get<Points & { suspended_until?: string }>('/v1/penalty-points'),
  );
  expect(Date.parse(standing.suspended_until ?? '')).toBeGreaterThan(Date.now() + 179 * DAY_MS);
  await expect(declare(plainNumber(), 'other')).rejects.toThrow('declarations_suspended');

  must(await merchant.client.post(`/v1/verifications/${found.id}/appeal`, { text: 'It is one.' }));
  const revoked = { outcome: 'revoked', reason: 'The carrier confirmed it.' };
  must(await network.operator.post(`/v1/verifications/${found.id}/appeal-decision`, revoked));
  await network.settle();
  const after = must(await merchant.client.get<{ suspended_until?: string }>('/v1/penalty-points'));
  expect(after.suspended_until).toBeUndefined();
  expect(await declare(plainNumber(), 'other')).toMatch(/^ext_/);
});

test('who is suspended puts a slip of the pen right, and declares no other number by a correction', async () => {
  const { merchant, marketplace } = market;
  const right = plainNumber();
  const slip = await declare(`${right}5`, 'other');
  const [seen, seenNumber] = [await declare('1Z999AA1012345675', 'ups'), '1Z999AA1012345675'];
  await scan(seenNumber, [['picked_up', 1, 'Berlin']]);
  const false_ = await caseOf(await declare('1Z999AA1012345671', 'ups'));
  const confirmed = { outcome: 'confirmed', level: 'especially_serious', reason: 'Hundreds of orders.' };
  must(await marketplace.client.post(`/v1/verifications/${false_.id}/decision`, confirmed));
  await network.settle();
  const correct = async (id: string, change: object) => {
    const body = { ...change, reason: 'a digit too many' };
    const answer = await merchant.client.send<Problem>('PATCH', `/v1/external-shipments/${id}`, body);
    await network.settle();
    return answer.status === 200 ? 'corrected' : answer.body.code;
  };
  expect(await correct(slip, { number: plainNumber() })).toBe('declarations_suspended');
  expect(await correct(slip, { carrier_code: 'ups', number: right })).toBe('declarations_suspended');
  expect(await correct(slip, { number: right, weight_grams: 900 })).toBe('corrected');
  // Another slip from there would be two from what was declared first.
  expect(await correct(slip, { number: `${right.slice(0, -1)}X` })).toBe('declarations_suspended');
  expect(await correct(slip, { number: `${right}5` })).toBe('corrected');
  expect(await correct(slip, { service_name: 'Parcel' })).toBe('corrected');
  expect(await correct(seen, { number: '1Z999AA1012345676' })).toBe('declarations_suspended');
  const path = `/v1/external-shipments/${slip}/withdrawal`;
  must(await merchant.client.post(path, { reason: 'It never left.' }));

  must(await merchant.client.post(`/v1/verifications/${false_.id}/appeal`, { text: 'It is one.' }));
  const revoked = { outcome: 'revoked', reason: 'The carrier confirmed it.' };
  must(await network.operator.post(`/v1/verifications/${false_.id}/appeal-decision`, revoked));
  await network.settle();
  expect(await correct(seen, { number: newNumber() })).toBe('corrected');
});

test('a marketplace tries rules of its own on what was declared, beside those in force', async () => {
  const { client } = market.marketplace;
  type Version = { id: string; document: { weights: Record<string, number> } };
  const inForce = must(await client.get<Version>('/v1/rulebook-kinds/false_tracking/in-force'));
  const document = { ...inForce.document, weights: { ...inForce.document.weights, number_malformed: 0 } };
  const draft = must(
    await client.post<Version>('/v1/rulebooks', { kind: 'false_tracking', note: 'milder', document }),
  );
  type Run = {
    differences: { before: string; after: string }[];
    quality: { version: string; labelled: number; recall?: number }[];
  };
  const run = must(
    await client.post<Run>(`/v1/rulebook-versions/${draft.id}/dry-runs`, {
      from: daysAgo(1),
      to: daysAgo(-1),
    }),
  );
  expect(run.differences).toContainEqual(expect.objectContaining({ before: 'suspected', after: 'open' }));
  expect(run.quality.map((one) => [one.version, one.labelled])).toEqual([
    ['before', 3],
    ['after', 3],
  ]);
});

test('points that are imposed at once are added up all the same', async () => {
  const { merchant, marketplace } = rival;
  const numbers = Array.from({ length: 4 }, plainNumber);
  for (const number of numbers) await declare(number, 'other');
  const cases: Case[] = [];
  for (const number of numbers)
    cases.push(await caseOf(await declare(number, 'other', merchant.client), merchant.client));
  const confirmed = { outcome: 'confirmed', level: 'serious', reason: 'They belong to somebody else.' };
  const decide = ({ id }: Case) => marketplace.client.post(`/v1/verifications/${id}/decision`, confirmed);
  for (const answer of await Promise.all(cases.map(decide))) must(answer);
  await network.settle();
  expect(must(await merchant.client.get<Points>('/v1/penalty-points')).points).toBe(48);
  await expect(declare(plainNumber(), 'other', merchant.client)).rejects.toThrow('declarations_suspended');
});
