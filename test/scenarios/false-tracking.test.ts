import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findOperator, mintForBootstrap } from '../../server/bootstrap.ts';
import { BERLIN, GOODS, type Market, MUNICH, must, openMarket } from '../setup/market.ts';
import { type Answer, type Client, startTestNetwork, type TestNetwork } from '../setup/network.ts';

/**
 * Four shipments with a carrier that is not bought here, told in order: one is genuine, one is doubted and proves itself,
 * one is a lie and stays punished, one was punished wrongly and gets its points back. Time passes by the test clock.
 */
let network: TestNetwork;
let operator: Client;
let market: Market;
let rival: Market;
let parcelService: Client;
let start: number;

const HOUR = 3_600_000;
const instant = (hours: number) => new Date(start + hours * HOUR).toISOString();
/** Hours since the beginning; what follows from the time that has passed is done before it returns. */
async function pass(hours: number): Promise<void> {
  must(await operator.post('/v1/test/clock', { now: instant(hours) }));
  await network.settle();
}

type Verification = {
  id: string;
  state: string;
  level?: string;
  findings: { rule: string }[];
  supports: { rule: string }[];
  proof_due_at?: string;
  appeal_due_at?: string;
  decided_by?: string;
  steps: { name: string; by?: string }[];
};
type Declared = { results: { outcome: string; external_shipment_id: string }[] };
const codeOf = (answer: Answer) => (answer.body as { code?: string }).code;

beforeAll(async () => {
  network = await startTestNetwork();
  const world = network.postroad.worlds.test;
  operator = network.client(
    await mintForBootstrap(world, (await findOperator(world)) ?? '', 'operator', 'test operator'),
  );
  // A Monday morning in Berlin, in a week without a holiday.
  start = Date.parse('2026-03-02T08:00:00Z');
  await pass(0);
  const shared = { operator, country: 'DE', currency: 'EUR', topUpMinor: 500_000 };
  market = await openMarket(network, { ...shared, carrierCode: 'postroad_express_eu' });
  rival = await openMarket(network, { ...shared, carrierCode: 'postroad_line' });
  const opened = must(
    await operator.post<{ id: string }>('/v1/organisations', {
      ...{ kind: 'carrier', name: 'DHL Express', country: 'DE', carrier_code: 'dhl_express' },
    }),
  );
  const minted = must(
    await operator.post<{ secret: string }>('/v1/api-keys', {
      ...{ organisation_id: opened.id, role: 'carrier', name: 'feed' },
    }),
  );
  parcelService = network.client(minted.secret);
});
afterAll(() => network?.stop());

/** An order of a buyer in München, and the number that the merchant says it was sent under. Answers the declaration's id. */
async function declare(reference: string, number: string, hours: number): Promise<string> {
  const order = {
    ...{ reference, placed_at: instant(hours - 3), paid_at: instant(hours - 3) },
    ...{ sender: BERLIN, recipient: MUNICH, goods: GOODS },
    order_amount: { amount_minor: 2500, currency: 'EUR' },
  };
  must(await market.merchant.client.post('/v1/orders', { orders: [{ object_id: reference, order }] }));
  const shipment = {
    ...{ order_reference: reference, carrier_code: 'dhl_express', number, send_type: 'all' },
    ...{ shipped_at: instant(hours), ship_from_country: 'DE' },
  };
  const answer = must(
    await market.merchant.client.post<Declared>('/v1/external-shipments', {
      shipments: [{ object_id: reference, shipment }],
    }),
  );
  await network.settle();
  return answer.results[0]?.external_shipment_id ?? JSON.stringify(answer);
}

async function verdictOn(declaration: string, who: Client = market.merchant.client): Promise<Verification> {
  const list = must(
    await who.get<{ data: Verification[] }>(`/v1/verifications?external_shipment_id=${declaration}`),
  );
  return must(await who.get<Verification>(`/v1/verifications/${list.data[0]?.id}`));
}

async function say(number: string, milestone: string, hours: number, place: object): Promise<void> {
  const scans = [{ number, milestone, occurred_at: instant(hours), place }];
  expect(must(await parcelService.post<{ accepted: number }>('/v1/scans', { scans })).accepted).toBe(1);
}
const BERLIN_PLACE = { country: 'DE', city: 'Berlin', postcode: '10115' };
const MUNICH_PLACE = { country: 'DE', city: 'München', postcode: '80331' };

async function points(): Promise<number> {
  const answer = must(
    await market.merchant.client.get<{ points: number }>(
      `/v1/penalty-points?organisation_id=${market.merchant.id}`,
    ),
  );
  return answer.points;
}

/** Lets days pass until the verdict is in one of these states. */
async function untilState(
  declaration: string,
  from: number,
  days: number,
  ...states: string[]
): Promise<number> {
  for (let day = 0; day <= days; day += 1) {
    await pass(from + day * 24);
    if (states.includes((await verdictOn(declaration)).state)) return from + day * 24;
  }
  throw new Error(`after ${days} days it is ${JSON.stringify(await verdictOn(declaration))}`);
}

/** DHL Express: nine digits and their rest modulo 7. */
const numbered = (nine: number) => `${nine}${nine % 7}`;
const GENUINE = numbered(300_000_001);
const UNTOLD = numbered(300_000_002);
const INVENTED = `${300_000_003}${(300_000_003 % 7) + 1}`;
const FORGOTTEN = numbered(300_000_004);

let now = 4;

describe('a merchant ships with a carrier of its own', () => {
  test('what the carrier sees agrees with what was declared: genuine, without anybody being asked', async () => {
    await pass(now);
    const declared = await declare('A-1', GENUINE, now);
    expect((await verdictOn(declared)).state).toBe('pending');
    for (const [milestone, hours, place] of [
      ['picked_up', 2, BERLIN_PLACE],
      ['arrived_delivery_depot', 23, MUNICH_PLACE],
      ['out_for_delivery', 44, MUNICH_PLACE],
      ['delivered', 48, MUNICH_PLACE],
    ] as const) {
      await pass(now + hours);
      await say(GENUINE, milestone, now + hours, place);
    }
    now += 49;
    await pass(now);
    const verdict = await verdictOn(declared);
    expect(verdict).toMatchObject({ state: 'genuine', findings: [] });
    expect(verdict.supports.length).toBeGreaterThan(0);
    expect((await verdictOn(declared, market.marketplace.client)).id).toBe(verdict.id);
    for (const stranger of [rival.merchant.client, rival.marketplace.client, parcelService])
      expect((await stranger.get(`/v1/verifications/${verdict.id}`)).status).toBeGreaterThanOrEqual(403);
    expect(await points()).toBe(0);
  });

  test('nobody scans it for five working days: doubted, proved by a receipt, cleared by the marketplace', async () => {
    const declared = await declare('A-2', UNTOLD, now);
    now = await untilState(declared, now, 12, 'under_review');
    const doubted = await verdictOn(declared);
    expect(doubted.findings.map((finding) => finding.rule)).toContain('no_first_scan');
    expect(Date.parse(doubted.proof_due_at ?? '')).toBeGreaterThan(start + now * HOUR);
    const proof = { text: 'Counter receipt 4711 of the Berlin depot; the scanner was out of order.' };
    expect((await rival.merchant.client.post(`/v1/verifications/${doubted.id}/proofs`, proof)).status).toBe(
      404,
    );
    must(await market.merchant.client.post(`/v1/verifications/${doubted.id}/proofs`, proof));
    const decide = (who: Client) =>
      who.post<Verification>(`/v1/verifications/${doubted.id}/decision`, {
        ...{ outcome: 'cleared', reason: 'the depot confirms its receipt' },
      });
    expect((await decide(market.merchant.client)).status).toBe(403);
    expect((await decide(rival.marketplace.client)).status).toBe(404);
    expect(must(await decide(market.marketplace.client)).state).toBe('cleared');
    expect(await points()).toBe(0);
  });

  let lie: string;
  test('a number that was never printed: nobody proves anything, the merchant gets points', async () => {
    lie = await declare('A-3', INVENTED, now);
    // It may be a slip of the pen for a day.
    expect((await verdictOn(lie)).state).toBe('pending');
    now += 24;
    await pass(now);
    const found = await verdictOn(lie);
    expect(found.findings.map((finding) => finding.rule)).toContain('number_malformed');
    now = await untilState(lie, now, 8, 'under_review', 'penalised');
    const page = await verdictOn(lie);
    if (page.state === 'under_review')
      must(
        await market.marketplace.client.post(`/v1/verifications/${page.id}/decision`, {
          ...{ outcome: 'confirmed', level: 'serious', reason: 'the carrier never printed it' },
        }),
      );
    const punished = await verdictOn(lie);
    expect(punished).toMatchObject({ state: 'penalised' });
    expect(await points()).toBe({ general: 2, serious: 12 }[punished.level ?? '']);
  });

  test('it appeals once, the operator upholds, and the points stay', async () => {
    const before = await points();
    const { id } = await verdictOn(lie);
    const appeal = () =>
      market.merchant.client.post<Verification>(`/v1/verifications/${id}/appeal`, { text: 'It was sent.' });
    expect(must(await appeal()).state).toBe('appealed');
    expect((await appeal()).status).toBe(409);
    const decide = (who: Client) =>
      who.post<Verification>(`/v1/verifications/${id}/appeal-decision`, {
        ...{ outcome: 'upheld', reason: 'nothing new' },
      });
    expect(codeOf(await decide(market.marketplace.client))).toBe('decided_by_you');
    expect(must(await decide(operator)).state).toBe('upheld');
    expect((await appeal()).status).toBe(409);
    expect(await points()).toBe(before);
  });

  test('another overslept its window and is punished; its appeal brings the receipt, and exactly its points come back', async () => {
    const before = await points();
    const declared = await declare('A-4', FORGOTTEN, now);
    now = await untilState(declared, now, 12, 'under_review');
    const { id, proof_due_at } = await verdictOn(declared);
    now = Math.ceil((Date.parse(proof_due_at ?? '') - start) / HOUR) + 1;
    await pass(now);
    const late = await market.merchant.client.post(`/v1/verifications/${id}/proofs`, { text: 'Here it is.' });
    expect(codeOf(late)).toBe('verification_state_conflict');
    // Nothing speaks for it and nobody said anything: the rules may confirm that alone, at the mildest level.
    expect(await verdictOn(declared)).toMatchObject({
      ...{ state: 'penalised', level: 'general', decided_by: 'rules' },
    });
    expect(await points()).toBe(before + 2);
    must(
      await market.merchant.client.post(`/v1/verifications/${id}/appeal`, { text: 'Counter receipt 4712.' }),
    );
    must(
      await operator.post(`/v1/verifications/${id}/appeal-decision`, {
        ...{ outcome: 'revoked', reason: 'the depot confirms its receipt' },
      }),
    );
    await network.settle();
    expect(await points()).toBe(before);
    const told = await verdictOn(declared);
    expect(told.state).toBe('revoked');
    expect(told.steps.map((step) => step.name)).toEqual(
      expect.arrayContaining(['suspected', 'under_review', 'confirmed', 'penalised', 'appealed', 'revoked']),
    );
  });

  test('a year later nothing of it counts any more', async () => {
    await pass(now + 366 * 24);
    expect(await points()).toBe(0);
  });
});
