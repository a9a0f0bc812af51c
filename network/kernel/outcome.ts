/** One field of an input that was refused. */
export type FieldError = {
  /** A JSON pointer into the body as the caller sent it (snake_case). */
  readonly pointer: string;
  readonly code: string;
  readonly message: string;
  /** What was probably meant; the message says it, too. */
  readonly suggestion?: string;
};

/**
 * A business refusal. `code` stands in the error catalogue (docs/errors.md); `detail` says in one sentence what
 * happened and what to do, without personal data.
 */
export type Rejection<Code extends string = string> = {
  readonly code: Code;
  readonly detail: string;
  readonly errors?: readonly FieldError[];
  /** When the same may succeed, in whole seconds; HTTP answers it as Retry-After. */
  readonly retryAfterSeconds?: number;
};

/** What a command answers. Refusals are values; only programming errors and failures of the outside throw. */
export type Outcome<Value, Code extends string = string> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly rejection: Rejection<Code> };

export function accepted<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value };
}

export function refused<Code extends string>(
  code: Code,
  detail: string,
  errors?: readonly FieldError[],
): { readonly ok: false; readonly rejection: Rejection<Code> } {
  return { ok: false, rejection: errors === undefined ? { code, detail } : { code, detail, errors } };
}

/** As `refused`, for what is worth repeating after so many seconds. */
export function refusedFor<Code extends string>(
  code: Code,
  detail: string,
  retryAfterSeconds: number,
): { readonly ok: false; readonly rejection: Rejection<Code> } {
  return { ok: false, rejection: { code, detail, retryAfterSeconds } };
}

/** The same outcome; the fields that a refusal names lie in `at` of the body, which the one who checked them did not know. */
export function withErrorsAt<Value, Code extends string>(
  at: string,
  outcome: Outcome<Value, Code>,
): Outcome<Value, Code> {
  if (outcome.ok || outcome.rejection.errors === undefined) return outcome;
  const errors = outcome.rejection.errors.map((one) => ({ ...one, pointer: `${at}${one.pointer}` }));
  return { ok: false, rejection: { ...outcome.rejection, errors } };
}

/**
 * One entry of the error catalogue.
 * `status`: HTTP status of the answer; `title`: fixed short text; `advice`: what the caller should do.
 */
export type CatalogueEntry = { readonly status: number; readonly title: string; readonly advice: string };
export type Catalogue<Code extends string = string> = Readonly<Record<Code, CatalogueEntry>>;

/** Exhaustiveness of a switch over a union: reaching this is a programming error. */
export function unreachable(value: never): never {
  throw new Error(`unexpected value ${JSON.stringify(value)}`);
}
