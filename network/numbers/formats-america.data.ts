import type { NumberIssuer } from './model.ts';

/* Carriers of the United States and Canada; source as in formats-express.data.ts. */
const TND = 'tracking_number_data 2.0.0';

export const AMERICAN_ISSUERS: readonly NumberIssuer[] = [
  {
    code: 'amazon',
    names: { en: 'Amazon Logistics', zh: '亚马逊物流' },
    reach: 'worldwide',
    formats: [
      {
        name: 'amazon_logistics',
        shapes: ['TB [ACM] n12'],
        check: 'none',
        example: 'TBA000000000000',
        source: TND,
      },
      {
        name: 'amazon_international',
        shapes: ['[AFC] n10'],
        check: 'none',
        example: 'C1004444443',
        source: TND,
      },
    ],
  },
  {
    code: 'canpar',
    names: { en: 'Canpar', zh: 'Canpar' },
    reach: 'regional',
    trackingUrl: 'https://www.canpar.com/en/track/tracking.jsp?reference={number}&locale=en',
    formats: [
      {
        name: 'canpar_22',
        shapes: ['[CDKLSUXZ] n21'],
        check: 'none',
        example: 'D576002440000001718010',
        source: TND,
      },
    ],
  },
  {
    code: 'gofo',
    names: { en: 'GOFO Express', zh: 'GOFO快递' },
    reach: 'regional',
    trackingUrl: 'https://www.gofoexpress.com/tracking.html?searchID={number}',
    formats: [
      { name: 'gofo_us', shapes: ['GFUS n14'], check: 'none', example: 'GFUS01011884214464', source: TND },
    ],
  },
  {
    code: 'lasership',
    names: { en: 'LaserShip', zh: 'LaserShip' },
    reach: 'regional',
    formats: [
      {
        name: 'lasership_lx',
        shapes: ['L [AIEHNX] [1-3] n7'],
        check: 'none',
        example: 'LX17635036',
        source: TND,
      },
      {
        name: 'lasership_1ls7',
        shapes: ['1LS7 [12] n10'],
        check: 'none',
        example: '1LS717793482164',
        source: TND,
      },
      {
        name: 'lasership_1ls7_18',
        shapes: ['1LS7 [12] n2 01 [1-4] n6 - 1'],
        check: 'none',
        example: '1LS7119013618127-1',
        source: TND,
      },
      {
        name: 'lasership_1lscx',
        shapes: ['1LSCX an10'],
        check: 'none',
        example: '1LSCXVE0058631Y',
        source: TND,
      },
    ],
  },
  {
    code: 'old_dominion',
    names: { en: 'Old Dominion', zh: 'Old Dominion' },
    reach: 'regional',
    trackingUrl: 'https://www.odfl.com/us/en/tools/trace-track-ltl-freight/trace.html?proNumbers={number}',
    formats: [
      {
        name: 'old_dominion',
        shapes: ['777|778|072|780 n8'],
        check: 'luhn',
        example: '07209562763',
        source: TND,
      },
      {
        name: 'old_dominion_guaranteed',
        shapes: ['80 n9'],
        check: 'luhn',
        example: '80003280379',
        source: TND,
      },
    ],
  },
  {
    code: 'ontrac',
    names: { en: 'OnTrac', zh: 'OnTrac' },
    reach: 'regional',
    trackingUrl: 'https://www.ontrac.com/tracking/?number={number}',
    formats: [
      { name: 'ontrac_c', shapes: ['C n14'], check: 'ontrac', example: 'C11031500001879', source: TND },
      { name: 'ontrac_d', shapes: ['D n14'], check: 'ontrac', example: 'D10011354453707', source: TND },
    ],
  },
  {
    code: 'purolator',
    names: { en: 'Purolator', zh: 'Purolator' },
    reach: 'national',
    trackingUrl: 'https://www.purolator.com/en/shipping/tracker?searchValue={number}',
    formats: [
      {
        name: 'purolator_numeric',
        shapes: ['[0-5] n11'],
        check: 'luhn',
        example: '320595463938',
        source: TND,
      },
      { name: 'purolator_alpha', shapes: ['a3 n9'], check: 'none', example: 'KYV009956937', source: TND },
    ],
  },
  {
    code: 'speedee',
    names: { en: 'Spee-Dee Delivery', zh: 'Spee-Dee' },
    reach: 'regional',
    trackingUrl: 'https://www.speedeedelivery.com/track/?tracking={number}',
    formats: [
      { name: 'speedee', shapes: ['SP n18'], check: 'none', example: 'SP029692510000920746', source: TND },
    ],
  },
];
