import { type Draft, draftWriter, groupRows, type Row } from './draft.policy.ts';

export type DialectDefaults = {
  readonly weightGrams: number;
  readonly goodsClass: string;
  readonly now: string;
};

/** Columns without which a file is no order export of Shopify (admin: Orders, Export; headers are English always). */
export const SHOPIFY_COLUMNS = [
  'Name',
  'Lineitem name',
  'Lineitem quantity',
  'Shipping Name',
  'Shipping Country',
];

/** A product's name is cut to what a declared item may be called. */
const DESCRIPTION_LENGTH = 60;
const NOTE_LENGTH = 500;

/**
 * Shopify's order export: one row per line item; what belongs to the order stands in its first row only, and rows
 * belong together by `Name` (`#1001`). It has no weights. Fulfilled and cancelled orders are skipped, and so are those
 * that need no shipping.
 */
export function shopifyDrafts(rows: readonly Row[], defaults: DialectDefaults): Draft[] {
  return groupRows(rows, 'Name').map((group) => draftOf(group.reference, group.rows, defaults));
}

function draftOf(name: string, rows: readonly Row[], defaults: DialectDefaults): Draft {
  const write = draftWriter();
  const first = rows[0] as Row;
  const currency = first.get('Currency');
  write.text(first, 'Name', 'reference');
  const goods = rows
    .filter((row) => row.get('Lineitem name') !== undefined)
    .filter((row) => row.get('Lineitem requires shipping') !== 'false')
    .map((row, index) => ({
      descriptionEn: write
        .text(row, 'Lineitem name', `goods/${index}/descriptionEn`)
        ?.slice(0, DESCRIPTION_LENGTH),
      quantity: write.whole(row, 'Lineitem quantity', `goods/${index}/quantity`) ?? 1,
      unitValue: write.money(row, 'Lineitem price', `goods/${index}/unitValue`, currency),
      unitWeightGrams: defaults.weightGrams,
      goodsClass: defaults.goodsClass,
      sku: write.text(row, 'Lineitem sku', `goods/${index}/sku`),
    }));
  const input = {
    reference: name.replace(/^#/, ''),
    channel: 'shopify',
    placedAt: write.instant(first, 'Created at', 'placedAt') ?? defaults.now,
    paidAt: write.instant(first, 'Paid at', 'paidAt'),
    recipient: recipientOf(first, write),
    goods,
    orderAmount: write.money(first, 'Total', 'orderAmount', currency),
    note: write.text(first, 'Notes', 'note')?.slice(0, NOTE_LENGTH),
  };
  return {
    reference: input.reference,
    lines: rows.map((row) => row.line),
    skip: skipReason(first, goods.length),
    input,
    cells: write.cells,
    errors: write.errors,
  };
}

function recipientOf(first: Row, write: ReturnType<typeof draftWriter>) {
  const phone = first.get('Shipping Phone') === undefined ? 'Phone' : 'Shipping Phone';
  return {
    name: write.text(first, 'Shipping Name', 'recipient/name'),
    company: write.text(first, 'Shipping Company', 'recipient/company'),
    phone: write.text(first, phone, 'recipient/phone'),
    email: write.text(first, 'Email', 'recipient/email'),
    address: {
      country: write.text(first, 'Shipping Country', 'recipient/address/country'),
      division: write.text(first, 'Shipping Province', 'recipient/address/division'),
      city: write.text(first, 'Shipping City', 'recipient/address/city'),
      postcode: write.text(first, 'Shipping Zip', 'recipient/address/postcode'),
      lines: [
        write.text(first, 'Shipping Address1', 'recipient/address/lines'),
        write.text(first, 'Shipping Address2', 'recipient/address/lines/1'),
      ].filter((line) => line !== undefined),
    },
  };
}

function skipReason(first: Row, itemCount: number): string | undefined {
  if (first.get('Cancelled at') !== undefined) return 'cancelled';
  if (first.get('Fulfillment Status') === 'fulfilled') return 'fulfilled';
  return itemCount === 0 ? 'nothing_to_ship' : undefined;
}
