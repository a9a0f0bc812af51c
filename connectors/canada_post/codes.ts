import { codeTable } from '../reading/index.ts';

/** Identifiers without leading zeros. Of the long list of reasons only those whose outcome is plain stand here. */
export const CANADA_POST_CODES = codeTable({
  source: 'Canada Post developer programme: tracking event identifiers',
  rows: [
    ['3000', 'order_created'],
    ...['100', '101', '102', '103', '104', '105', '106', '107'].map((code) => [code, 'picked_up'] as const),
    ...['1400', '1401', '1402', '1403', '1404', '1405'].map((code) => [code, 'picked_up'] as const),
    ['174', 'out_for_delivery'],
    ['500', 'out_for_delivery'],
    // A card was left, the item lies at a post office.
    ...['118', '156', '1407', '1410', '1435', '1436', '1437', '1438', '1479', '1488', '1701', '2410'].map(
      (code) => [code, 'at_point', 'available_for_pickup.outlet'] as const,
    ),
    ...['1408', '1409', '1421', '1422', '1423', '1424', '1425', '1426', '1427', '1428', '1429'].map(
      (code) => [code, 'delivered'] as const,
    ),
    ...['1430', '1431', '1432', '1433', '1434', '1441', '1442', '1496', '1497', '1498', '1499'].map(
      (code) => [code, 'delivered'] as const,
    ),
  ],
});
