import type { Queryable } from '../../platform/db/index.ts';
import type { World } from '../../platform/world/index.ts';
import { findCarrier } from '../carriers/index.ts';
import { addMoney, type Instant, localDate, type Money } from '../kernel/index.ts';
import type { CustomsBlock, LabelContent, LabelParty, LabelService } from '../labels/index.ts';
import type { LineCatalogue, LineHistory } from '../lines/index.ts';
import { findCountry } from '../places/index.ts';
import type { ShownParty, Vault } from '../vault/index.ts';
import { basicLabelContent, type LabelContentSource, type Waybill } from '../waybills/index.ts';
import { lineOf } from './freight.ts';
import { maskProfileOf } from './mask-profile.policy.ts';
import type { Shipment } from './model.ts';
import { addressLinesOf } from './party-lines.ts';
import { listShipmentsByIds } from './store.ts';

/**
 * CN22 up to 300 SDR, CN23 above (domain reference 4.2, [D]). An SDR is taken as 1.25 EUR; where the value stands in
 * another currency the fuller form is printed, which every post takes.
 */
const CN22_LIMIT: Money = { amountMinor: 37_500, currency: 'EUR' as Money['currency'] };
/** CN22 has room for five items. */
const CN22_ITEMS = 5;

/** What stands on a label of a shipment: parties masked, goods declared, marks and services. */
export function createLabelContent(vault: Vault, lines: LineCatalogue): LabelContentSource {
  return {
    contentsOf: async (db, waybills, now, world) => {
      const basic = await basicLabelContent.contentsOf(db, waybills, now, world);
      const ids = [
        ...new Set(
          waybills.flatMap((waybill) => (waybill.shipmentRef === undefined ? [] : [waybill.shipmentRef])),
        ),
      ];
      const shipments = new Map(
        (await listShipmentsByIds(db, ids)).map((shipment) => [shipment.id as string, shipment]),
      );
      const bought = [...shipments.values()];
      const [history, parties] = await Promise.all([
        historyFor(db, lines, bought, world),
        shownParties(db, vault, [...bought, ...waybills.filter(isLone)], now, world),
      ]);
      return waybills.map((waybill, index) => {
        const content = basic[index];
        if (content === undefined) throw new Error('a waybill without basic content');
        const shipment = waybill.shipmentRef === undefined ? undefined : shipments.get(waybill.shipmentRef);
        return shipment === undefined
          ? withParties(content, waybill, parties)
          : contentOf(content, waybill, shipment, parties, history, now);
      });
    },
  };
}

/** The same of waybills of a shipment that is not written yet; `parties`: as they are shown. */
export function firstLabelContents(
  waybills: readonly Waybill[],
  shipment: Shipment,
  parties: Parties,
  lines: LineHistory,
  now: Instant,
): readonly LabelContent[] {
  return waybills.map((waybill) =>
    contentOf(basicLabelContent.contentOf(waybill, now), waybill, shipment, parties, lines, now),
  );
}

/** What this process believes of the lines, unless one of them was bought by a version that it has not seen. */
async function historyFor(
  db: Queryable,
  lines: LineCatalogue,
  shipments: readonly Shipment[],
  world: World,
): Promise<LineHistory> {
  const known = await lines.history(db, { world });
  if (shipments.every((shipment) => lineOf(known, shipment) !== undefined)) return known;
  return lines.history(db, { codes: [...new Set(shipments.map((shipment) => shipment.lineCode))] });
}

type Parties = ReadonlyMap<string, ShownParty>;
/** Whose parties stand on a label: a shipment's, or those of a waybill that was issued without one. */
type WithParties = Pick<Waybill, 'organisationId' | 'senderRef' | 'recipientRef' | 'to'>;

function isLone(waybill: Waybill): boolean {
  return waybill.shipmentRef === undefined;
}

function withParties(basic: LabelContent, waybill: Waybill, parties: Parties): LabelContent {
  const { senderRef, recipientRef, from, to } = waybill;
  return {
    ...basic,
    ...(recipientRef === undefined || to === undefined
      ? {}
      : { recipient: labelParty(parties.get(recipientRef), to.country) }),
    ...(senderRef === undefined || from === undefined
      ? {}
      : { sender: labelParty(parties.get(senderRef), from.country) }),
  };
}

async function shownParties(
  db: Queryable,
  vault: Vault,
  holders: readonly WithParties[],
  at: Instant,
  world: World,
): Promise<Parties> {
  const all = new Map<string, ShownParty>();
  const byProfile = Map.groupBy(holders, ({ to }) => maskProfileOf(to?.country ?? ''));
  for (const [profile, group] of byProfile) {
    const keys = group.flatMap(({ organisationId, senderRef, recipientRef }) =>
      [senderRef, recipientRef].flatMap((ref) => (ref === undefined ? [] : [{ organisationId, ref }])),
    );
    for (const [ref, party] of await vault.maskedParties(db, keys, { profile, at, world }))
      all.set(ref, party);
  }
  return all;
}

function contentOf(
  basic: LabelContent,
  waybill: Waybill,
  shipment: Shipment,
  parties: Parties,
  lines: LineHistory,
  now: Instant,
): LabelContent {
  const line = lineOf(lines, shipment)?.line;
  const zh = shipment.to.country === 'CN';
  const carrier = findCarrier(shipment.carrierCode)?.names;
  const zone = findCountry(shipment.from.country)?.zone ?? 'UTC';
  const size = shipment.parcels.find((parcel) => parcel.waybillId === waybill.id)?.size;
  const battery = shipment.goods.some((item) => item.goodsClass === 'battery_contained')
    ? 'UN3481'
    : shipment.goods.some((item) => item.goodsClass === 'battery_only')
      ? 'UN3480'
      : undefined;
  const customs =
    shipment.from.country === shipment.to.country
      ? undefined
      : customsOf(shipment, parties, localDate(now, zone));
  return {
    ...basic,
    carrierName: (zh ? carrier?.zh : carrier?.en) ?? basic.carrierName,
    lineName: (zh ? line?.names.zh : line?.names.en) ?? basic.lineName,
    recipient: labelParty(parties.get(shipment.recipientRef), shipment.to.country),
    sender: labelParty(parties.get(shipment.senderRef), shipment.from.country),
    orderReference: shipment.orderRef,
    services: servicesOf(shipment),
    ...(size === undefined ? {} : { dimensions: size }),
    ...(battery === undefined ? {} : { batteryMark: battery }),
    ...(customs === undefined ? {} : { customs }),
    printedAtText: localText(now, zone),
  };
}

function labelParty(party: ShownParty | undefined, country: string): LabelParty {
  const name = findCountry(country)?.name ?? country;
  if (party === undefined || party.isErased)
    return { name: '***', addressLines: [], country: { code: country, name } };
  return {
    name: [party.name, party.company].filter((text) => text !== undefined && text !== '').join(', '),
    ...(party.phone === undefined ? {} : { phone: party.phone }),
    addressLines: addressLinesOf(party),
    country: { code: country, name },
  };
}

function servicesOf(shipment: Shipment): LabelService[] {
  return [
    ...(shipment.cashOnDelivery === undefined
      ? []
      : [{ kind: 'cod' as const, amount: shipment.cashOnDelivery }]),
    ...(shipment.insuredAmount === undefined
      ? []
      : [{ kind: 'insured' as const, value: shipment.insuredAmount }]),
    ...(shipment.goods.some((item) => item.goodsClass === 'breakable') ? [{ kind: 'fragile' as const }] : []),
  ];
}

function customsOf(shipment: Shipment, parties: Parties, signedOn: string): CustomsBlock {
  const items = shipment.goods.map((item) => ({
    description: item.descriptionEn,
    quantity: item.quantity,
    weightGrams: item.unitWeightGrams * item.quantity,
    value: { amountMinor: item.unitValue.amountMinor * item.quantity, currency: item.unitValue.currency },
    ...(item.hs6 === undefined ? {} : { hs6: item.hs6 }),
    ...(item.originCountry === undefined ? {} : { origin: item.originCountry }),
  }));
  const [first, ...rest] = items.map((item) => item.value);
  if (first === undefined) throw new Error(`${shipment.id} declares no goods`);
  const totalValue = rest.every((value) => value.currency === first.currency)
    ? addMoney(first, ...rest)
    : first;
  const small =
    totalValue.currency === CN22_LIMIT.currency &&
    totalValue.amountMinor <= CN22_LIMIT.amountMinor &&
    items.length <= CN22_ITEMS;
  return {
    form: small ? 'CN22' : 'CN23',
    contentType: 'merchandise',
    items,
    totalWeightGrams: items.reduce((sum, item) => sum + item.weightGrams, 0),
    totalValue,
    ...(shipment.incoterm === undefined ? {} : { incoterm: shipment.incoterm }),
    senderReference: shipment.orderRef,
    signedBy: parties.get(shipment.senderRef)?.name ?? '***',
    signedOn,
  };
}

/** `2026-11-22 16:05 Asia/Shanghai`. */
function localText(at: Instant, zone: string): string {
  const local = Temporal.Instant.from(at).toZonedDateTimeISO(zone);
  return `${local.toPlainDate().toString()} ${local.toPlainTime().toString({ smallestUnit: 'minute' })} ${zone}`;
}
