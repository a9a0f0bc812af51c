import type { PostroadClient } from '../client.ts';
import { PostroadProblem } from '../problem.ts';
import { EXIT, MisuseError } from './exit.ts';
import { clean, type Output } from './output.ts';
import { wordsOf } from './standard-input.ts';

export type TrackOptions = { readonly watch: boolean; readonly every: number };

/** One step of a parcel, as it is printed; `--json` prints it as it is. */
export type TrackedStep = {
  readonly number: string;
  readonly parcel_id: string;
  readonly status: string;
  readonly occurred_at?: string;
  readonly milestone?: string;
  readonly place?: string;
  readonly verified?: boolean;
};

/** The part of an answer of GET /v1/tracking/{number} that is printed. */
export type TrackingPage = {
  readonly parcels: readonly {
    readonly parcel: {
      readonly id: string;
      readonly number: string;
      readonly status: string;
      readonly terminal: boolean;
    };
    readonly timeline: {
      readonly entries: readonly {
        readonly milestone: string;
        readonly code: string;
        readonly occurred_at: string;
        readonly place?:
          | { readonly country?: string | undefined; readonly city?: string | undefined }
          | undefined;
      }[];
    };
  }[];
};

/** Prints where the parcels are. Answers 1 when a number is unknown, the other numbers are printed all the same. */
export async function track(
  client: PostroadClient,
  output: Output,
  args: readonly string[],
  options: TrackOptions,
): Promise<number> {
  const numbers = await wordsOf(args);
  if (numbers.length === 0) throw new MisuseError('which number?');
  if (options.watch && numbers.length > 1) throw new MisuseError('--watch follows one number');
  let code: number = EXIT.ok;
  for (const number of numbers) {
    const page = await findParcels(client, number);
    if (page === undefined) {
      output.note(`${clean(number)}: no parcel of this number, or none that you may see\n`);
      code = EXIT.refused;
      continue;
    }
    const printed = print(output, page, new Set());
    if (options.watch) await watch(client, output, number, { page, printed, everyMs: options.every * 1000 });
  }
  return code;
}

async function watch(
  client: PostroadClient,
  output: Output,
  number: string,
  state: { page: TrackingPage; printed: Set<string>; everyMs: number },
): Promise<void> {
  let page = state.page;
  // The newest life of the number comes first: carriers recycle numbers.
  while (page.parcels[0]?.parcel.terminal === false) {
    await new Promise((resolve) => setTimeout(resolve, state.everyMs));
    page = (await findParcels(client, number)) ?? page;
    print(output, page, state.printed);
  }
}

async function findParcels(client: PostroadClient, number: string): Promise<TrackingPage | undefined> {
  try {
    const page = await client.get('/v1/tracking/{number}', { params: { path: { number } } });
    return page.parcels.length === 0 ? undefined : page;
  } catch (error) {
    if (error instanceof PostroadProblem && error.status === 404) return undefined;
    throw error;
  }
}

/** Prints the steps that were not printed before; remembers them. */
function print(output: Output, page: TrackingPage, printed: Set<string>): Set<string> {
  for (const { parcel, timeline } of page.parcels) {
    const head = `${parcel.id} ${parcel.status}`;
    if (!printed.has(head)) {
      printed.add(head);
      if (output.json) line(output, { number: parcel.number, parcel_id: parcel.id, status: parcel.status });
      else output.write(`${clean(parcel.number)}  ${parcel.status}\n`);
    }
    for (const entry of timeline.entries) {
      const place = [entry.place?.city, entry.place?.country].filter((part) => part !== undefined).join(', ');
      const key = `${parcel.id} ${entry.occurred_at} ${entry.milestone} ${place}`;
      if (printed.has(key)) continue;
      printed.add(key);
      if (output.json) {
        const { id: parcel_id, number, status } = parcel;
        const { occurred_at, milestone } = entry;
        line(output, {
          number,
          parcel_id,
          status,
          occurred_at,
          milestone,
          ...(place === '' ? {} : { place }),
        });
      } else output.write(`  ${entry.occurred_at}  ${entry.milestone.padEnd(28)}  ${clean(place)}\n`);
    }
  }
  return printed;
}

function line(output: Output, step: TrackedStep): void {
  output.write(`${JSON.stringify(step)}\n`);
}
