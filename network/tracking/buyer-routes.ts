import { createHash } from 'node:crypto';
import { z } from 'zod';
import { createRateLimiter, type Reply, type Route, replyWith } from '../../platform/http/index.ts';
import { openRoute } from '../accounts/index.ts';
import { accepted, type Outcome } from '../kernel/index.ts';
import { type BuyerPorts, type BuyerQuestion, type RecipientCheck, trackForBuyer } from './buyer.ts';
import { TOKEN_PREFIX } from './handle.ts';
import { type Language, languageOf } from './page-words.ts';
import { BuyerAnswer, type BuyerView, TrackBody } from './parcel-contract.ts';
import { PAGE_STYLE, trackingPage } from './tracking-page.ts';

const TAG = 'tracking';
const FORM = 'application/x-www-form-urlencoded';

/** Nothing may load or run but our one style sheet; the form may only come back to us. */
const CSP = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(PAGE_STYLE).digest('base64')}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;
const HTML_ANSWER = { contentType: 'text/html; charset=utf-8' } as const;

/** Routes without log-in. `recipientCheck` is the vault's. */
export function buyerRoutes(options: { readonly recipientCheck: RecipientCheck }): readonly Route[] {
  const ports: BuyerPorts = {
    recipientCheck: options.recipientCheck,
    perNumberAndAddress: createRateLimiter({ perMinute: 5, burst: 10 }),
    perNumber: createRateLimiter({ perMinute: 0.2, burst: 30 }),
  };
  return [trackRoute(ports), formRoute(), submitRoute(ports), pageRoute(ports)];
}

function trackRoute(ports: BuyerPorts): Route {
  return openRoute({
    operation: 'trackParcel',
    method: 'POST',
    path: '/v1/track',
    tag: TAG,
    summary: 'The buyer\u2019s view, by link token or by number and last four digits of the phone',
    effect: 'own',
    body: TrackBody,
    worldOf: ({ body }) => worldOfText(Buffer.from(body).toString('latin1')),
    answers: { 200: { description: 'The buyer\u2019s view', body: BuyerAnswer } },
    refusals: ['track_not_found'],
    handle: async ({ world, body, remoteAddress }) => {
      const outcome = await trackForBuyer(world, ports, body, remoteAddress);
      return outcome.ok ? accepted(replyWith(200, outcome.value)) : outcome;
    },
  });
}

function formRoute(): Route {
  return openRoute({
    operation: 'readTrackingForm',
    method: 'GET',
    path: '/track',
    tag: TAG,
    summary: 'A page to track a parcel on',
    effect: 'own',
    answers: { 200: { description: 'HTML', ...HTML_ANSWER } },
    handle: async ({ headers }) =>
      accepted(htmlReply(200, trackingPage({ kind: 'form', language: languageFrom(headers) }), headers)),
  });
}

function submitRoute(ports: BuyerPorts): Route {
  return openRoute({
    operation: 'submitTrackingForm',
    method: 'POST',
    path: '/track',
    tag: TAG,
    summary: 'The answer to the form of the tracking page',
    effect: 'own',
    consumes: [FORM],
    bodyLimitBytes: 4_096,
    answers: {
      200: { description: 'HTML', ...HTML_ANSWER },
      404: { description: 'HTML', ...HTML_ANSWER },
      429: { description: 'HTML', ...HTML_ANSWER },
    },
    handle: async ({ world, body, remoteAddress, headers }) => {
      const fields = new URLSearchParams(new TextDecoder().decode(body as Uint8Array));
      const question = {
        number: (fields.get('number') ?? '').slice(0, 64),
        phoneLast4: (fields.get('phone_last4') ?? '').trim().slice(0, 4),
      };
      const outcome = await trackForBuyer(world, ports, question, remoteAddress);
      return accepted(pageReply(outcome, headers, question.number));
    },
  });
}

function pageRoute(ports: BuyerPorts): Route {
  return openRoute({
    operation: 'readTrackingPage',
    method: 'GET',
    path: '/t/:token',
    tag: TAG,
    summary: 'The tracking page of a buyer\u2019s link',
    effect: 'own',
    params: z.strictObject({ token: z.string().min(1).max(128) }),
    worldOf: ({ params }) => worldOfText(String((params as { token?: unknown } | null)?.token)),
    answers: {
      200: { description: 'HTML', ...HTML_ANSWER },
      404: { description: 'HTML', ...HTML_ANSWER },
    },
    handle: async ({ world, params, remoteAddress, headers }) => {
      const question: BuyerQuestion = { token: params.token };
      return accepted(pageReply(await trackForBuyer(world, ports, question, remoteAddress), headers));
    },
  });
}

type Headers = Readonly<Record<string, string | string[] | undefined>>;

function pageReply(outcome: Outcome<BuyerView>, headers: Headers, number?: string): Reply {
  const language = languageFrom(headers);
  if (outcome.ok) {
    return htmlReply(200, trackingPage({ kind: 'parcel', language, parcel: outcome.value }), headers);
  }
  const isBusy = outcome.rejection.code === 'rate_limited';
  const problem = isBusy ? 'too_many' : number === undefined ? 'link_unknown' : 'not_found';
  const page = trackingPage({ kind: 'form', language, problem, ...(number === undefined ? {} : { number }) });
  return htmlReply(isBusy ? 429 : 404, page, headers);
}

function htmlReply(status: number, bytes: string, headers: Headers): Reply {
  return {
    kind: 'bytes',
    status,
    contentType: 'text/html; charset=utf-8',
    bytes,
    headers: {
      'content-security-policy': CSP,
      // A token in the address must not travel on with a click.
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex',
      'content-language': languageFrom(headers),
      vary: 'accept-language',
    },
  };
}

function languageFrom(headers: Headers): Language {
  const accept = headers['accept-language'];
  return languageOf(typeof accept === 'string' ? accept : '');
}

function worldOfText(text: string): 'live' | 'test' {
  return text.includes(TOKEN_PREFIX.test) ? 'test' : 'live';
}
