import type { Worlds } from '../network/accounts/index.ts';
import type { BlobStore } from '../platform/blobs/index.ts';
import type { WorldClock } from '../platform/clock/index.ts';
import type { KeyRing } from '../platform/crypto/index.ts';
import type { Log } from '../platform/telemetry/index.ts';

/** What the program lends to modules: each is a port with one implementation chosen at start. */
export type Ports = {
  readonly dataFolder: string;
  readonly blobs: BlobStore;
  readonly log: Log;
  /** Wraps the data keys of the vault. */
  readonly keyRing: KeyRing;
  readonly testClock: WorldClock;
  /** For the few rooms that reach from the live world into the test world. */
  readonly worlds: Worlds;
  /** Webhooks may go to this machine: for development and tests only. */
  readonly webhookLoopback: boolean;
};
