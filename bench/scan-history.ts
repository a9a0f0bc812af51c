import pg from 'pg';
import { bucketOf } from '../network/tracking/bucket.policy.ts';
import { inBatches, parcelIdOf, pastIdOf, pastNumberOf, STEPS } from './scan-load.ts';

/*
 * What a network has behind it: parcels that arrived, each with all its scans, older than those that the bench sends
 * scans of. Copies of one parcel of the bench that has arrived, under ids, numbers and hashes of their own. Their events
 * are gone: they are purged when all have passed them.
 */
const AT_ONCE = 20_000;
const TABLES = ['directory', 'parcel', 'scan'] as const;

/** Column by column, what differs from the copied row; `u`: bucket of the id, id, bucket of the number, number. */
const CHANGED: Readonly<Record<(typeof TABLES)[number], Readonly<Record<string, string>>>> = {
  directory: { bucket: 'u.number_bucket', number: 'u.number', parcel_id: 'u.id' },
  parcel: { bucket: 'u.bucket', parcel_id: 'u.id', number: 'u.number' },
  scan: {
    bucket: 'u.bucket',
    parcel_id: 'u.id',
    number: 'u.number',
    scan_id: 'md5(u.id || x.scan_id)::uuid',
  },
};

/** Stores scans of the past behind the API, `from` and `to` counted in scans; then tables are as autovacuum leaves them. */
export async function putHistory(url: string, from: number, to: number): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const first = Math.ceil(from / STEPS);
    const parcels = Array.from({ length: Math.ceil(to / STEPS) - first }, (_, index) => first + index);
    for (const part of inBatches(parcels, AT_ONCE)) {
      const [ids, numbers] = [part.map(pastIdOf), part.map(pastNumberOf)];
      const values = [ids.map(bucketOf), ids, numbers.map(bucketOf), numbers, parcelIdOf(0)];
      for (const table of TABLES) await client.query(await copyOf(client, table), values);
    }
    await client.query('vacuum analyze tracking.directory, tracking.parcel, tracking.scan');
    await client.query('checkpoint');
  } finally {
    await client.end();
  }
}

async function copyOf(client: pg.Client, table: (typeof TABLES)[number]): Promise<string> {
  const { rows } = await client.query<{ name: string }>(
    `select attname as name from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`,
    [`tracking.${table}`],
  );
  const names = rows.map(({ name }) => name);
  const values = names.map((name) => CHANGED[table][name] ?? `x.${name}`);
  return `insert into tracking.${table} (${names.join(', ')}) select ${values.join(', ')}
    from unnest($1::smallint[], $2::text[], $3::smallint[], $4::text[]) u(bucket, id, number_bucket, number)
    cross join (select * from tracking.${table} where parcel_id = $5) x`;
}
