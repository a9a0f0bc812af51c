import { VerificationDetail } from '../verifications/verification.tsx';
import { Verifications } from '../verifications/verifications.tsx';
import { OrganisationName } from './organisation-name.tsx';

const merchantOf = (id: string) => <OrganisationName id={id} link />;

/** The desk on which declared numbers are decided. */
export function VerificationDesk() {
  return <Verifications merchantOf={merchantOf} />;
}

export function VerificationOne({ id }: { readonly id: string }) {
  return <VerificationDetail id={id} merchantOf={merchantOf} />;
}
