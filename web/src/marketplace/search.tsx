import { Search } from '../parcels/search.tsx';
import { MerchantName } from './merchant-name.tsx';

export function MarketplaceSearch() {
  return <Search whose={(id) => (id === undefined ? '–' : <MerchantName id={id} />)} />;
}
