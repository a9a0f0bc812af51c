import { HOSTILE, orderOf } from './merchant.scene.ts';
import { keyHolder, type Scene } from './stage.ts';

/** Denies what a merchant of ours has ordered, so that a dry run has something to tell. */
export const STRICT_POLICY = {
  kind: 'market_policy',
  title: 'No fast lines inside China',
  source: 'a decision of ours',
  otherwise: { effect: 'allow', reason: 'No rule restricts the line.' },
  rules: [
    {
      id: 'no_fast_inside',
      destinations: ['CN'],
      service_classes: ['FAST', 'STANDARD'],
      effect: 'deny',
      reason: 'Too dear for what is sold.',
    },
  ],
  tests: [
    {
      query: {
        at: '2026-11-22T08:30:00.000Z',
        destination: 'CN',
        amount_paid: { amount_minor: 9_800, currency: 'CNY' },
        goods_classes: ['normal'],
        service_class: 'FAST',
        online: true,
      },
      expect: 'deny',
    },
  ],
};

/** A merchant with a hostile name, a programme that paid for a parcel, a decision about a source, a tested version. */
export const marketplaceScene: Scene = async (stage) => {
  const marketplace = keyHolder(stage, 'live', 'marketplace_staff', 'marketplace');
  const merchant = keyHolder(stage, 'live', 'merchant_admin', 'merchant');
  const me = await marketplace.get('/v1/me');
  const opened = await marketplace.post('/v1/organisations', {
    body: {
      kind: 'merchant',
      name: HOSTILE.slice(0, 60),
      country: 'CN',
      client_platform_id: me.organisation.id,
    },
  });
  await marketplace.post('/v1/invitations', {
    body: { organisation_id: opened.id, email: 'owner@shop.example', role: 'merchant_admin' },
  });
  const programme = await marketplace.post('/v1/programmes', {
    body: {
      name: '11.11 包邮',
      share_basis_points: 5_000,
      destinations: ['CN'],
      max_per_parcel: { amount_minor: 1_000, currency: 'CNY' },
      budget: { amount_minor: 100_000, currency: 'CNY' },
    },
  });
  await payFor(merchant, programme.id);
  await marketplace.put('/v1/recognised-sources/{source_id}', {
    params: { path: { source_id: 'zto' } },
    body: { recognised: true, proof: 'contract 2026-7' },
  });
  const version = await marketplace.post('/v1/rulebooks', {
    body: { kind: 'market_policy', document: STRICT_POLICY, note: 'for the winter' },
  });
  await marketplace.post('/v1/rulebook-versions/{rulebook_version_id}/tests', {
    params: { path: { rulebook_version_id: version.id } },
  });
  return { hostile_merchant: opened.id, programme: programme.id, rulebook_version: version.id };
};

/** A merchant buys what the programme pays its part of. */
async function payFor(merchant: ReturnType<typeof keyHolder>, programmeId: string): Promise<void> {
  const { results } = await merchant.post('/v1/orders', {
    body: {
      orders: [{ object_id: 'P', order: { ...orderOf('L-2001'), programme_id: programmeId } }],
    },
  });
  const bought = await merchant.post('/v1/shipments/batch', {
    body: {
      lines: [
        { object_id: 'P', order_id: results[0]?.order_id ?? '', choose: 'cheapest', handover: 'drop_off' },
      ],
    },
  });
  if (bought.results[0]?.shipment === undefined)
    throw new Error(`not bought: ${JSON.stringify(bought.results[0]?.error)}`);
}
