import { Search as SearchOfAll } from '../parcels/search.tsx';
import { OrganisationName } from './organisation-name.tsx';

export function Search() {
  return <SearchOfAll whose={(id) => <OrganisationName id={id} />} parcelsAlone />;
}
