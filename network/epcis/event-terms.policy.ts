import { extensionTerms } from './extension.policy.ts';
import type { StoredEvent } from './model.ts';
import { type Term, termsOf } from './terms.policy.ts';

/** What one event of a capture says. */
export type EventTerms = { readonly position: number; readonly terms: readonly Term[] };

/**
 * Things that are noted of fields of a sender's own: of one event and of all events of a document. An event beyond either
 * has this one instead, and queries look into the event itself. Our defaults: an event has a handful of fields.
 */
export const MAX_EXTENSION_TERMS = { ofEvent: 1_000, ofCapture: 100_000 } as const;
export const NOT_NOTED: Term = { name: 'ext not noted', value: '' };

/** What the events of a capture say, as queries look for it. */
export function eventTerms(
  events: readonly Pick<StoredEvent, 'position' | 'event' | 'context'>[],
  most: { readonly ofEvent: number; readonly ofCapture: number } = MAX_EXTENSION_TERMS,
): readonly EventTerms[] {
  let left = most.ofCapture;
  return events.map(({ position, event, context }) => {
    const found = new Map<string, Term>();
    for (const term of extensionTerms(event, new Map(Object.entries(context)))) {
      found.set(`${term.name}\n${term.value}`, term);
      if (found.size > most.ofEvent || found.size > left)
        return { position, terms: [...termsOf(event), NOT_NOTED] };
    }
    left -= found.size;
    return { position, terms: [...termsOf(event), ...found.values()] };
  });
}
