import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays, type OrganisationId } from '../network/kernel/index.ts';
import { createLabelPress } from '../network/labels/index.ts';
import { createVault } from '../network/vault/index.ts';
import { createWaybillPorts, draftLabel, drawLabel } from '../network/waybills/index.ts';
import { wallClock } from '../platform/clock/index.ts';
import { BERLIN, EU_OFFER, GOODS, type Market, MUNICH, must, openMarket } from '../test/setup/market.ts';
import { startTestNetwork, type TestNetwork } from '../test/setup/network.ts';
import { sweepBlobs } from './blob-sweeper.ts';

let network: TestNetwork;
let market: Market;
beforeAll(async () => {
  network = await startTestNetwork();
  market = await openMarket(network, {
    operator: network.operator,
    country: 'DE',
    currency: 'EUR',
    carrierCode: 'postroad_express_eu',
    topUpMinor: 100_000,
  });
});
afterAll(() => network?.stop());

async function buy(orderRef: string): Promise<string> {
  const { client } = market.merchant;
  const { offers } = must(await client.post<{ offers: { offer_id: string }[] }>('/v1/offers', EU_OFFER));
  const shipment = must(
    await client.post<{ parcels: { waybill_id: string }[] }>('/v1/shipments', {
      offer_id: offers[0]?.offer_id,
      order_ref: orderRef,
      sender: BERLIN,
      recipient: MUNICH,
      goods: GOODS,
      handover: 'drop_off',
    }),
  );
  return shipment.parcels[0]?.waybill_id ?? '';
}

test('a label drawn by a process that died before its transaction goes after a day; printed ones and young ones stay', async () => {
  const { ports, worlds, modules } = network.postroad;
  const folders = modules.flatMap((module) => module.blobs ?? []);
  expect(folders.map((folder) => folder.folderOf(worlds.live)).sort()).toEqual([
    'labels/live',
    'point-documents/live',
    'proofs/live',
  ]);
  const waybillId = await buy('sweep-1');
  const print = async () =>
    must(
      await market.merchant.client.post<{ id: string }>(`/v1/waybills/${waybillId}/labels`, {
        format: 'zpl',
        size: '100x150mm',
      }),
    ).id;
  const printed = await print();
  const press = createLabelPress();
  const { print: printPorts } = createWaybillPorts({
    ...ports,
    press,
    vault: createVault({ keyRing: ports.keyRing }),
  });
  // What a kill between both leaves: the blob lies there, the transaction never began.
  const drawn = async () => {
    const organisationId = market.merchant.id as OrganisationId;
    const draft = await worlds.live.read({ organisationId }, (db, now) =>
      draftLabel({ db, now, world: worlds.live }, printPorts, organisationId, [waybillId]),
    );
    const options = { format: 'zpl', size: '100x150mm', dpi: 203 } as const;
    const prepared = await drawLabel(worlds.live, printPorts, draft, options);
    if (!prepared.ok) throw new Error(prepared.rejection.code);
    return prepared.value.label.blobKey;
  };
  const [orphan, young] = [await drawn(), await drawn()];
  const named = orphan.replace(/[^/]+$/, printed);
  const old = new Date(addDays(wallClock.now(), -2));
  for (const key of [orphan, named]) await utimes(join(ports.dataFolder, 'blobs', key), old, old);

  expect(await sweepBlobs(worlds.test, ports.blobs, folders, wallClock)).toBe(0);
  expect(await ports.blobs.get(orphan)).toBeDefined();
  expect(await sweepBlobs(worlds.live, ports.blobs, folders, wallClock)).toBe(1);
  expect(await ports.blobs.get(orphan)).toBeUndefined();
  expect(await ports.blobs.get(young)).toBeDefined();
  const again = await market.merchant.client.get(`/v1/labels/${printed}`);
  expect(again.status).toBe(200);
  expect(again.bytes.length).toBeGreaterThan(100);
  expect(await sweepBlobs(worlds.live, ports.blobs, folders, wallClock)).toBe(0);
  await press.close();
});
