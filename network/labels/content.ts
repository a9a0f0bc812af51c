import type { Catalogue, Dimensions, Instant, Money } from '../kernel/index.ts';

/** A party as it may be printed: every string is already masked by the vault's mask policy. */
export type LabelParty = {
  readonly name: string;
  readonly phone?: string;
  readonly addressLines: readonly string[];
  /** ISO 3166 alpha-2 and the English short name: post wants the country in English on international items. */
  readonly country?: { readonly code: string; readonly name: string };
};

/** Routing code in the carrier's own format (`raw`, printed largest) and its parts; segment order is hub, outlet, courier. */
export type LabelRoute = {
  readonly raw: string;
  readonly hub?: string;
  readonly outlet?: string;
  readonly courier?: string;
  readonly extra?: string;
};

export type LabelService =
  | { readonly kind: 'cod'; readonly amount: Money }
  | { readonly kind: 'insured'; readonly value: Money }
  | { readonly kind: 'fresh' | 'fragile' | 'signature' | 'evening' | 'saturday' | 'return_on_failure' };

/** Content types of the USPS customs form that CN22/CN23 print as check boxes; others are printed as "other". */
export type CustomsContentType =
  | 'merchandise'
  | 'gift'
  | 'documents'
  | 'commercial_sample'
  | 'returned_goods'
  | 'other';

export type CustomsItem = {
  readonly description: string;
  readonly quantity: number;
  readonly weightGrams: number;
  readonly value: Money;
  readonly hs6?: string;
  /** ISO 3166 alpha-2 of the country of origin. */
  readonly origin?: string;
};

/** UPU CN22 (small values, packets) or CN23 (above, parcels and EMS): one data set, two forms. */
export type CustomsBlock = {
  readonly form: 'CN22' | 'CN23';
  readonly contentType: CustomsContentType;
  readonly contentNote?: string;
  readonly items: readonly CustomsItem[];
  readonly totalWeightGrams: number;
  readonly totalValue: Money;
  readonly incoterm?: string;
  readonly postage?: Money;
  readonly senderReference?: string;
  readonly importerReference?: string;
  readonly licence?: string;
  readonly certificate?: string;
  readonly invoice?: string;
  readonly comments?: string;
  /** Name that signs the declaration, and the local date of signing as printed. */
  readonly signedBy: string;
  readonly signedOn: string;
};

/**
 * Everything that stands on one label. No field is clear personal data. Strings may be any Unicode: what cannot be
 * printed is replaced visibly (printable-text.policy.ts); numbers and the QR payload must be encodable or the label
 * is refused.
 */
export type LabelContent = {
  readonly variant: 'domestic' | 'international';
  /** Language of the label's own words (captions and marks). */
  readonly captions: 'en' | 'zh';
  /** Printed twice as Code 128; an S10 number is grouped in its human readable line. */
  readonly waybillNumber: string;
  readonly parentNumber?: string;
  readonly piece: { readonly index: number; readonly count: number };
  readonly carrierName: string;
  readonly lineName: string;
  /** Big-print destination mark (大头笔), e.g. `金华362`. */
  readonly sortMark?: string;
  readonly route?: LabelRoute;
  /** Consolidation place (集包地); the code becomes a barcode when there is room. */
  readonly consolidation?: { readonly name: string; readonly code: string };
  readonly shipFromOutlet?: string;
  readonly recipient: LabelParty;
  readonly sender: LabelParty;
  readonly orderReference?: string;
  readonly remark?: string;
  /** Real weight; Chinese law wants it on the waybill (邮政业 art. 26). */
  readonly weightGrams?: number;
  readonly dimensions?: Dimensions;
  readonly services: readonly LabelService[];
  /** Lithium battery mark such as `UN3481`. */
  readonly batteryMark?: string;
  /** Already inspected mark (已验视). */
  readonly inspected: boolean;
  /** Local text with zone, e.g. `2026-11-22 16:05 +08:00`. */
  readonly printedAtText: string;
  readonly printCount: number;
  readonly paymentMark?: string;
  readonly lineMark?: string;
  /** Printable ASCII, at most 106 characters (QR version 6, level M). */
  readonly qrPayload: string;
  readonly customs?: CustomsBlock;
};

export const LABEL_SIZES = ['76x130mm', '100x150mm', '100x180mm', '4x6in'] as const;
export type LabelSize = (typeof LABEL_SIZES)[number];

export const LABEL_FORMATS = ['pdf', 'zpl'] as const;
export type LabelFormat = (typeof LABEL_FORMATS)[number];

/** Dots per inch of the print head: bars are laid on this grid in both formats. */
export const LABEL_DPIS = [203, 300] as const;
export type LabelDpi = (typeof LABEL_DPIS)[number];

/** Width and height in millimetres. Sources: 76x130 one-part (public samples), 100x150/100x180, USPS 4x6 in. */
export const SIZE_MM: Readonly<Record<LabelSize, { readonly width: number; readonly height: number }>> = {
  '76x130mm': { width: 76, height: 130 },
  '100x150mm': { width: 100, height: 150 },
  '100x180mm': { width: 100, height: 180 },
  '4x6in': { width: 101.6, height: 152.4 },
};

/** Print-head dots per millimetre: "203 dpi" heads have exactly 8. */
export const DOTS_PER_MM: Readonly<Record<LabelDpi, number>> = { 203: 8, 300: 300 / 25.4 };

/**
 * One rendering. `createdAt` becomes the document's date, so that equal jobs give equal bytes.
 * `dpi` defaults to 203, the head of most label printers. `zplFont` is the printer's font file for text outside
 * Latin-1 (default `E:SIMSUN.TTF`; see README).
 */
export type LabelJob = {
  readonly contents: readonly LabelContent[];
  readonly format: LabelFormat;
  readonly size: LabelSize;
  readonly dpi?: LabelDpi;
  readonly zplFont?: string;
  readonly createdAt: Instant;
};

export type LabelRejection = 'label_not_printable';

export const labelErrors: Catalogue<LabelRejection> = {
  label_not_printable: {
    status: 422,
    title: 'The label cannot be printed',
    advice: 'Choose a larger label size, or shorten the number or QR payload named in the detail.',
  },
};

/** Labels in one job: the batch print of a hand-over page. Our limit. */
export const MAX_LABELS_PER_JOB = 500;
