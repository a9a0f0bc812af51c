import type { PostroadClient } from '../client.ts';
import { MisuseError, RefusedError } from './exit.ts';
import { type Output, printRows } from './output.ts';

export type NearOptions = {
  readonly country?: string;
  readonly service?: string;
  readonly openNow: boolean;
  readonly best: boolean;
  readonly limit: number;
};

const SERVICES = ['collect', 'return', 'mail'] as const;
const POSITION = /^\s*(-?\d{1,2}(?:\.\d+)?)\s*,\s*(-?\d{1,3}(?:\.\d+)?)\s*$/;

/** Prints the points near a position, a postcode, a place, or those that bear the words. Throws when there are none. */
export async function listPointsNear(
  client: PostroadClient,
  output: Output,
  where: string,
  options: NearOptions,
): Promise<void> {
  const { country, openNow, best, limit } = options;
  const service = SERVICES.find((one) => one === options.service);
  if (options.service !== undefined && service === undefined)
    throw new MisuseError(`--service is one of ${SERVICES.join(', ')}`);
  const position = POSITION.exec(where);
  const answer = await client.get('/v1/points/search', {
    params: {
      query: {
        limit,
        ...(position === null
          ? { text: where }
          : { latitude: Number(position[1]), longitude: Number(position[2]) }),
        ...(country === undefined ? {} : { country }),
        ...(service === undefined ? {} : { service }),
        ...(openNow ? { open_now: 'true' as const } : {}),
        ...(best ? { order: 'best' as const } : {}),
      },
    },
  });
  if (answer.data.length === 0) throw new RefusedError('no point was found there');
  printRows(
    output,
    answer.data.map((point) => ({
      id: point.id,
      meters: point.distance_meters,
      name: point.name,
      address: [...point.address_lines, point.city].join(', '),
      open: point.is_open ? 'open' : (point.opens_at ?? 'shut'),
      room: point.has_capacity_left ? 'yes' : 'no',
    })),
  );
}
