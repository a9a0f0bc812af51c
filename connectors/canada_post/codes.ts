import { type CodeRow, codeTable } from '../reading/index.ts';

type Meaning = CodeRow extends readonly [string, ...infer Rest] ? Rest : never;

/** Several codes of one meaning, as they stand in the table: the channel by which a scan came makes codes of their own. */
const rows = (codes: string, ...meaning: Meaning) =>
  codes.split(' ').map((code): CodeRow => [code, ...meaning]);

/**
 * Identifiers without leading zeros, each by its own description. Left out because it leaves open where the item is: requests
 * and preferences (12xx but 124x), signatures and photos (20, 21, 2001), "Item is at recipient's front door" and its like
 * (610 to 620), money (152, 2101), 190, 198, 1487, 1495, 2601.
 */
export const CANADA_POST_CODES = codeTable(
  {
    source: 'Canada Post developer programme, Messages and Code Tables: tracking scan events',
    rows: [
      ...rows('3000 3002', 'order_created'),
      ...rows('1300 1301 1302 1303 2300 4000', 'picked_up'),
      // "Item processed"
      ...rows('100 102 104 105 106 107 170 1240 1244 2500 2501 4100', 'in_transit_local'),
      ...rows('115 116 175 804 815 1703 1705 4310 4311 4550 8901', 'in_transit_local'),
      ...rows('113 400 405', 'in_transit_local', 'in_transit.arrived_facility'),
      ...rows('114 410', 'in_transit_local', 'in_transit.departed_facility'),
      ['4202', 'departed_origin'],
      ['4900', 'transit_arrived'],
      ['4950', 'transit_departed'],
      ...rows('700 701', 'arrived_destination'),
      ...rows('800 4330 4400', 'import_customs_in'),
      ...rows('900 910 4500 5201', 'import_customs_out'),
      // Of which country, the description does not say.
      ...rows('130 4450', 'customs_processing'),
      ['4600', 'arrived_delivery_depot'],
      ...rows('174 500', 'out_for_delivery'),
      ...rows('1480 1490', 'redirected'),
      ...rows('630 1443', 'delivery_attempted'),
      ...rows('1411 2411', 'delivery_attempted', 'delivery_attempted.business_closed'),
      // A card was left, the item lies at a post office.
      ...rows('156 1435 1436 1437 1438 1479 1488', 'at_point', 'available_for_pickup.outlet'),
      ...rows('1407 1701 2407', 'at_point', 'available_for_pickup.outlet'),
      // "Delivered to automated parcel locker": the locker has it, not the recipient.
      ['1405', 'at_point', 'available_for_pickup.locker'],
      ['1406', 'delivered', 'delivered.locker_collected'],
      ...rows('1408 1409', 'delivered', 'delivered.signed'),
      ...rows('1427 1434', 'delivered', 'delivered.safe_place'),
      // Superintendent, security, concierge or building manager.
      ...rows('1425 1432 1461 1462', 'delivered', 'delivered.proxy_or_neighbour'),
      ...rows('1421 1422 1423 1424 1426 1428 1429 1430 1431 1433 1441 1442', 'delivered'),
      ...rows('1463 1465 1466 1467 1468 1469 1471 1472 1473 1475 1476 1496 1498', 'delivered'),
      ...rows('162 171 173 1412 1414 2412 2414', 'exception', 'exception.delayed'),
      ...rows('621 622 623 624 625 626 627 628', 'exception', 'exception.delayed'),
      ['159', 'exception', 'exception.delayed_weather'],
      ...rows('160 161 163', 'exception', 'exception.delayed_external'),
      ['172', 'exception', 'exception.delayed_carrier'],
      ...rows('117 118 120 121 127 810', 'exception', 'exception.held_at_facility'),
      ...rows('1410 1450 1484 1494 2410 4700', 'exception', 'exception.held_at_facility'),
      ...rows('179 1483 1493 4650', 'exception'),
      ['710', 'damaged'],
      ['150', 'disposed'],
      ...rows('167 168 169 181 182 183 184 1100', 'returning'),
      ...rows('1415 1416 1417 1418 1419 1420 1481 1482 1491 1492', 'returning'),
      ...rows('2600 2802 3001', 'returning'),
    ],
  },
  {
    source: 'Canada Post, earlier table of tracking scan events: "Item successfully delivered"',
    rows: rows('1497 1499', 'delivered'),
  },
);
