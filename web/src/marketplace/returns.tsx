import { Returns } from '../returns-desk/list.tsx';
import { ReturnDetail } from '../returns-desk/return.tsx';
import { MerchantName } from './merchant-name.tsx';

const merchantOf = (id: string) => <MerchantName id={id} />;

/** Returns of one's merchants, whoever they wait for. */
export function MarketplaceReturns() {
  return <Returns waitsFirst="any" merchantOf={merchantOf} />;
}

export function MarketplaceReturn({ id }: { readonly id: string }) {
  return <ReturnDetail id={id} merchantOf={merchantOf} />;
}
