import { createDeviceKey, createPostroadClient, deviceProof } from '../../sdk/src/index.ts';
import { type Caller, callerOf, type Ledger } from '../caller.ts';

type Session = { readonly cookie: string; readonly csrf: string; readonly tokenHash: string | undefined };

/** A person who joined by invitation and works at one counter, with a log-in of his own on the counter's device. */
export async function hireClerk(
  baseUrl: string,
  ledger: Ledger,
  office: Caller,
  who: { readonly email: string; readonly name: string; readonly password: string; readonly pointId: string },
): Promise<Caller> {
  const { email, name, password, pointId } = who;
  const invited = await office.post('/v1/invitations', { body: { email, role: 'point_clerk' } });
  const accepted = await callerOf(baseUrl, undefined, ledger).post('/v1/invitations/acceptance', {
    body: { token: invited.token, name, password },
  });
  await office.put('/v1/point-clerks/{person_id}', {
    params: { path: { person_id: accepted.id } },
    body: { point_ids: [pointId] },
  });
  return personCaller(baseUrl, email, password);
}

/** Logs in when asked for the first time, and again when the log-in has ended meanwhile. */
async function personCaller(baseUrl: string, email: string, password: string): Promise<Caller> {
  const device = await createDeviceKey();
  let session: Session | undefined;
  return createPostroadClient({
    baseUrl,
    timeoutMs: 60_000,
    fetch: async (request) => {
      const send = async () => {
        session ??= await logIn(baseUrl, device, email, password);
        const { cookie, csrf, tokenHash } = session;
        const attempt = request.clone();
        attempt.headers.set('cookie', cookie);
        attempt.headers.set(
          'dpop',
          await deviceProof(device, { method: request.method, url: request.url, tokenHash }),
        );
        if (request.method !== 'GET') attempt.headers.set('postroad-csrf', csrf);
        return fetch(attempt);
      };
      const answer = await send();
      if (answer.status !== 401) return answer;
      session = undefined;
      return send();
    },
  });
}

async function logIn(
  baseUrl: string,
  device: CryptoKeyPair,
  email: string,
  password: string,
): Promise<Session> {
  const url = `${baseUrl}/v1/sessions`;
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      dpop: await deviceProof(device, { method: 'POST', url }),
    },
    body: JSON.stringify({ email, password, world: 'test' }),
  });
  if (response.status !== 201) throw new Error(`${email} may not log in: ${response.status}`);
  const opened = (await response.json()) as { csrf_token: string; device?: { token_hash: string } };
  const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
  return { cookie, csrf: opened.csrf_token, tokenHash: opened.device?.token_hash };
}
