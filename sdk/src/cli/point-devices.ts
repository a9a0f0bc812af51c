import type { PostroadClient } from '../client.ts';
import type { components } from '../openapi.gen.ts';
import { MisuseError } from './exit.ts';
import { type Output, printPages, printRows } from './output.ts';

type Device = components['schemas']['PointDevice'];
export type DevicesOptions = {
  readonly point?: string;
  readonly block?: string;
  readonly reason?: string;
  readonly unblock?: string;
  readonly limit: number;
};

/** Blocks or unblocks a device and prints it, or prints those of your people; with `--json` as the API answers them. */
export async function showDevices(
  client: PostroadClient,
  output: Output,
  { point, block, reason, unblock, limit }: DevicesOptions,
): Promise<void> {
  if (block !== undefined && unblock !== undefined) throw new MisuseError('--block or --unblock, not both');
  if ((block === undefined) !== (reason === undefined)) throw new MisuseError('--block needs --reason');
  const params = { path: { device_id: block ?? unblock ?? '' } };
  if (block !== undefined && reason !== undefined) {
    const body = { reason };
    printDevice(output, await client.put('/v1/point-devices/{device_id}/block', { params, body }));
    return;
  }
  if (unblock !== undefined) {
    printDevice(output, await client.delete('/v1/point-devices/{device_id}/block', { params }));
    return;
  }
  await printPages(
    output,
    limit,
    (part) =>
      client.get('/v1/point-devices', {
        params: { query: { ...part, ...(point === undefined ? {} : { point_id: point }) } },
      }),
    rowOf,
  );
}

function printDevice(output: Output, device: Device): void {
  if (output.json) output.write(`${JSON.stringify(device)}\n`);
  else printRows(output, [rowOf(device)]);
}

function rowOf(one: Device) {
  return {
    device: one.id,
    state: one.state,
    name: one.name ?? '-',
    person: one.last_person_id,
    last_log_in: one.last_log_in_at,
    points: one.point_ids.join(' ') || '-',
  };
}
