import { type Draft, draftWriter, groupRows, type Row } from './draft.policy.ts';
import type { DialectDefaults } from './shopify-dialect.policy.ts';

/** Columns without which a file is no table in our own dialect (docs/orders-csv.md). */
export const GENERIC_COLUMNS = [
  'reference',
  'recipient_name',
  'recipient_country',
  'recipient_city',
  'recipient_line1',
  'item_description',
  'item_unit_value',
  'currency',
];
const MORE_COLUMNS = [
  'channel',
  'placed_at',
  'paid_at',
  'ship_by',
  'recipient_company',
  'recipient_phone',
  'recipient_email',
  'recipient_division',
  'recipient_district',
  'recipient_postcode',
  'recipient_line2',
  'recipient_tax_id_kind',
  'recipient_tax_id',
  'item_quantity',
  'item_weight_grams',
  'item_hs6',
  'item_origin_country',
  'item_goods_class',
  'item_sku',
  'parcel_weight_grams',
  'parcel_length_mm',
  'parcel_width_mm',
  'parcel_height_mm',
  'order_amount',
  'cash_on_delivery',
  'insured_amount',
  'incoterm',
  'handover',
  'undeliverable',
  'sender_address_id',
  'programme_id',
  'note',
];
/** Others are refused: a misspelt column would otherwise be lost quietly. */
export const KNOWN_GENERIC_COLUMNS: ReadonlySet<string> = new Set([...GENERIC_COLUMNS, ...MORE_COLUMNS]);

/** Our dialect: one row per item; rows with the same `reference` are one order, whose own cells stand in the first. */
export function genericDrafts(rows: readonly Row[], defaults: DialectDefaults): Draft[] {
  return groupRows(rows, 'reference').map((group) => draftOf(group.reference, group.rows, defaults));
}

function draftOf(reference: string, rows: readonly Row[], defaults: DialectDefaults): Draft {
  const write = draftWriter();
  const first = rows[0] as Row;
  const currency = first.get('currency');
  const text = (column: string, path: string) => write.text(first, column, path);
  text('reference', 'reference');
  const input = {
    reference,
    channel: text('channel', 'channel') ?? 'csv',
    placedAt: write.instant(first, 'placed_at', 'placedAt') ?? defaults.now,
    paidAt: write.instant(first, 'paid_at', 'paidAt'),
    shipBy: write.instant(first, 'ship_by', 'shipBy'),
    recipient: recipientOf(first, write),
    goods: rows.map((row, index) => itemOf(row, index, write, defaults)),
    parcels: parcelsOf(first, write),
    orderAmount: write.money(first, 'order_amount', 'orderAmount', currency),
    cashOnDelivery: write.money(first, 'cash_on_delivery', 'cashOnDelivery', currency),
    insuredAmount: write.money(first, 'insured_amount', 'insuredAmount', currency),
    incoterm: text('incoterm', 'incoterm'),
    handover: text('handover', 'handover'),
    undeliverable: text('undeliverable', 'undeliverable'),
    senderAddressId: text('sender_address_id', 'senderAddressId'),
    programmeId: text('programme_id', 'programmeId'),
    note: text('note', 'note'),
  };
  return {
    reference,
    lines: rows.map((row) => row.line),
    skip: undefined,
    input,
    cells: write.cells,
    errors: write.errors,
  };
}

function itemOf(row: Row, index: number, write: ReturnType<typeof draftWriter>, defaults: DialectDefaults) {
  const path = (field: string) => `goods/${index}/${field}`;
  return {
    descriptionEn: write.text(row, 'item_description', path('descriptionEn')),
    quantity: write.whole(row, 'item_quantity', path('quantity')) ?? 1,
    unitValue: write.money(row, 'item_unit_value', path('unitValue'), row.get('currency')),
    unitWeightGrams: write.whole(row, 'item_weight_grams', path('unitWeightGrams')) ?? defaults.weightGrams,
    hs6: write.text(row, 'item_hs6', path('hs6')),
    originCountry: write.text(row, 'item_origin_country', path('originCountry')),
    goodsClass: write.text(row, 'item_goods_class', path('goodsClass')) ?? defaults.goodsClass,
    sku: write.text(row, 'item_sku', path('sku')),
  };
}

function recipientOf(first: Row, write: ReturnType<typeof draftWriter>) {
  const text = (column: string, path: string) => write.text(first, column, `recipient/${path}`);
  const kind = text('recipient_tax_id_kind', 'taxIds/0/kind');
  const number = text('recipient_tax_id', 'taxIds/0/number');
  return {
    name: text('recipient_name', 'name'),
    company: text('recipient_company', 'company'),
    phone: text('recipient_phone', 'phone'),
    email: text('recipient_email', 'email'),
    address: {
      country: text('recipient_country', 'address/country'),
      division: text('recipient_division', 'address/division'),
      city: text('recipient_city', 'address/city'),
      district: text('recipient_district', 'address/district'),
      postcode: text('recipient_postcode', 'address/postcode'),
      lines: [text('recipient_line1', 'address/lines'), text('recipient_line2', 'address/lines/1')].filter(
        (line) => line !== undefined,
      ),
    },
    taxIds: kind === undefined && number === undefined ? undefined : [{ kind, number }],
  };
}

function parcelsOf(first: Row, write: ReturnType<typeof draftWriter>) {
  const weightGrams = write.whole(first, 'parcel_weight_grams', 'parcels/0/weightGrams');
  const lengthMm = write.whole(first, 'parcel_length_mm', 'parcels/0/size/lengthMm');
  const widthMm = write.whole(first, 'parcel_width_mm', 'parcels/0/size/widthMm');
  const heightMm = write.whole(first, 'parcel_height_mm', 'parcels/0/size/heightMm');
  const hasSize = lengthMm !== undefined || widthMm !== undefined || heightMm !== undefined;
  if (weightGrams === undefined && !hasSize) return undefined;
  return [{ weightGrams, size: hasSize ? { lengthMm, widthMm, heightMm } : undefined }];
}
