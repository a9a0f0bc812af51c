import type { components } from '@postroad/sdk';
import { PostroadProblem } from '@postroad/sdk';
import { api } from '../ground/api.ts';

export type BuyerParcel = components['schemas']['BuyerParcel'];
export type Question = { readonly token: string } | { readonly number: string; readonly phone_last4: string };

/** What came of it: the parcels that fit, newest life of the number first, or why there are none. */
export type Answer =
  | { readonly kind: 'parcels'; readonly parcels: readonly BuyerParcel[]; readonly readAt: string }
  | { readonly kind: 'refused'; readonly why: 'not_found' | 'link_unknown' | 'too_many' }
  | { readonly kind: 'failed'; readonly error: unknown };

/** The token of `/t/{token}`; undefined elsewhere. */
export function tokenOf(path: string): string | undefined {
  const token = /^\/t\/([^/]+)\/?$/.exec(path)?.[1];
  try {
    return token === undefined ? undefined : decodeURIComponent(token);
  } catch {
    return token; // a broken escape is a token that nobody knows
  }
}

export async function ask(question: Question): Promise<Answer> {
  try {
    const { others, ...first } = await api.post('/v1/track', { body: question });
    return { kind: 'parcels', parcels: [first, ...others], readAt: new Date().toISOString() };
  } catch (error) {
    if (!(error instanceof PostroadProblem)) return { kind: 'failed', error };
    if (error.status === 429) return { kind: 'refused', why: 'too_many' };
    // A token or number that is no such thing at all is answered with 400: to a buyer it is the same.
    if (error.status === 404 || error.status === 400)
      return { kind: 'refused', why: 'token' in question ? 'link_unknown' : 'not_found' };
    return { kind: 'failed', error };
  }
}

/** For a shell; what opens the parcel comes from the environment, not from the clipboard. */
export function curlOf(question: Question, origin: string): string {
  const body =
    'token' in question
      ? `'{"token":"'"$TRACKING_TOKEN"'"}'`
      : `'{"number":"'"$TRACKING_NUMBER"'","phone_last4":"'"$PHONE_LAST4"'"}'`;
  return `curl -X POST '${origin}/v1/track' \\\n  -H 'Content-Type: application/json' \\\n  --data ${body}`;
}
