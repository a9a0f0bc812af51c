import { Returns } from '../returns-desk/list.tsx';
import { ReturnDetail } from '../returns-desk/return.tsx';
import { OrganisationName } from './organisation-name.tsx';

const merchantOf = (id: string) => <OrganisationName id={id} link />;

/** What buyer and seller could not settle first. */
export function ReturnsDesk() {
  return <Returns waitsFirst="platform" merchantOf={merchantOf} />;
}

export function ReturnOne({ id }: { readonly id: string }) {
  return <ReturnDetail id={id} merchantOf={merchantOf} />;
}
