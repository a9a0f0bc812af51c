import type { PostroadClient } from '../client.ts';
import { EXIT, MisuseError } from './exit.ts';
import { clean, type Output } from './output.ts';

/** `name=value`, as often as the carrier asks for fields. */
function fieldsOf(words: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    words.map((word) => {
      const at = word.indexOf('=');
      if (at < 1) throw new MisuseError(`a field is written name=value, not ${clean(word)}`);
      return [word.slice(0, at), word.slice(at + 1)];
    }),
  );
}

/** Stores a credential of a carrier's tracking interface and prints its id. */
export async function addCredential(
  client: PostroadClient,
  output: Output,
  given: { readonly connector: string; readonly label?: string; readonly fields: readonly string[] },
): Promise<void> {
  const { connector, label = '' } = given;
  const stored = await client.post('/v1/tracking-credentials', {
    body: { connector, label, fields: fieldsOf(given.fields) },
  });
  output.write(output.json ? `${JSON.stringify(stored)}\n` : `${stored.id}\n`);
}

/** Replaces the fields of a credential; its numbers stay. */
export async function rotateCredential(
  client: PostroadClient,
  output: Output,
  id: string,
  fields: readonly string[],
): Promise<void> {
  const rotated = await client.post('/v1/tracking-credentials/{tracking_credential_id}/rotation', {
    params: { path: { tracking_credential_id: id } },
    body: { fields: fieldsOf(fields) },
  });
  output.write(output.json ? `${JSON.stringify(rotated)}\n` : `${id} rotated\n`);
}

/** Replaces the secret of a push subscription; the old one is taken for so many hours more. */
export async function rotatePushSecret(
  client: PostroadClient,
  output: Output,
  id: string,
  given: { readonly fields: readonly string[]; readonly oldHours: string },
): Promise<void> {
  if (!/^\d{1,3}$/.test(given.oldHours)) throw new MisuseError('--old-hours is a number from 0 to 720');
  const rotated = await client.post('/v1/push-subscriptions/{push_subscription_id}/rotation', {
    params: { path: { push_subscription_id: id } },
    body: { fields: fieldsOf(given.fields), old_fields_hours: Number(given.oldHours) },
  });
  const until = rotated.old_fields_until;
  const old = until === undefined ? 'the old secret has ended' : `the old secret is taken until ${until}`;
  output.write(output.json ? `${JSON.stringify(rotated)}\n` : `${id} rotated; ${old}\n`);
}

/** Asks the carrier about one number; 0 when it answered as documented. */
export async function testCredential(
  client: PostroadClient,
  output: Output,
  id: string,
  number: string,
): Promise<number> {
  const told = await client.post('/v1/tracking-credentials/{tracking_credential_id}/test', {
    params: { path: { tracking_credential_id: id } },
    body: { number },
  });
  if (output.json) output.write(`${JSON.stringify(told)}\n`);
  else {
    for (const { name, message } of told.errors) output.note(`${name}: ${clean(message)}\n`);
    output.write(`${told.outcome}: ${told.parcels} parcels, ${told.scans} scans\n`);
  }
  return told.outcome === 'read' ? EXIT.ok : EXIT.refused;
}

/** Prints the credentials of the caller's organisation and how each does. */
export async function listCredentials(client: PostroadClient, output: Output): Promise<void> {
  const { data } = await client.get('/v1/tracking-sources/health', {});
  for (const row of data.filter(({ way }) => way === 'pull')) {
    output.write(
      output.json
        ? `${JSON.stringify(row)}\n`
        : `${row.id}  ${row.connector}  ${row.state}  ${row.last_outcome ?? '-'}  ${row.numbers} numbers, ${row.due} due\n`,
    );
  }
}

export async function removeCredential(client: PostroadClient, output: Output, id: string): Promise<void> {
  await client.delete('/v1/tracking-credentials/{tracking_credential_id}', {
    params: { path: { tracking_credential_id: id } },
  });
  if (!output.json) output.write(`${id} removed\n`);
}
