import { jpeg } from '../../network/deliveries/proof.fixture.ts';
import { HOSTILE, orderOf } from './merchant.scene.ts';
import { keyHolder, type Scene } from './stage.ts';

/** Two numbers that no carrier of this name prints: one with a proof that waits for a decision, one under appeal. */
export const verificationScene: Scene = async (stage) => {
  const merchant = keyHolder(stage, 'live', 'merchant_admin', 'merchant');
  const marketplace = keyHolder(stage, 'live', 'marketplace_staff', 'marketplace');
  const declare = async (reference: string, number: string) => {
    await merchant.post('/v1/orders', { body: { orders: [{ object_id: 'o', order: orderOf(reference) }] } });
    const shipment = { order_reference: reference, carrier_code: 'ups', number };
    const { results } = await merchant.post('/v1/external-shipments', {
      body: { shipments: [{ object_id: 's', shipment }] },
    });
    await stage.network.settle();
    const cases = await merchant.get('/v1/verifications', {
      params: { query: { external_shipment_id: results[0]?.external_shipment_id ?? '' } },
    });
    const id = cases.data[0]?.id;
    if (id === undefined) throw new Error(`no verification of ${reference}`);
    return { path: { verification_id: id }, externalShipment: results[0]?.external_shipment_id ?? '' };
  };

  // A malformed number may be a slip for a day; here nobody waits for it.
  const { document } = await marketplace.get('/v1/rulebook-kinds/{kind}/in-force', {
    params: { path: { kind: 'false_tracking' } },
  });
  const strict = await marketplace.post('/v1/rulebooks', {
    body: { kind: 'false_tracking', note: 'no slips', document: { ...document, slip_hours: 0 } },
  });
  const version = { params: { path: { rulebook_version_id: strict.id } } };
  await marketplace.post('/v1/rulebook-versions/{rulebook_version_id}/tests', version);
  await marketplace.post('/v1/rulebook-versions/{rulebook_version_id}/activation', { ...version, body: {} });

  const proven = await declare('VRF-1', '1Z999AA1012345678');
  const picture = await merchant.post('/v1/verifications/{verification_id}/pictures', {
    params: { path: proven.path },
    body: jpeg() as never,
    bodySerializer: (body: unknown) => body as Uint8Array,
    headers: { 'content-type': 'image/jpeg' },
  });
  await merchant.post('/v1/verifications/{verification_id}/proofs', {
    params: { path: proven.path },
    body: { text: `The driver took it on Monday.\n${HOSTILE}`, picture_ids: [picture.id] },
  });

  const appealed = await declare('VRF-2', '1Z999AA1012345679');
  await marketplace.post('/v1/verifications/{verification_id}/decision', {
    params: { path: appealed.path },
    body: { outcome: 'confirmed', level: 'general', reason: 'The carrier does not know the number.' },
  });
  await merchant.post('/v1/verifications/{verification_id}/appeal', {
    params: { path: appealed.path },
    body: { text: 'The carrier has found it since.' },
  });
  return {
    verification: proven.path.verification_id,
    external_shipment: proven.externalShipment,
    appealed_verification: appealed.path.verification_id,
  };
};
