import { createRateLimiter, type Route, replyWith } from '../../platform/http/index.ts';
import { openRoute } from '../accounts/index.ts';
import { accepted } from '../kernel/index.ts';
import { type BuyerPorts, type RecipientCheck, trackForBuyer } from './buyer.ts';
import { TOKEN_PREFIX } from './handle.ts';
import { BuyerAnswer, TrackBody } from './parcel-contract.ts';

/** No valid question is longer: what is, is refused later, and not read here. */
const LONGEST_QUESTION = 1_000;

/** The world that a question is about: that of its token, or the one that it names beside a number. */
export function worldOfQuestion(body: Uint8Array): 'live' | 'test' {
  if (body.length > LONGEST_QUESTION) return 'live';
  const text = Buffer.from(body).toString('utf8');
  if (text.includes(TOKEN_PREFIX.test)) return 'test';
  try {
    const { world } = JSON.parse(text) as { world?: unknown };
    return world === 'test' ? 'test' : 'live';
  } catch {
    return 'live';
  }
}

/**
 * What a buyer may ask without log-in; the page that asks it is the web's (`/track`, `/t/{token}`).
 * `recipientCheck` is the vault's.
 */
export function buyerRoutes(options: { readonly recipientCheck: RecipientCheck }): readonly Route[] {
  const ports: BuyerPorts = {
    recipientCheck: options.recipientCheck,
    perNumberAndAddress: createRateLimiter({ perMinute: 5, burst: 10 }),
    perNumber: createRateLimiter({ perMinute: 0.2, burst: 30 }),
  };
  return [
    openRoute({
      operation: 'trackParcel',
      method: 'POST',
      path: '/v1/track',
      tag: 'tracking',
      summary: 'The buyer\u2019s view, by link token or by number and last four digits of the phone',
      effect: 'own',
      body: TrackBody,
      worldOf: ({ body }) => worldOfQuestion(body),
      answers: { 200: { description: 'The buyer\u2019s view', body: BuyerAnswer } },
      refusals: ['track_not_found'],
      handle: async ({ world, body, remoteAddress }) => {
        const outcome = await trackForBuyer(world, ports, body, remoteAddress);
        return outcome.ok ? accepted(replyWith(200, outcome.value)) : outcome;
      },
    }),
  ];
}
