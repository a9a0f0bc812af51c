import type { Instant } from '../kernel/index.ts';
import type { Pattern } from './epc-pattern.policy.ts';
import type { Namespaces } from './event-hash.policy.ts';
import type { OwnField } from './extension.policy.ts';

/** An event says one of the values, or one that fits a pattern, under one of the names (terms.policy.ts). */
export type Said = {
  readonly names: readonly string[];
  readonly values: readonly string[];
  readonly patterns: readonly Pattern[];
  /** The values are places, and what master data has inside them fits as well (descendants.ts). */
  readonly isWithDescendants?: boolean;
};
/** Both ends are in. */
export type Range = { readonly name: string; readonly low: number; readonly high: number };
/** An event has a number in one of the ranges. */
export type Measured = { readonly ranges: readonly Range[] };
/** An event says something that fits, in a field of its sender's own: one of the values, a number, or anything. */
export type Extended = {
  readonly own: OwnField;
  readonly fits: readonly (
    | { readonly name: string; readonly values: readonly string[] }
    | Range
    | { readonly name: string }
  )[];
};
/**
 * Of what an event says under one of the names, or in the column, its sender's master data tells one of the attributes;
 * and has it one of the values, when there are some.
 */
export type Described = {
  readonly of: { readonly names: readonly string[]; readonly own?: OwnField } | { readonly column: Column };
  readonly attributes: readonly string[];
  readonly values: readonly string[] | undefined;
};

/** What a parameter adds to a query: all of it must hold. */
export type Condition =
  | { readonly kind: 'said'; readonly said: Said }
  | { readonly kind: 'measured'; readonly measured: Measured }
  | { readonly kind: 'extended'; readonly extended: Extended }
  | { readonly kind: 'described'; readonly described: Described }
  | { readonly kind: 'column'; readonly column: Column; readonly values: readonly string[] }
  | { readonly kind: 'time'; readonly bound: Bound; readonly moment: Instant }
  | { readonly kind: 'declaresError' }
  /** The parameter was given and asks for nothing. */
  | { readonly kind: 'none' };

/** What has a column of its own. */
export type Column = 'eventTypes' | 'actions' | 'bizSteps' | 'dispositions' | 'eventIds';
export type Bound = 'eventTimeFrom' | 'eventTimeBefore' | 'recordTimeFrom' | 'recordTimeBefore';

/** A text is what is wrong with the values. `namespaces`: what the query binds its prefixes to. */
type Read = (values: readonly string[], namespaces: Namespaces) => Condition | string;
export type Parameter = { readonly read: Read; readonly isList: boolean };

export const WRONG_VALUE = 'a value is empty or none of the standard’s';

export const BOOLEANS: Readonly<Record<string, boolean>> = { true: true, false: false };

/** `EXISTS_`: false asks for nothing (EPCIS 2.0.1, OpenAPI). */
export function exists(conditionOf: (namespaces: Namespaces) => Condition | string): Parameter {
  return {
    isList: false,
    read: ([value = ''], namespaces) => {
      const isAsked = Object.hasOwn(BOOLEANS, value) ? BOOLEANS[value] : undefined;
      if (isAsked === undefined) return 'must be true or false';
      const condition = conditionOf(namespaces);
      return isAsked || typeof condition === 'string' ? condition : { kind: 'none' };
    },
  };
}

export const OPERATORS = ['EQ', 'GT', 'GE', 'LT', 'LE'] as const;
export type Operator = (typeof OPERATORS)[number];
export const isOperator = (text: string): text is Operator => OPERATORS.some((operator) => operator === text);

/** A converted number may differ in its last digits from one that was told in the unit itself. */
const SLACK = 1e-9;

export function rangeOf(
  operator: Operator,
  value: number,
  isConverted = false,
): { low: number; high: number } {
  const slack = isConverted ? Math.abs(value) * SLACK : 0;
  switch (operator) {
    case 'EQ':
      return { low: value - slack, high: value + slack };
    case 'GE':
      return { low: value - slack, high: Number.MAX_VALUE };
    case 'GT':
      return { low: isConverted ? value + slack : nextAfter(value, 1), high: Number.MAX_VALUE };
    case 'LE':
      return { low: -Number.MAX_VALUE, high: value + slack };
    case 'LT':
      return { low: -Number.MAX_VALUE, high: isConverted ? value - slack : nextAfter(value, -1) };
  }
}

/** The next double above (1) or below (-1): an open end as a closed one. */
export function nextAfter(value: number, direction: 1 | -1): number {
  if (value === 0) return direction * Number.MIN_VALUE;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  view.setBigInt64(0, view.getBigInt64(0) + BigInt(Math.sign(value) * direction));
  return view.getFloat64(0);
}
