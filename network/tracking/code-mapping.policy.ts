import type { Instant } from '../kernel/index.ts';
import { substatusAfter } from './milestones.policy.ts';
import type { Milestone, ParcelSubstatus, Scan } from './model.ts';
import { type CodeMeaning, UNMAPPED } from './source-codes.policy.ts';

/** A code as one source writes it. `format`: what its payload was read by; empty for our own API. */
export type SourceCode = { readonly source: string; readonly format: string; readonly code: string };

/** Of which source, format or code somebody wants to know; absent: of all. */
export type CodeFilter = { readonly [Part in keyof SourceCode]?: string | undefined };

/** `cmp_...` */
declare const mappingIdBrand: unique symbol;
export type CodeMappingId = string & { readonly [mappingIdBrand]: true };

/** What the operator says that a code means: the newest version of a mapping. */
export type CodeMapping = SourceCode & {
  readonly id: CodeMappingId;
  /** From 1. */
  readonly version: number;
  /** Absent: retired, the code means nothing again. */
  readonly milestone?: Milestone;
  readonly substatus?: ParcelSubstatus;
  /** What happened earlier is not read by it: carriers use a code again for something else. */
  readonly occurredFrom?: Instant;
  readonly author: string;
};

/** Mappings by `codeKey`, retired ones included. */
export type CodeMappings = ReadonlyMap<string, CodeMapping>;
export const NO_MAPPINGS: CodeMappings = new Map();

/** No part of it has a control character. */
export function codeKey({ source, format, code }: SourceCode): string {
  return `${source}\n${format}\n${code}`;
}

/** What a mapping makes of a scan that no shipped table understands. */
export function meaningBy(
  mapping: Pick<CodeMapping, 'milestone' | 'substatus' | 'occurredFrom'>,
  occurredAt: Instant,
): CodeMeaning {
  const { milestone, substatus, occurredFrom } = mapping;
  if (milestone === undefined || (occurredFrom !== undefined && occurredAt < occurredFrom)) return UNMAPPED;
  return substatus === undefined ? { milestone } : { milestone, substatus };
}

/** How a scan was read on arrival, beside its meaning. */
export type CodeReading = { readonly format?: string; readonly mappingVersion?: number };

/**
 * Reads a code on arrival. What a shipped table or a connector knows stays as they read it: a mapping is asked only
 * about what would be unmapped.
 */
export function readCode(
  known: CodeMeaning,
  code: SourceCode,
  occurredAt: Instant,
  mappings: CodeMappings,
): CodeMeaning & CodeReading {
  if (known.milestone !== 'unmapped') return known;
  const format = code.format === '' ? {} : { format: code.format };
  const mapping = mappings.size === 0 ? undefined : mappings.get(codeKey(code));
  if (mapping === undefined) return { ...known, ...format };
  return { ...meaningBy(mapping, occurredAt), ...format, mappingVersion: mapping.version };
}

/** A detail that the fold would drop says something else than the milestone. */
export function isFittingDetail(milestone: Milestone, substatus: ParcelSubstatus): boolean {
  return substatusAfter(milestone, substatus) === substatus;
}

/**
 * What a stored scan counts as and what it has to count as. The scan itself never changes: one correction speaks for
 * it, or none. `withdrawn`: the correction so far is taken back; `added`: a new one is made, `unmapped` withdraws the
 * scan itself.
 */
export type Reinterpretation = { readonly withdrawn: boolean; readonly added: CodeMeaning | undefined };

export function reinterpret(
  scan: Pick<Scan, 'milestone' | 'substatus' | 'occurredAt'>,
  correction: CodeMeaning | undefined,
  mapping: CodeMapping,
): Reinterpretation {
  const wanted = meaningBy(mapping, scan.occurredAt);
  if (isSame(correction ?? scan, wanted)) return { withdrawn: false, added: undefined };
  return { withdrawn: correction !== undefined, added: isSame(scan, wanted) ? undefined : wanted };
}

function isSame(one: CodeMeaning, other: CodeMeaning): boolean {
  return one.milestone === other.milestone && one.substatus === other.substatus;
}
