import type { RelationFinder } from '../network/accounts/index.ts';
import type { Catalogue } from '../network/kernel/index.ts';
import type { Queryable } from '../platform/db/index.ts';
import type { Discovery, Route } from '../platform/http/index.ts';
import type { JobHandler } from '../platform/jobs/index.ts';
import type { EventType, Reaction } from '../platform/outbox/index.ts';
import type { Poller, World } from '../platform/world/index.ts';

/** What a room of network/ gives to the program. `server/modules.ts` is the list of all. */
export type Module = {
  readonly name: string;
  readonly routes?: readonly Route[];
  /** Over the routes of all modules. */
  readonly discoveries?: readonly Discovery[];
  readonly errors?: Catalogue;
  readonly events?: readonly EventType[];
  readonly relations?: Readonly<Record<string, RelationFinder>>;
  readonly reactions?: readonly Reaction[];
  /** Of the live world alone, such as what keeps the twins of the test world. */
  readonly liveReactions?: readonly Reaction[];
  readonly jobs?: readonly JobHandler[];
  /** Brings what ships with the product into a world, such as rulebooks. Harmless when it is there already. */
  readonly onStart?: (world: World) => Promise<void>;
  /** What works beside relay and jobs because it must not hold a transaction, such as sending. */
  readonly workers?: readonly Worker[];
  /** What a process keeps in its memory of what others write; runs in every process, whatever its role. */
  readonly followers?: readonly Worker[];
  readonly blobs?: BlobFolder;
};

/** A folder of the blob store that one room fills, and which of its keys the room's rows name. */
export type BlobFolder = {
  folderOf(world: World): string;
  /** In the network's scope. */
  listNamed(db: Queryable, keys: readonly string[]): Promise<ReadonlySet<string>>;
};

export type Worker = {
  readonly name: string;
  start(world: World, onFailure: (error: unknown) => void): Poller;
};
