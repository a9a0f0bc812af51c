import { substatusAfter } from './milestones.policy.ts';
import type { ScanEffect, ShownScan, TimelineEntry, UnverifiedEntry } from './model.ts';

type Mutable<T> = { -readonly [Field in keyof T]: T[Field] };

/** What a timeline tells of a scan, whoever brought it. Built for each, so without objects that only pass fields on. */
export function unverifiedOf(scan: ShownScan): Mutable<UnverifiedEntry> {
  const { id, source, milestone, code, occurredAt, zoneConfidence, synthetic, text, place, placeText } = scan;
  const entry: Mutable<UnverifiedEntry> = {
    scanId: id,
    source,
    milestone,
    code,
    occurredAt,
    zoneConfidence,
    synthetic,
  };
  const substatus = milestone === 'unmapped' ? undefined : substatusAfter(milestone, scan.substatus);
  if (substatus !== undefined) entry.substatus = substatus;
  if (text !== undefined) entry.text = text;
  if (place !== undefined) entry.place = place;
  if (placeText !== undefined) entry.placeText = placeText;
  if (scan.weightGrams !== undefined) entry.weightGrams = scan.weightGrams;
  return entry;
}

/** A recognised scan and what it did to the timeline. */
export function entryOf(scan: ShownScan, effect: ScanEffect): TimelineEntry {
  const entry: Mutable<TimelineEntry> = Object.assign(unverifiedOf(scan), { effect });
  if (scan.correction !== undefined) entry.correction = scan.correction;
  return entry;
}
