import { useLocation } from 'wouter';

/**
 * Addresses of the face that one is in: `at('/shipments/shp_1')` is `/merchant/shipments/shp_1` for a merchant. For
 * screens that several faces have; each of these faces then has the screens it leads to.
 */
export function useFaceAddress(): (rest: string) => string {
  const [path] = useLocation();
  const face = path.split('/')[1] ?? '';
  return (rest) => `/${face}${rest}`;
}
