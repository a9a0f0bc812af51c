import { codesOf, meaningOf } from '../../network/tracking/connector-contract.ts';
import { type CodeRow, codeTable } from '../reading/index.ts';

/** The house knows Cainiao's codes already: carriers report scans in them by the API as well. */
const known = codesOf('cainiao').flatMap((code): CodeRow[] => {
  const { milestone, substatus } = meaningOf('cainiao', code);
  if (milestone === 'unmapped') return [];
  return [substatus === undefined ? [code, milestone] : [code, milestone, substatus]];
});

export const CAINIAO_CODES = codeTable(
  {
    source: 'Cainiao mailing gateway and cross-border network: network/tracking/source-codes.policy.ts',
    rows: known,
  },
  {
    source: 'Cainiao global tracking page: actionCode and status, by their own text',
    rows: [
      ['CW_INBOUND', 'warehouse_received'],
      ['CUSTOMS_ARRIVED_IN_AREA_CALLBACK', 'customs_processing'],
      ['SELLER_PREPARING', 'order_created'],
      ['DELIVERED', 'delivered'],
    ],
  },
);
