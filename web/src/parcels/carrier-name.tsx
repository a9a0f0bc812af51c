import { api } from '../ground/api.ts';
import { useLanguage } from '../ground/language.ts';
import { useRead } from '../ground/reads.ts';
import { useMay } from '../ground/session.tsx';

/** The carriers that the network knows by name. */
export function useCarriers() {
  const enabled = useMay()('listCarriers');
  return useRead(['carriers'], (signal) => api.get('/v1/carriers', { signal }), { enabled }).data?.data ?? [];
}

/** A carrier by its name; by its code, where the network knows no name. */
export function CarrierName({ code }: { readonly code: string }) {
  const language = useLanguage();
  const name = useCarriers().find((one) => one.code === code)?.names[language];
  return <span title={code}>{name ?? code}</span>;
}
