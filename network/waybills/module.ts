import { join } from 'node:path';
import type { BlobStore } from '../../platform/blobs/index.ts';
import type { KeyRing } from '../../platform/crypto/index.ts';
import type { World } from '../../platform/world/index.ts';
import type { LabelPress } from '../labels/index.ts';
import type { Vault } from '../vault/index.ts';
import { type HighWaterMarks, openMarksFile } from './high-water-marks.ts';
import { createNumberIssuer, type NumberIssuer } from './number-issuer.ts';
import type { WaybillPorts } from './ports.ts';
import { basicLabelContent, type LabelContentSource } from './print.ts';
import { createRuleBook } from './routing-handle.ts';

export type WaybillOptions = {
  /** Where the high-water marks lie: `<dataFolder>/number-marks/<world>.ndjson`, outside the database. */
  readonly dataFolder: string;
  readonly blobs: BlobStore;
  readonly press: LabelPress;
  readonly vault: Pick<Vault, 'storeParties'>;
  readonly keyRing?: KeyRing | undefined;
  /** Who knows what stands on labels; default: the waybill alone. */
  readonly labelContent?: LabelContentSource | undefined;
};

/** What routes of this and higher modules need: one issuer per world, the rules, the press. */
export function createWaybillPorts(options: WaybillOptions): WaybillPorts {
  const marks = new Map<string, HighWaterMarks>();
  const issuers = new WeakMap<World, NumberIssuer>();
  const marksOf = (world: World): HighWaterMarks => {
    let found = marks.get(world.name);
    if (found === undefined) {
      found = openMarksFile(join(options.dataFolder, 'number-marks', `${world.name}.ndjson`));
      marks.set(world.name, found);
    }
    return found;
  };
  return {
    marksOf,
    issuerOf: (world) => {
      let issuer = issuers.get(world);
      if (issuer === undefined) {
        issuer = createNumberIssuer(world, marksOf(world));
        issuers.set(world, issuer);
      }
      return issuer;
    },
    rules: createRuleBook(),
    vault: options.vault,
    print: {
      press: options.press,
      blobs: options.blobs,
      keyRing: options.keyRing,
      source: options.labelContent ?? basicLabelContent,
    },
  };
}
