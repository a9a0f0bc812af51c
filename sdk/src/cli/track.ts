import type { PostroadClient } from '../client.ts';
import { PostroadProblem } from '../problem.ts';
import { EXIT, MisuseError } from './exit.ts';
import { clean, type Output, promisedDay } from './output.ts';
import { wordsOf } from './standard-input.ts';

export type TrackOptions = { readonly watch: boolean; readonly every: number };

/** One step of a parcel, as it is printed; `--json` prints it as it is. */
export type TrackedStep = {
  readonly number: string;
  readonly parcel_id: string;
  readonly status: string;
  /** The last day of the promise by the clock of the destination, or its end where that clock is not known. */
  readonly promised?: string;
  readonly occurred_at?: string;
  readonly milestone?: string;
  readonly place?: string;
  /** Why it does not count: put right since, of a source that is not recognised, or it cannot be true. */
  readonly void?: 'corrected' | 'not_verified' | 'quarantined';
};

type Said = {
  readonly scan_id: string;
  readonly milestone: string;
  readonly occurred_at: string;
  readonly place?: { readonly country?: string | undefined; readonly city?: string | undefined } | undefined;
};

/** The part of an answer of GET /v1/tracking/{number} that is printed. */
export type TrackingPage = {
  readonly parcels: readonly {
    readonly parcel: {
      readonly id: string;
      readonly number: string;
      readonly status: string;
      readonly terminal: boolean;
      readonly promise?: { readonly latest: string };
      readonly destination_zone?: string;
    };
    readonly timeline: {
      readonly entries: readonly (Said & { readonly effect: string })[];
      readonly unverified: readonly Said[];
      readonly quarantined: readonly Said[];
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
      const promised = parcel.promise && promisedDay(parcel.promise.latest, parcel.destination_zone);
      if (output.json)
        line(output, {
          ...{ number: parcel.number, parcel_id: parcel.id, status: parcel.status },
          ...(promised === undefined ? {} : { promised }),
        });
      else
        output.write(
          `${clean(parcel.number)}  ${parcel.status}${promised === undefined ? '' : `  promised ${promised}`}\n`,
        );
    }
    for (const step of stepsOf(parcel, timeline)) {
      const key = `${parcel.id} ${step.key}`;
      if (printed.has(key)) continue;
      printed.add(key);
      if (output.json) line(output, step.told);
      else {
        const { occurred_at: at, milestone = '', place = '', void: why } = step.told;
        const mark = why === undefined ? '' : `  (${why.replace('_', ' ')})`;
        output.write(`  ${at}  ${milestone.padEnd(28)}  ${clean(place)}${mark}\n`);
      }
    }
  }
  return printed;
}

type Tracked = TrackingPage['parcels'][number];

/** All that anybody said of a parcel, oldest first. `key`: another one when a step is void since. */
function stepsOf(
  { id: parcel_id, number, status }: Tracked['parcel'],
  { entries, unverified, quarantined }: Tracked['timeline'],
): readonly { readonly key: string; readonly told: TrackedStep }[] {
  const all = [
    ...entries.map((said) => ({
      said,
      why: said.effect === 'corrected' ? ('corrected' as const) : undefined,
    })),
    ...unverified.map((said) => ({ said, why: 'not_verified' as const })),
    ...quarantined.map((said) => ({ said, why: 'quarantined' as const })),
  ];
  all.sort((a, b) => a.said.occurred_at.localeCompare(b.said.occurred_at));
  return all.map(({ said: { scan_id, milestone, occurred_at, place: at }, why }) => {
    const place = [at?.city, at?.country].filter((part) => part !== undefined).join(', ');
    return {
      key: `${scan_id} ${why ?? ''}`,
      told: {
        ...{ number, parcel_id, status, occurred_at, milestone },
        ...(place === '' ? {} : { place }),
        ...(why === undefined ? {} : { void: why }),
      },
    };
  });
}

function line(output: Output, step: TrackedStep): void {
  output.write(`${JSON.stringify(step)}\n`);
}
