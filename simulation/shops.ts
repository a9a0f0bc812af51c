/** A merchant that was there before the world, whose people log in to look. */
export type Shop = { readonly name: string; readonly country: string };

/** Sells about as much as the busiest of the others three times over. */
const WEIGHT = 3;

type Seller = {
  readonly index: number;
  readonly name: string;
  readonly home: { readonly country: string };
  readonly weight: number;
  readonly cheat: unknown;
};

/**
 * The first merchant of each shop's country is that shop: busy, honest, it writes its orders down, and it makes up bags
 * (visits of couriers are the desk's).
 */
export function withShops<One extends Seller>(
  merchants: readonly One[],
  shops: readonly Shop[],
): (One & { readonly isWatched?: true; readonly handover?: 'drop_off' })[] {
  const taken = new Map<number, Shop>();
  for (const shop of shops) {
    const place = merchants.find(({ index, home }) => home.country === shop.country && !taken.has(index));
    if (place !== undefined) taken.set(place.index, shop);
  }
  return merchants.map((merchant) => {
    const shop = taken.get(merchant.index);
    return shop === undefined
      ? merchant
      : {
          ...merchant,
          name: shop.name,
          weight: WEIGHT,
          cheat: undefined,
          isWatched: true,
          handover: 'drop_off',
        };
  });
}
