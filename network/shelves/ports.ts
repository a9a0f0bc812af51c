import type { BlockIndex } from '../points/index.ts';
import type { BuyerDoor } from '../tracking/index.ts';
import type { Vault } from '../vault/index.ts';

/** What shelves needs of the program besides lower rooms' functions. */
export type ShelfPorts = {
  readonly vault: Vault;
  readonly blocks: BlockIndex;
  /** Tracking's own check of a buyer's question, whose tries count together with those of his page. */
  readonly findForBuyer: BuyerDoor;
};
