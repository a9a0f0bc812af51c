import type { components } from '@postroad/sdk';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { api } from '../ground/api.ts';
import { useMay } from '../ground/session.tsx';

export type Organisation = components['schemas']['Organisation'];
/** Pages of 100 that are read for names; beyond them the id stands. */
const MAX_PAGES = 20;

/** Every organisation of the network, read once for all names of the screens; empty where one may not. */
export function useOrganisations(): readonly Organisation[] {
  const may = useMay();
  const found = useQuery({
    queryKey: ['organisations', 'names'],
    queryFn: ({ signal }) => readAll(signal),
    staleTime: 300_000,
    enabled: may('listOrganisations'),
  });
  return found.data ?? [];
}

async function readAll(signal: AbortSignal): Promise<readonly Organisation[]> {
  const all: Organisation[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const { data, next_cursor } = await api.get('/v1/organisations', {
      params: { query: { limit: 100, ...(cursor === undefined ? {} : { cursor }) } },
      signal,
    });
    all.push(...data);
    if (next_cursor === undefined) break;
    cursor = next_cursor;
  }
  return all;
}

/** An organisation by its name; `network` and what is not known as it is called. */
export function OrganisationName({ id, link }: { readonly id: string | undefined; readonly link?: boolean }) {
  const name = useOrganisations().find((one) => one.id === id)?.name;
  if (id === undefined) return <>–</>;
  if (name === undefined) return <span className="number">{id}</span>;
  if (!link) return <span title={id}>{name}</span>;
  return (
    <Link className="text-accent hover:underline" title={id} href={`/operations/organisations/${id}`}>
      {name}
    </Link>
  );
}
