import { newId, type World } from '../../platform/world/index.ts';
import { accepted } from '../kernel/index.ts';
import { askingWith } from './asking-with.ts';
import { saveAttempt } from './credential-store.ts';
import type { Credential } from './model.ts';
import { clientOf, type PollingPorts } from './ports.ts';
import { type PullPorts, pull } from './pull.ts';
import { sourceAfter } from './record.ts';

/** As many as a person reads. */
const SHOWN_ERRORS = 20;

/** One request with a credential, told and not recorded; its outcome counts for the source as any other. */
export async function testCredential(
  world: World,
  ports: PollingPorts,
  asking: PullPorts,
  credential: Credential,
  question: { readonly number: string; readonly carrierCode?: string | undefined },
) {
  const client = clientOf(ports, credential.connector);
  if (client === undefined) throw new Error(`no client ${credential.connector}`);
  const carrierCode = question.carrierCode ?? client.carriers[0] ?? '';
  const number = question.number.replaceAll(/[ -]/g, '').toUpperCase();
  const pulled = await pull(asking, client, askingWith(ports.keys, credential), [{ number, carrierCode }]);
  await world.command({ organisationId: credential.organisationId }, async ({ db, now }) => {
    const attempt = { outcome: pulled.outcome, at: now, token: newId('lea') };
    return accepted(await saveAttempt(db, sourceAfter(credential, client, pulled, now), attempt));
  });
  const parcels = pulled.pages.flatMap(({ reading }) => reading.parcels);
  const errors = pulled.pages.flatMap(({ reading }) => reading.errors).slice(0, SHOWN_ERRORS);
  return {
    outcome: pulled.outcome,
    requests: pulled.requests,
    retryAfterSeconds: pulled.retryAfterMs === undefined ? undefined : Math.ceil(pulled.retryAfterMs / 1_000),
    parcels: parcels.length,
    scans: parcels.reduce((sum, { scans }) => sum + scans.length, 0),
    errors: errors.map(({ name, code, message }) => ({
      name,
      ...(code === undefined ? {} : { code }),
      message: message.slice(0, 300),
    })),
  };
}
