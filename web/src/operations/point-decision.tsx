import { DecisionDetail } from '../outlets/decision.tsx';
import { OrganisationName } from './organisation-name.tsx';

export function PointDecision({ id }: { readonly id: string }) {
  return <DecisionDetail id={id} network={(one) => <OrganisationName id={one} />} />;
}
