import type { PostroadClient } from '../client.ts';
import { MisuseError } from './exit.ts';
import { type Output, printRows } from './output.ts';

export type CoverageOptions = {
  readonly division?: string;
  readonly service: string;
  readonly recommend?: number;
  readonly radius: number;
};

const SERVICES = ['collect', 'return', 'mail'] as const;

/** Prints the shares of a country and its divisions, or the sites of a recommendation; with `--json` as the API answers. */
export async function showCoverage(
  client: PostroadClient,
  output: Output,
  country: string,
  { division, recommend, radius, ...given }: CoverageOptions,
): Promise<void> {
  if (!/^[A-Z]{2}$/.test(country)) throw new MisuseError('a country is two capital letters, such as CN');
  const service = SERVICES.find((one) => one === given.service);
  if (service === undefined) throw new MisuseError(`--service is one of ${SERVICES.join(', ')}`);
  const place = { country, service, ...(division === undefined ? {} : { division }) };
  if (recommend !== undefined) {
    const plan = await client.post('/v1/coverage/recommendations', {
      body: { ...place, points: recommend, radius_meters: radius },
    });
    if (output.json) output.write(`${JSON.stringify(plan)}\n`);
    else printRows(output, plan.sites.map(siteRow));
    return;
  }
  const answer = await client.get('/v1/coverage', { params: { query: place } });
  if (output.json) output.write(`${JSON.stringify(answer)}\n`);
  else {
    const divisions = answer.divisions.map(({ division_code, ...share }) => shareRow(division_code, share));
    printRows(output, [shareRow(division ?? country, answer), ...divisions]);
  }
}

type Share = {
  readonly people: number;
  readonly places: number;
  readonly within: readonly {
    readonly meters: number;
    readonly people_share: number;
    readonly places_share: number;
  }[];
};

function shareRow(name: string, { people, places, within }: Share) {
  const bands = within.map((band) => [
    `${band.meters / 1_000} km`,
    `${percent(band.people_share)} of people, ${percent(band.places_share)} of places`,
  ]);
  return { in: name, people, places, ...Object.fromEntries(bands) };
}

type Site = {
  readonly rank: number;
  readonly name: string;
  readonly kind: string;
  readonly position: { readonly latitude: number; readonly longitude: number };
  readonly gain: number;
  readonly covered_share: number;
  readonly bound_share: number;
};

function siteRow({ rank, name, kind, position, gain, covered_share, bound_share }: Site) {
  return {
    rank,
    site: kind === 'demand' ? `${name} (unserved demand)` : name,
    at: `${position.latitude} ${position.longitude}`,
    gain,
    covered: percent(covered_share),
    'at best': percent(bound_share),
  };
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
