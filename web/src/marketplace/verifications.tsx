import { VerificationDetail } from '../verifications/verification.tsx';
import { Verifications } from '../verifications/verifications.tsx';
import { MerchantName } from './merchant-name.tsx';

const merchantOf = (id: string) => <MerchantName id={id} />;

/** The desk on which declared numbers are decided. */
export function VerificationDesk() {
  return <Verifications merchantOf={merchantOf} />;
}

export function VerificationOne({ id }: { readonly id: string }) {
  return <VerificationDetail id={id} merchantOf={merchantOf} />;
}
