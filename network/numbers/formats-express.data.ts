import type { NumberIssuer } from './model.ts';

/*
 * What express carriers and freight lines print. Facts of the field in our own form; `source` says where each is told:
 * TND = tracking_number_data 2.0.0 (MIT, Copyright (c) 2017 Jeff Keen), LBL = labels and public tracking pages.
 */
const TND = 'tracking_number_data 2.0.0';
const LBL = 'labels and public tracking pages';

export const EXPRESS_ISSUERS: readonly NumberIssuer[] = [
  {
    code: 'ups',
    names: { en: 'UPS', zh: 'UPS快递' },
    reach: 'worldwide',
    trackingUrl: 'https://www.ups.com/track?tracknum={number}',
    formats: [
      { name: 'ups', shapes: ['1Z (an15 n1)'], check: 'ups', example: '1Z999AA10123456784', source: TND },
      {
        name: 'ups_waybill',
        shapes: ['[AHJKTV] (n10)'],
        check: 'ups',
        example: 'K1506235620',
        source: TND,
        isLegacy: true,
      },
    ],
  },
  {
    code: 'fedex',
    names: { en: 'FedEx', zh: '联邦快递' },
    reach: 'worldwide',
    trackingUrl: 'https://www.fedex.com/fedextrack/?trknbr={number}',
    formats: [
      { name: 'fedex_12', shapes: ['n12'], check: 'fedex', example: '986578788855', source: TND },
      {
        name: 'fedex_34',
        shapes: ['[0-8] n19 (n14)'],
        check: 'fedex',
        example: '1001921334250001000300779017972697',
        source: TND,
        carries: [-12],
      },
      {
        name: 'fedex_astra_32',
        shapes: ['3 n15 (n12) n4'],
        check: 'fedex',
        example: '32971514560102447849175802862014',
        source: TND,
        carries: [16, 28],
        isLegacy: true,
      },
      { name: 'fedex_ground', shapes: ['n15'], check: 'mod10', example: '041441760228964', source: TND },
      {
        name: 'fedex_ground_sscc_18',
        shapes: ['n2 (n16)'],
        check: 'mod10',
        example: '000123450000000027',
        source: TND,
      },
      {
        // The same as a GS1 barcode has it: behind the application identifier 00.
        name: 'fedex_ground_sscc_20',
        shapes: ['00 n2 (n16)'],
        check: 'mod10',
        example: '00000123450000000027',
        source: `${TND}; GS1 General Specifications 3.3.1`,
        carries: [-18],
      },
      {
        name: 'fedex_ground_96',
        shapes: ['96 n5 (n15)'],
        check: 'mod10',
        example: '9611020987654312345672',
        source: TND,
        carries: [-15],
      },
      {
        name: 'fedex_ground_gsn',
        shapes: ['96 n18 (n14)'],
        check: 'fedex',
        example: '9622001900000000000000776632517510',
        source: TND,
        carries: [-12],
      },
    ],
  },
  {
    code: 'dhl',
    names: { en: 'DHL', zh: 'DHL' },
    reach: 'worldwide',
    trackingUrl: 'https://www.dhl.com/en/express/tracking.html?AWB={number}',
    formats: [
      { name: 'dhl_express', shapes: ['n10..11'], check: 'mod7', example: '3318810025', source: TND },
      {
        name: 'dhl_express_piece_id',
        // 9 or 10 digits in TND; labels of DHL's parcel networks have up to 20, licence plates 18 behind JD (ISO 15459).
        shapes: ['J a2..3 n9..20', 'JD n18'],
        check: 'none',
        example: 'JJD0099999999',
        source: `${TND}; ${LBL}`,
      },
      {
        name: 'dhl_ecommerce',
        shapes: ['GM|LX|RX|UV|CN|SG|TH|IN|HK|MY n1 an9..38'],
        check: 'none',
        example: 'GM2951173225174494',
        source: TND,
      },
      {
        // An SSCC (GS1 General Specifications 3.3.1) under the company prefix of DHL Paket, with its identifier or without.
        name: 'dhl_parcel_sscc',
        shapes: ['00 (340434 n12)', '(340434 n12)'],
        check: 'mod10',
        example: '00340434161094000007',
        source: LBL,
      },
      { name: 'dhl_ecommerce_14', shapes: ['n14'], check: 'none', example: '60120172242323', source: TND },
    ],
  },
  {
    code: 'tnt',
    names: { en: 'TNT', zh: 'TNT快递' },
    reach: 'national',
    trackingUrl:
      'https://www.tnt.com/express/en_gc/site/shipping-tools/tracking.html?searchType=con&cons={number}',
    formats: [
      {
        name: 'tnt_consignment',
        shapes: ['n9'],
        check: 's10_serial',
        example: '123456785',
        source: LBL,
      },
      {
        name: 'tnt_consignment_13',
        shapes: ['GD (n9) a2', 'a2 (n9) WW'],
        check: 's10_serial',
        example: 'GD123456785WW',
        source: LBL,
      },
    ],
  },
  {
    code: 'toll',
    names: { en: 'Toll', zh: '拓领' },
    reach: 'regional',
    formats: [
      { name: 'toll_connote', shapes: ['n10..14'], check: 'none', example: '1234567890', source: LBL },
      {
        name: 'toll_connote_alpha',
        shapes: ['a4 n6..10'],
        check: 'none',
        example: 'ABCD123456',
        source: LBL,
      },
    ],
  },
  {
    code: 'dpd',
    names: { en: 'DPD', zh: 'DPD' },
    reach: 'worldwide',
    trackingUrl: 'https://www.dpdgroup.com/nl/mydpd/my-parcels/track?lang=en&parcelNumber={number}',
    formats: [
      {
        // Postcode n7, parcel number n14, service n3, country n3, check character.
        name: 'dpd',
        shapes: ['n27 an1'],
        check: 'mod37',
        example: '008182709980000020033350276C',
        source: TND,
        carries: [7, 21],
      },
      {
        // The same in its barcode, which begins with % and has no check character: that is printed below it alone.
        name: 'dpd_barcode',
        shapes: ['n27'],
        check: 'none',
        example: '008182709980000020033350276',
        source: LBL,
        carries: [7, 21],
      },
      {
        name: 'dpd_14',
        shapes: ['n14 an1'],
        check: 'mod37',
        example: '09980000020033F',
        source: TND,
        carries: [0, 14],
      },
      { name: 'dpd_parcel', shapes: ['n14'], check: 'none', example: '09980000020033', source: LBL },
    ],
  },
  {
    code: 'yodel',
    names: { en: 'Yodel', zh: 'Yodel' },
    reach: 'national',
    trackingUrl: 'https://www.yodel.co.uk/tracking/{number}',
    formats: [
      { name: 'yodel', shapes: ['JD|JJD n16'], check: 'none', example: 'JJD0002257639032011', source: TND },
    ],
  },
  {
    code: 'landmark',
    names: { en: 'Landmark Global', zh: 'Landmark Global' },
    reach: 'national',
    trackingUrl: 'https://track.landmarkglobal.com/?search={number}',
    formats: [
      {
        name: 'landmark_global',
        shapes: ['LTN n8 N1'],
        check: 'none',
        example: 'LTN74207623N1',
        source: TND,
      },
    ],
  },
];
