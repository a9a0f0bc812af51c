import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, startTestNetwork, type TestNetwork } from '../../test/setup/network.ts';
import type { CountryCode } from '../kernel/index.ts';

type Version = { id: string; rulebook_id: string; state: string; valid_from?: string; document?: unknown };
type Problem = { code: string; errors?: { pointer: string }[] };

let network: TestNetwork;
let first: Client;
let second: Client;
beforeAll(async () => {
  network = await startTestNetwork();
  const open = (name: string) =>
    network.open({ kind: 'marketplace', name, country: 'DE' as CountryCode }, 'marketplace_staff');
  first = (await open('First')).client;
  second = (await open('Second')).client;
});
afterAll(() => network.stop());

type Masks = { profiles: Record<string, { phone: object }> };

/** The shipped masks as the API shows them: a kind that platforms may have. */
async function shippedMasks(): Promise<Masks> {
  const answer = await network.operator.get<Version>('/v1/rulebook-kinds/masks/in-force');
  return answer.body.document as Masks;
}

/** The shipped masks with another number of hidden digits in the EU profile. */
async function masks(hideAtLeast: number): Promise<Masks> {
  const document = await shippedMasks();
  document.profiles.eu = {
    ...document.profiles.eu!,
    phone: { show_first: 0, show_last: 3, hide_at_least: hideAtLeast },
  };
  return document;
}

async function inForce(client: Client): Promise<string> {
  const answer = await client.get<Version>('/v1/rulebook-kinds/masks/in-force');
  expect(answer.status).toBe(200);
  return answer.body.id;
}

test('two marketplaces with opposite rules each judge by their own and never see the other’s', async () => {
  const ids: string[] = [];
  for (const [client, hide] of [
    [first, 8],
    [second, 5],
  ] as const) {
    const draft = await client.post<Version>('/v1/rulebooks', {
      kind: 'masks',
      document: await masks(hide),
      note: 'ours',
    });
    expect(draft.status).toBe(201);
    const path = `/v1/rulebook-versions/${draft.body.id}`;
    const early = await client.post<Problem>(`${path}/activation`, {});
    expect([early.status, early.body.code]).toEqual([409, 'rulebook_version_not_tested']);
    const run = await client.post<{ passed: boolean }>(`${path}/tests`);
    expect([run.status, run.body.passed]).toEqual([200, true]);
    const activated = await client.post<Version>(`${path}/activation`, {});
    expect([activated.status, activated.body.state]).toEqual([200, 'active']);
    ids.push(draft.body.id);
  }
  expect([await inForce(first), await inForce(second)]).toEqual(ids);
  const list = await second.get<{ data: { id: string }[] }>('/v1/rulebooks');
  expect(list.body.data).toHaveLength(1);
  const own = await first.get<Version>(`/v1/rulebook-versions/${ids[0]}`);
  expect(own.body.document).toEqual(await masks(8));
  for (const [method, path] of [
    ['GET', `/v1/rulebook-versions/${ids[0]}`],
    ['GET', `/v1/rulebooks/${own.body.rulebook_id}/versions`],
    ['POST', `/v1/rulebook-versions/${ids[0]}/tests`],
    ['POST', `/v1/rulebook-versions/${ids[0]}/retirement`],
  ] as const) {
    expect((await second.send(method, path)).status, path).toBe(404);
  }
  // The operator reads a platform's rules and does not edit them.
  expect((await network.operator.get(`/v1/rulebook-versions/${ids[0]}`)).status).toBe(200);
  expect((await network.operator.post(`/v1/rulebook-versions/${ids[0]}/retirement`)).status).toBe(404);
  const retired = await first.post<Version>(`/v1/rulebook-versions/${ids[0]}/retirement`);
  expect(retired.body.state).toBe('retired');
  expect(await inForce(first)).toBe(await inForce(network.operator));
  expect(await inForce(second)).toBe(ids[1]);
});

test('a draft whose tests fail cannot be activated', async () => {
  const document = await shippedMasks();
  delete document.profiles.us;
  const draft = await first.post<Version>('/v1/rulebooks', { kind: 'masks', document });
  const path = `/v1/rulebook-versions/${draft.body.id}`;
  const run = await first.post<{ passed: boolean; failures: { rule_id: string }[]; version: Version }>(
    `${path}/tests`,
  );
  expect(run.body).toMatchObject({
    passed: false,
    failures: [{ rule_id: 'us' }],
    version: { state: 'draft' },
  });
  const refusal = await first.post<Problem>(`${path}/activation`, {});
  expect([refusal.status, refusal.body.code]).toEqual([409, 'rulebook_version_not_tested']);
});

test('a document that does not fit its schema is refused with pointers; kinds of the network are not a platform’s', async () => {
  const broken = await first.post<Problem>('/v1/rulebooks', {
    kind: 'masks',
    document: { profiles: { eu: 1 }, own: 2 },
  });
  expect([broken.status, broken.body.code]).toEqual([400, 'invalid_request']);
  expect(broken.body.errors?.map((error) => error.pointer)).toContain('/document/own');
  for (const kind of ['reveals', 'nonsense']) {
    const answer = await first.post<Problem>('/v1/rulebooks', { kind, document: {} });
    expect([answer.status, answer.body.code], kind).toEqual([422, 'rulebook_kind_unknown']);
  }
  const past = await first.post<Version>('/v1/rulebooks', { kind: 'masks', document: await masks(6) });
  await first.post(`/v1/rulebook-versions/${past.body.id}/tests`);
  const refusal = await first.post<Problem>(`/v1/rulebook-versions/${past.body.id}/activation`, {
    at: '2020-01-01T00:00:00Z',
  });
  expect([refusal.status, refusal.body.code]).toEqual([422, 'rulebook_date_past']);
  const dry = await first.post<Problem>(`/v1/rulebook-versions/${past.body.id}/dry-runs`, {
    from: '2026-01-01T00:00:00Z',
    to: '2026-01-08T00:00:00Z',
  });
  expect([dry.status, dry.body.code]).toEqual([422, 'rulebook_no_dry_run']);
});

test('merchants do not reach rulebooks, and kinds show their schemas', async () => {
  const merchant = await network.open(
    { kind: 'merchant', name: 'M', country: 'DE' as CountryCode },
    'merchant_admin',
  );
  expect((await merchant.client.get('/v1/rulebooks')).status).toBe(403);
  const kinds = await first.get<{ data: { kind: string; document_schema: object }[] }>('/v1/rulebook-kinds');
  const found = kinds.body.data.find((kind) => kind.kind === 'masks');
  expect(JSON.stringify(found?.document_schema)).toContain('unit_words_before');
  expect(kinds.body.data.map((kind) => kind.kind)).not.toContain('reveals');
});
