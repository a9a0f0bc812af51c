import type { World } from '../../platform/world/index.ts';
import type { Vault } from '../vault/index.ts';
import type { HighWaterMarks } from './high-water-marks.ts';
import type { NumberIssuer } from './number-issuer.ts';
import type { PrintPorts } from './print.ts';
import type { RuleBook } from './routing-handle.ts';

/** What the routes of this room and higher rooms need of the program. */
export type WaybillPorts = {
  /** One issuer per world and process. */
  readonly issuerOf: (world: World) => NumberIssuer;
  readonly marksOf: (world: World) => HighWaterMarks;
  readonly rules: RuleBook;
  readonly vault: Pick<Vault, 'storeParties'>;
  readonly print: PrintPorts;
};
