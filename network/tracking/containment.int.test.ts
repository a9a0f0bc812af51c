import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { must } from '../../test/setup/market.ts';
import { type Client, startTestNetwork, type TestNetwork } from '../../test/setup/network.ts';
import { BagBuilt, BagCanceled, HandoverParcelsArrived } from '../handovers/events.ts';
import { accepted, type CountryCode, instant, type ParcelId } from '../kernel/index.ts';
import { ShipmentPurchased } from '../shipments/events.ts';
import { WaybillIssued } from '../waybills/events.ts';
import { inheritScans } from './containment.ts';
import { containerReaction } from './containment-reactions.ts';
import { trackingReactions } from './reactions.ts';
import { id, purchaseOf } from './tracking.fixture.ts';

type Entry = { milestone: string; effect: string; container?: string; occurred_at: string };
type Tracking = {
  parcels: { parcel: { id: string; status: string }; timeline: { entries: Entry[]; unverified: Entry[] } }[];
};
type Receipts = {
  container_parcel_id: string;
  data: { result: string; parcel_id?: string; code?: string }[];
};

const NL = 'NL' as CountryCode;
let network: TestNetwork;
let carrier: { id: string; client: Client };
let rival: { id: string; client: Client };
let merchant: { id: string; client: Client };
let serial = 0;

beforeAll(async () => {
  network = await startTestNetwork();
  carrier = await network.open(
    { kind: 'carrier', name: 'Express', country: NL, carrierCode: 'postroad_express_eu' },
    'carrier',
  );
  rival = await network.open(
    { kind: 'carrier', name: 'Rival', country: NL, carrierCode: 'postroad_express_cn' },
    'carrier',
  );
  merchant = await network.open({ kind: 'merchant', name: 'Shop', country: NL }, 'merchant_app');
});
afterAll(() => network.stop());

const at = (hour: number) => `2026-03-01T${String(hour).padStart(2, '0')}:00:00Z`;

/** A parcel of the merchant, on its way with the carrier. */
async function parcel() {
  serial += 1;
  const number = `PRE${String(serial).padStart(10, '0')}`;
  const parcelId = id('pcl', serial);
  await react(
    ShipmentPurchased.name,
    purchaseOf({
      parcelId,
      shipmentId: id('shp', serial),
      number,
      at: instant('2026-02-28T08:00:00Z'),
      organisationId: merchant.id,
      carrierId: carrier.id,
    }),
  );
  return { parcelId, number };
}

/** Runs the reaction that takes an event, as the relay would, and then those of all containers that were scanned. */
async function react(type: string, payload: object, occurredAt = at(0)): Promise<void> {
  const reaction = trackingReactions.find(({ on }) => on.includes(type));
  await network.postroad.worlds.live.command('network', async (work) => {
    await reaction?.run(work, { type, payload, occurredAt } as never);
    return accepted(undefined);
  });
}

async function follow(containerId: string): Promise<void> {
  await network.postroad.worlds.live.command('network', async (work) => {
    await inheritScans(work, containerId as ParcelId);
    return accepted(undefined);
  });
}

const scan = async (number: string, milestone: string, hour: number, client = carrier.client) =>
  must(
    await client.post<{ data: { scan_id: string }[] }>('/v1/scans', {
      scans: [{ number, milestone, occurred_at: at(hour), place: { country: 'NL', city: 'Venlo' } }],
    }),
  ).data[0]?.scan_id;

async function contain(
  action: 'pack' | 'unpack',
  container: string,
  numbers: readonly string[] | undefined,
  hour: number,
  client = carrier.client,
): Promise<Receipts> {
  return must(
    await client.post<Receipts>('/v1/containments', {
      container: { number: container },
      action,
      occurred_at: at(hour),
      ...(numbers === undefined ? {} : { contents: numbers.map((number) => ({ number })) }),
    }),
  );
}

/** What counts of a parcel's history: milestone, hour, and the container that was scanned. */
async function history(number: string): Promise<string[]> {
  const { parcels } = must(await merchant.client.get<Tracking>(`/v1/tracking/${number}`));
  return (parcels[0]?.timeline.entries ?? [])
    .filter(
      ({ milestone, effect }) =>
        effect !== 'corrected' && milestone !== 'unmapped' && milestone !== 'order_created',
    )
    .map(
      ({ milestone, occurred_at: time, container }) =>
        `${milestone} ${time.slice(11, 13)} ${container ?? 'itself'}`,
    );
}

describe('a bag of parcels', () => {
  it('passes its scans on while they are inside, and says which bag was scanned', async () => {
    const [inBag, loose] = [await parcel(), await parcel()];
    const answer = await contain('pack', 'BAG0000000001', [inBag.number], 2);
    expect(answer.data).toEqual([{ index: 0, result: 'accepted', parcel_id: inBag.parcelId }]);
    await scan('BAG0000000001', 'linehaul', 3);
    await follow(answer.container_parcel_id);
    expect(await history(inBag.number)).toEqual(['linehaul 03 BAG0000000001']);
    expect(await history(loose.number)).toEqual([]);
    expect((await contain('pack', 'BAG0000000001', [inBag.number], 2)).data[0]?.result).toBe('duplicate');
  });

  it('delivers nobody: that it arrived says nothing about each recipient', async () => {
    const { number } = await parcel();
    const { container_parcel_id: bag } = await contain('pack', 'BAG0000000002', [number], 2);
    await scan('BAG0000000002', 'arrived_delivery_depot', 3);
    await scan('BAG0000000002', 'delivered', 4);
    await follow(bag);
    expect(await history(number)).toEqual(['arrived_delivery_depot 03 BAG0000000002']);
  });

  it('takes back what a correction of the bag takes back', async () => {
    const { number } = await parcel();
    const { container_parcel_id: bag } = await contain('pack', 'BAG0000000003', [number], 2);
    const wrong = await scan('BAG0000000003', 'linehaul', 3);
    await follow(bag);
    must(await carrier.client.post(`/v1/scans/${wrong}/corrections`, { reason: 'another bag' }));
    await follow(bag);
    expect(await history(number)).toEqual([]);
  });

  it('may lie in a pallet: what the pallet reaches, its parcels reach', async () => {
    const { number } = await parcel();
    const { container_parcel_id: bag } = await contain('pack', 'BAG0000000004', [number], 2);
    const { container_parcel_id: pallet } = await contain('pack', 'PALLET000004', ['BAG0000000004'], 3);
    await scan('PALLET000004', 'departed_origin', 4);
    for (const container of [pallet, bag]) await follow(container);
    expect(await history(number)).toEqual(['departed_origin 04 PALLET000004']);
  });

  it('is emptied with one call', async () => {
    const [one, two] = [await parcel(), await parcel()];
    await contain('pack', 'BAG0000000005', [one.number, two.number], 2);
    await scan('BAG0000000005', 'linehaul', 5);
    const { container_parcel_id: bag } = await contain('unpack', 'BAG0000000005', undefined, 4);
    await follow(bag);
    expect([await history(one.number), await history(two.number)]).toEqual([[], []]);
    const shown = must(
      await carrier.client.get<{ contents: { number: string; from: string; to?: string }[] }>(
        '/v1/containments?number=BAG0000000005',
      ),
    );
    expect(shown.contents.map(({ number, to }) => [number, to?.slice(11, 13)]).sort()).toEqual(
      [one.number, two.number].sort().map((number) => [number, '04']),
    );
  });

  it('is the word of those who would be believed about the parcel: a rival neither fills nor empties it', async () => {
    const { number } = await parcel();
    const { container_parcel_id: foreign } = await contain(
      'pack',
      'BAG0000000006',
      [number],
      2,
      rival.client,
    );
    await scan('BAG0000000006', 'linehaul', 3);
    await follow(foreign);
    expect(await history(number)).toEqual([]);
    const { container_parcel_id: own } = await contain('pack', 'BAG0000000007', [number], 2);
    await scan('BAG0000000007', 'linehaul', 5);
    await contain('unpack', 'BAG0000000007', [number], 4, rival.client);
    await follow(own);
    expect(await history(number)).toEqual(['linehaul 05 BAG0000000007']);
    expect((await rival.client.get('/v1/containments?number=BAG0000000008')).status).toBe(404);
  });

  it('takes no more parcels over its life than a big bag holds', async () => {
    const numbers = Array.from({ length: 1_000 }, (_, index) => `FULL${String(index).padStart(8, '0')}`);
    expect((await contain('pack', 'BAG0000000010', numbers, 2)).data).toHaveLength(1_000);
    const more = await carrier.client.post<{ code: string }>('/v1/containments', {
      container: { number: 'BAG0000000010' },
      action: 'pack',
      occurred_at: at(3),
      contents: [{ number: 'FULL99999999' }],
    });
    expect([more.status, more.body.code]).toEqual([422, 'container_full']);
  });

  it('refuses what cannot be: itself inside, a number that is none, nothing to pack, the future', async () => {
    const { number } = await parcel();
    const answer = await contain('pack', 'BAG0000000009', ['BAG0000000009', '!', number], 2);
    expect(answer.data.map(({ result, code }) => code ?? result)).toEqual([
      'invalid_scan',
      'number_not_readable',
      'accepted',
    ]);
    const packing = {
      container: { number: '!' },
      action: 'pack',
      occurred_at: at(2),
      contents: [{ number }],
    };
    const codeOf = async (body: object) =>
      (await carrier.client.post<{ code: string }>('/v1/containments', body)).body.code;
    expect(await codeOf(packing)).toBe('container_number_unusable');
    expect(
      await codeOf({ ...packing, container: { number: 'BAG1234' }, occurred_at: '2100-01-01T00:00:00Z' }),
    ).toBe('container_number_unusable');
    expect(await codeOf({ ...packing, contents: undefined })).toBe('invalid_request');
    expect((await merchant.client.post('/v1/containments', packing)).status).toBe(403);
  });
});

it('the same statements and scans in any order give the same history', async () => {
  const steps = [
    ['pack', 2],
    ['unpack', 6],
    ['pack', 8],
    ['linehaul', 1],
    ['departed_origin', 3],
    ['arrived_destination', 7],
    ['arrived_delivery_depot', 9],
  ] as const;
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray([...steps], { minLength: steps.length }), async (shuffled) => {
      const { number } = await parcel();
      const bag = `BAGORDER${String(serial).padStart(6, '0')}`;
      for (const [what, hour] of shuffled) {
        if (what === 'pack' || what === 'unpack') await contain(what, bag, [number], hour);
        else await scan(bag, what, hour);
        const { parcels } = must(await network.operator.get<Tracking>(`/v1/tracking/${bag}`));
        await follow(parcels[0]?.parcel.id ?? '');
      }
      expect(await history(number)).toEqual([
        `departed_origin 03 ${bag}`,
        `arrived_delivery_depot 09 ${bag}`,
      ]);
    }),
    { numRuns: 8 },
  );
});

describe('containers that the network knows by itself', () => {
  const parties = () => ({ organisationId: merchant.id, carrierId: carrier.id, parcelCount: 1 });

  it('a big bag of a handover holds its parcels until the warehouse scans them', async () => {
    const { parcelId, number } = await parcel();
    const bag = { bagId: id('bag', 1), code: 'BB0000000000001', ...parties() };
    await react(BagBuilt.name, { ...bag, part: 1, parts: 1, parcelIds: [parcelId] }, at(1));
    await scan('BB0000000000001', 'picked_up', 2);
    await react(HandoverParcelsArrived.name, {
      handoverId: id('hnd', 1),
      number: 'H1',
      kind: 'self_send',
      occurredAt: at(5),
      parcels: [{ parcelId, shipmentId: id('shp', serial), number, bagId: id('bag', 1) }],
      ...parties(),
    });
    await scan('BB0000000000001', 'linehaul', 6);
    const { parcels } = must(await network.operator.get<Tracking>('/v1/tracking/BB0000000000001'));
    await follow(parcels[0]?.parcel.id ?? '');
    expect(await history(number)).toEqual(['picked_up 02 BB0000000000001', 'warehouse_received 05 itself']);
  });

  it('a bag that is cancelled never held anything later on', async () => {
    const { parcelId, number } = await parcel();
    const bag = { bagId: id('bag', 2), code: 'BB0000000000002', ...parties() };
    await react(BagBuilt.name, { ...bag, part: 1, parts: 1, parcelIds: [parcelId] }, at(1));
    await react(BagCanceled.name, bag, at(2));
    await scan('BB0000000000002', 'picked_up', 3);
    const { parcels } = must(await network.operator.get<Tracking>('/v1/tracking/BB0000000000002'));
    await follow(parcels[0]?.parcel.id ?? '');
    expect(await history(number)).toEqual([]);
  });

  it('the pieces of a consignment follow their parent number to the door, but each is delivered by itself', async () => {
    const numbers = ['PRE0000009001', 'PRE0000009002'];
    for (const [index, number] of numbers.entries()) {
      await react(WaybillIssued.name, {
        waybillId: id('wbl', 9001 + index),
        organisationId: merchant.id,
        carrierCode: 'postroad_express_eu',
        number,
        epoch: 1,
        segmentId: 's',
        segmentHolder: 'network',
        status: 'issued',
        parcelRef: id('pcl', 9001 + index),
        at: at(0),
        ...(index === 0 ? {} : { parentNumber: numbers[0] }),
      });
    }
    await scan('PRE0000009001', 'out_for_delivery', 3);
    await scan('PRE0000009001', 'delivered', 4);
    await network.postroad.worlds.live.command('network', async (work) => {
      await containerReaction.run(work, {
        type: 'ContainerScanned',
        payload: { parcelId: id('pcl', 9001) },
      } as never);
      return accepted(undefined);
    });
    expect(await history('PRE0000009002')).toEqual(['out_for_delivery 03 PRE0000009001']);
    type Pieces = {
      status: string;
      total: number;
      delivered: number;
      milestones: { name: string }[];
      pieces: { number: string }[];
    };
    const piecesOf = async (n: number) =>
      must(await merchant.client.get<Pieces>(`/v1/parcels/${id('pcl', n)}/pieces`));
    expect(await piecesOf(9001)).toMatchObject({
      status: 'partially_delivered',
      total: 2,
      delivered: 1,
      pieces: numbers.map((number) => ({ number })),
    });
    expect((await piecesOf(9001)).milestones.map(({ name }) => name)).toContain('out_for_delivery');
    expect(await piecesOf(9002)).toMatchObject({ status: 'out_for_delivery', total: 1 });
    await scan('PRE0000009002', 'delivered', 5);
    expect(await piecesOf(9001)).toMatchObject({ status: 'delivered', delivered: 2 });
    expect((await rival.client.get(`/v1/parcels/${id('pcl', 9001)}/pieces`)).status).toBe(404);
    expect(await history('PRE0000009001')).toEqual(['out_for_delivery 03 itself', 'delivered 04 itself']);
  });
});
