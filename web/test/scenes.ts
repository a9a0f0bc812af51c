import { buyerScene } from './buyer.scene.ts';
import { fieldUnderWay } from './field.scene.ts';
import { marketplaceScene } from './marketplace.scene.ts';
import { merchantScene } from './merchant.scene.ts';
import { operationsScene } from './operations.scene.ts';
import { pointScene } from './point.scene.ts';
import { pointNetworkScene } from './point-network.scene.ts';
import { returnsScene } from './returns.scene.ts';
import type { Scene } from './stage.ts';
import { verificationScene } from './verification.scene.ts';

/** What the screens show, made once for all of them. */
export const SCENES: readonly Scene[] = [
  merchantScene,
  marketplaceScene,
  fieldUnderWay,
  buyerScene,
  operationsScene,
  verificationScene,
  pointScene,
  returnsScene,
  pointNetworkScene,
];
