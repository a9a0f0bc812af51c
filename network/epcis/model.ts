import type { Id, Instant, OrganisationId } from '../kernel/index.ts';
import type { Reporter } from '../tracking/index.ts';
import type { EventFault, EventType } from './event.schema.ts';

export type CaptureId = Id<'cap'>;

/** What a fault in one event does: nothing of the document is taken, or the others are (GS1-Capture-Error-Behaviour). */
export const ERROR_BEHAVIOURS = ['rollback', 'proceed'] as const;
export type ErrorBehaviour = (typeof ERROR_BEHAVIOURS)[number];

export type RefusedScan = {
  readonly pointer: string;
  readonly number: string;
  readonly code: string;
  readonly message: string;
};
export type ScanCounts = {
  readonly accepted: number;
  readonly duplicates: number;
  readonly refused: number;
  /** The first that were refused. */
  readonly first: readonly RefusedScan[];
};

export type Capture = {
  readonly organisationId: OrganisationId;
  readonly id: CaptureId;
  readonly reporter: Reporter;
  readonly errorBehaviour: ErrorBehaviour;
  readonly eventCount: number;
  readonly captured: number;
  readonly duplicates: number;
  readonly errors: readonly EventFault[];
  readonly scans: ScanCounts;
  readonly createdAt: Instant;
  readonly finishedAt: Instant | undefined;
};

export type StoredEvent = {
  readonly eventId: string;
  /** The event is the declaration that the event of this id was wrong. */
  readonly declaresError: boolean;
  readonly position: number;
  readonly hashId: string;
  readonly type: EventType;
  readonly eventTime: Instant;
  readonly recordTime: Instant;
  readonly action: string | undefined;
  readonly bizStep: string | undefined;
  readonly disposition: string | undefined;
  readonly readPoint: string | undefined;
  readonly bizLocation: string | undefined;
  readonly parentId: string | undefined;
  /** Canonical, of epcList and childEPCs. */
  readonly epcs: readonly string[];
  /** Canonical, of every list and the parent. */
  readonly anyEpcs: readonly string[];
  readonly context: Readonly<Record<string, string>>;
  readonly event: Readonly<Record<string, unknown>>;
};
