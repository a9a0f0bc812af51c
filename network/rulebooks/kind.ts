import type { z } from 'zod';
import type { Queryable } from '../../platform/db/index.ts';
import type { Instant } from '../kernel/index.ts';
import type { RulebookScope } from './model.ts';

/** A rule that did not do what a test of the document says. `test`: its name; `ruleId`: the rule, when one is meant. */
export type TestFailure = {
  readonly test: string;
  readonly message: string;
  readonly ruleId?: string | undefined;
};

/** What a dry run asks of the owning module: real cases of a scope, e.g. the orders of last week. */
export type DryRunRequest = {
  readonly scope: RulebookScope;
  readonly from: Instant;
  readonly to: Instant;
  readonly limit: number;
};
/** Cases carry ids, codes and amounts, never personal data: differing ones are stored and answered. */
export type DryRunCases<Case> = (db: Queryable, request: DryRunRequest) => Promise<readonly Case[]>;

/** One case on which two versions differ. Answers are short codes such as `allowed` or `refused:rule_7`. */
export type DryRunDifference = { readonly caseId: string; readonly before: string; readonly after: string };

/**
 * How well a version does on cases that people have decided. Accused: what its rules would accuse. `precision`: of the
 * accused, the share that was rightly so; `recall`: of those that should be accused, the share that was. Undefined
 * where there is nothing to divide by.
 */
export type DryRunQuality = {
  readonly version: 'before' | 'after';
  readonly labelled: number;
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
  readonly trueNegatives: number;
  readonly precision: number | undefined;
  readonly recall: number | undefined;
};

export type DryRunResult = {
  readonly cases: number;
  readonly same: number;
  readonly different: number;
  /** How often each answer of the tried version came. */
  readonly answers: Readonly<Record<string, number>>;
  /** The first of those that differ, at most `LISTED_DIFFERENCES`. */
  readonly differences: readonly DryRunDifference[];
  /** For kinds whose cases people decide; of the version in force, if any, and of the tried one. */
  readonly quality?: readonly DryRunQuality[] | undefined;
};

/** Enough to see what a change does; the counts stay exact. Our default. */
export const LISTED_DIFFERENCES = 100;

export type DryRun<Document, Case> = {
  listCases: DryRunCases<Case>;
  /** `against`: the document in force; undefined when there is none. */
  run(document: Document, against: Document | undefined, cases: readonly Case[]): DryRunResult;
};

/**
 * A kind of rulebook, registered by the module that judges by it. `schema`: of the document, in camelCase;
 * `runTests`: invariants of the kind and the tests that the document carries, pure; `scopes`: who may have one.
 */
export type RulebookKind<Document = unknown> = {
  readonly kind: string;
  readonly title: string;
  readonly scopes: readonly ('network' | 'platform')[];
  readonly schema: z.ZodType<Document>;
  runTests(document: Document): readonly TestFailure[];
  readonly dryRun?: DryRun<Document, never> | undefined;
};

/** Keeps the types of document and case together where a module declares its kind. */
export function defineRulebookKind<Document, Case = never>(
  kind: Omit<RulebookKind<Document>, 'dryRun'> & { readonly dryRun?: DryRun<Document, Case> | undefined },
): RulebookKind<Document> {
  return kind as RulebookKind<Document>;
}

/** Compares two versions case by case. `judge` answers a short code; without `against` every case differs from `none`. */
export function compareAnswers<Document, Case>(
  document: Document,
  against: Document | undefined,
  cases: readonly Case[],
  judge: { readonly idOf: (item: Case) => string; readonly answer: (rules: Document, item: Case) => string },
): DryRunResult {
  const answers = new Map<string, number>();
  const differences: DryRunDifference[] = [];
  let different = 0;
  for (const item of cases) {
    const after = judge.answer(document, item);
    const before = against === undefined ? 'none' : judge.answer(against, item);
    answers.set(after, (answers.get(after) ?? 0) + 1);
    if (before === after) continue;
    different += 1;
    if (differences.length < LISTED_DIFFERENCES)
      differences.push({ caseId: judge.idOf(item), before, after });
  }
  return {
    cases: cases.length,
    same: cases.length - different,
    different,
    answers: Object.fromEntries(answers),
    differences,
  };
}

export type RulebookKinds = {
  find(kind: string): RulebookKind | undefined;
  list(): readonly RulebookKind[];
};

/** The registry, made by the wiring from what the modules declare. Throws when two modules take one name. */
export function createRulebookKinds(kinds: readonly RulebookKind[]): RulebookKinds {
  const byName = new Map<string, RulebookKind>();
  for (const kind of kinds) {
    if (!/^[a-z][a-z0-9_]{1,39}$/.test(kind.kind))
      throw new Error(`not a name of a rulebook kind: ${kind.kind}`);
    if (byName.has(kind.kind)) throw new Error(`two rulebook kinds are called ${kind.kind}`);
    byName.set(kind.kind, kind);
  }
  return { find: (name) => byName.get(name), list: () => [...byName.values()] };
}
