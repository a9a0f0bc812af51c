import { BUYER_SCREENS } from '../src/buyer/screens.ts';
import { CARRIER_SCREENS } from '../src/carrier/screens.ts';
import { COURIER_SCREENS } from '../src/courier/screens.ts';
import type { Screen } from '../src/ground/screen.ts';
import { LOGIN_SCREENS } from '../src/login/screens.ts';
import { MAILING_SCREENS } from '../src/mailing/screens.ts';
import { MARKETPLACE_SCREENS } from '../src/marketplace/screens.ts';
import { MERCHANT_SCREENS } from '../src/merchant/screens.ts';
import { OPERATIONS_SCREENS } from '../src/operations/screens.ts';
import { POINT_SCREENS } from '../src/point/screens.ts';
import { POINT_NETWORK_SCREENS } from '../src/point-network/screens.ts';
import { RETURNS_SCREENS } from '../src/returns/screens.ts';
import { STYLE_SCREENS } from '../src/style/screens.ts';
import { WAREHOUSE_SCREENS } from '../src/warehouse/screens.ts';

/** Every screen that the harness looks at. Each face lists its own. */
export const SCREENS: readonly Screen[] = [
  ...LOGIN_SCREENS,
  ...STYLE_SCREENS,
  ...BUYER_SCREENS,
  ...RETURNS_SCREENS,
  ...MAILING_SCREENS,
  ...MERCHANT_SCREENS,
  ...COURIER_SCREENS,
  ...OPERATIONS_SCREENS,
  ...MARKETPLACE_SCREENS,
  ...WAREHOUSE_SCREENS,
  ...CARRIER_SCREENS,
  ...POINT_SCREENS,
  ...POINT_NETWORK_SCREENS,
];
