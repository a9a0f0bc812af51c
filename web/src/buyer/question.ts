import type { components } from '@postroad/sdk';
import { PostroadProblem } from '@postroad/sdk';
import { api } from '../ground/api.ts';

export type BuyerParcel = components['schemas']['BuyerParcel'];
/** A number is looked for in the live world, unless it is asked for in the test world. */
export type Question =
  | { readonly token: string; readonly phone_last4?: string }
  | { readonly number: string; readonly phone_last4: string; readonly world?: 'test' };

/** What came of it: the parcels that fit, newest life of the number first, or why there are none. */
export type Answer =
  | {
      readonly kind: 'parcels';
      readonly parcels: readonly BuyerParcel[];
      /** By the network's clock, not by the reader's. */
      readonly readAt: string;
    }
  | { readonly kind: 'refused'; readonly why: 'not_found' | 'link_unknown' | 'too_many' }
  | { readonly kind: 'failed'; readonly error: unknown };

/** The address of the form for a number; the digits of the phone never stand in it. */
export function formAddress(number: string, isTest: boolean): string {
  const query = new URLSearchParams([...(isTest ? [['world', 'test']] : []), ['number', number]]);
  return `/track?${query}`;
}

/** Does the address of the form lead into the test world? */
export const isTestAddress = (search: string): boolean => new URLSearchParams(search).get('world') === 'test';

/** Where goods go back. Which order it was the buyer says there himself: a parcel does not tell it. */
export function returnsAddress(question: Question): string {
  const isTest = 'token' in question ? question.token.startsWith('trk_test_') : question.world === 'test';
  return isTest ? '/returns?world=test' : '/returns';
}

/** The token of `/t/{token}`; undefined elsewhere. */
export function tokenOf(path: string): string | undefined {
  const token = /^\/t\/([^/]+)\/?$/.exec(path)?.[1];
  try {
    return token === undefined ? undefined : decodeURIComponent(token);
  } catch {
    return token; // a broken escape is a token that nobody knows
  }
}

export function answerOf({ others, now, ...first }: components['schemas']['BuyerTracking']): Answer {
  return { kind: 'parcels', parcels: [first, ...others], readAt: now };
}

/** There is nothing for this question, or no more. */
export function refusalOf(question: Question): Answer {
  return { kind: 'refused', why: 'token' in question ? 'link_unknown' : 'not_found' };
}

export async function ask(question: Question): Promise<Answer> {
  try {
    return answerOf(await api.post('/v1/track', { body: question }));
  } catch (error) {
    if (!(error instanceof PostroadProblem)) return { kind: 'failed', error };
    if (error.status === 429) return { kind: 'refused', why: 'too_many' };
    // A token or number that is no such thing at all is answered with 400: to a buyer it is the same.
    if (error.status === 404 || error.status === 400) return refusalOf(question);
    return { kind: 'failed', error };
  }
}

/** For a shell; what opens the parcel comes from the environment, not from the clipboard. */
export function curlOf(question: Question, origin: string): string {
  const isTest = 'world' in question && question.world === 'test';
  const body =
    'token' in question
      ? `'{"token":"'"$TRACKING_TOKEN"'"}'`
      : `'{"number":"'"$TRACKING_NUMBER"'","phone_last4":"'"$PHONE_LAST4"'"${isTest ? ',"world":"test"' : ''}}'`;
  return `curl -X POST '${origin}/v1/track' \\\n  -H 'Content-Type: application/json' \\\n  --data ${body}`;
}
