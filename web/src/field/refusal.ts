import { PostroadProblem } from '@postroad/sdk';
import type { Settled, Stop } from './record.ts';

/** A refusal is an answer: the record is settled. Everything else is another attempt's affair. */
export function refusalOf(error: unknown): Settled | undefined {
  if (!(error instanceof PostroadProblem) || stopOf(error) !== undefined) return undefined;
  return { outcome: 'refused', code: error.code, detail: error.detail || error.title };
}

/** Is this what the server said? */
export function isRefusedAs(error: unknown, code: string): boolean {
  return error instanceof PostroadProblem && error.code === code;
}

/** Why no answer about the matter came; undefined: one came. */
export function stopOf(error: unknown): Stop | undefined {
  if (!(error instanceof PostroadProblem)) return 'offline';
  if (error.status === 401 || error.code === 'csrf_refused') return 'session';
  const isLater = error.status === 429 || error.status >= 500 || error.code === 'idempotency_in_flight';
  return isLater ? 'server' : undefined;
}
