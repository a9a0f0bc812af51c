import { api } from '../ground/api.ts';
import { useRead } from '../ground/reads.ts';

/** Code of the carrier that one works for, as in `postroad_express_cn`; undefined until it is known. */
export function useOwnCode(): string | undefined {
  const me = useRead(['me'], (signal) => api.get('/v1/me', { signal }));
  return me.data?.organisation.carrier_code;
}
