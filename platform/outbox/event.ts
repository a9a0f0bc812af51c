import type { z } from 'zod';
import type { Instant } from '../../network/kernel/index.ts';

/**
 * The declaration of a published event: its name in our code (`ShipmentPurchased`), its name outside
 * (`shipment.purchased`), and the schema of its payload in camelCase.
 */
export type EventType<Payload = unknown> = {
  readonly name: string;
  readonly publicName: string;
  readonly schema: z.ZodType<Payload>;
};

export function defineEvent<Payload>(
  name: string,
  publicName: string,
  schema: z.ZodType<Payload>,
): EventType<Payload> {
  return { name, publicName, schema };
}

/**
 * An event on its way out. `group` says in which colocation group it commits; `subjectSequence` grows by the
 * subject, so that a consumer can order; `audience` lists the organisations that may read it.
 */
export type OutgoingEvent = {
  readonly type: string;
  readonly group: { readonly organisationId: string } | { readonly bucket: number };
  readonly subjectId: string;
  readonly subjectSequence: number;
  readonly audience: readonly string[];
  readonly payload: object;
};

/** An event as a reaction gets it: committed, numbered, in order. */
export type PublishedEvent<Payload = unknown> = {
  readonly position: number;
  readonly eventId: string;
  readonly type: string;
  /** Organisation whose group it was committed in; undefined for parcel events. */
  readonly organisationId: string | undefined;
  readonly subjectId: string;
  readonly subjectSequence: number;
  readonly audience: readonly string[];
  readonly occurredAt: Instant;
  readonly payload: Payload;
};
