import type { Push, PushReceiver, PushVerdict } from '../../network/polling/connector-contract.ts';
import { hmacSha256Base64, isSame } from './signing.ts';

/** A signed time may differ so much from ours. Source: Standard Webhooks, five minutes. */
export const REPLAY_WINDOW_MS = 300_000;

export const JSON_OK = { contentType: 'application/json', body: '{"success":true}' } as const;

/** `genuine` when the proof is what it should be. */
export function compared(given: string | undefined, expected: string): PushVerdict {
  if (given === undefined || given === '') return 'unsigned';
  return isSame(given, expected) ? 'genuine' : 'forged';
}

/** Fields of a form; a body that is none gives fields that nobody asks for. */
export function formOf({ body }: Push): URLSearchParams {
  return new URLSearchParams(new TextDecoder().decode(body));
}

/** A document that travels as text of a form's field. */
export function formField(push: Push, name: string) {
  const text = formOf(push).get(name);
  return text === null
    ? undefined
    : { payload: new TextEncoder().encode(text), contentType: 'application/json' };
}

/**
 * For a carrier that documents no proof of its pushes: somebody in between (the carrier's own gateway, a relay of the
 * operator) signs them by Standard Webhooks, id, time and body together. Without that nothing is taken.
 */
export function relayReceiver(connector: string): PushReceiver {
  return {
    connector,
    source: 'Standard Webhooks 1.0, "Signature scheme" (symmetric)',
    fields: [{ name: 'secret', about: 'signing secret, with or without whsec_' }],
    verify: ({ headers, body }, { secret = '' }, nowMs) => {
      const [id, time, signatures] = [
        headers['webhook-id'],
        headers['webhook-timestamp'],
        headers['webhook-signature'],
      ];
      if (id === undefined || time === undefined || signatures === undefined) return 'unsigned';
      const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
      const expected = `v1,${hmacSha256Base64(key, `${id}.${time}.`, body)}`;
      if (!signatures.split(' ').some((one) => isSame(one, expected))) return 'forged';
      return Math.abs(Number(time) * 1_000 - nowMs) <= REPLAY_WINDOW_MS ? 'genuine' : 'too_old';
    },
    acknowledge: () => JSON_OK,
  };
}
