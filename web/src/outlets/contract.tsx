import { api, isProblem } from '../ground/api.ts';
import { useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Card } from '../kit/page.tsx';
import { Read } from '../kit/states.tsx';
import { Notice } from '../kit/status.tsx';
import { Facts, Moment, Money } from '../kit/values.tsx';
import { OUTLET_WORDS } from './words.ts';

/** The contract of a point network; null when there is none. */
export function useContract(organisationId: string) {
  return useRead(['point-contract', organisationId], async (signal) => {
    try {
      return await api.get('/v1/point-networks/{organisation_id}/contract', {
        params: { path: { organisation_id: organisationId } },
        signal,
      });
    } catch (error) {
      if (isProblem(error, 'not_found')) return null;
      throw error;
    }
  });
}

type Contract = NonNullable<ReturnType<typeof useContract>['data']>;

export function isDepositMissing({ deposit, deposit_paid: paid }: Contract): boolean {
  return deposit !== undefined && (paid?.amount_minor ?? 0) < deposit.amount_minor;
}

/** What a network agreed for all its outlets, and what of its deposit is there. */
export function ContractCard({ organisationId }: { readonly organisationId: string }) {
  const t = useWords(OUTLET_WORDS);
  const contract = useContract(organisationId);
  return (
    <Card title={t('contract')}>
      <Read of={contract} rows={2}>
        {(one) => (one === null ? <p className="text-soft">{t('contract.none')}</p> : <Terms of={one} />)}
      </Read>
    </Card>
  );
}

function Terms({ of }: { readonly of: Contract }) {
  const t = useWords(OUTLET_WORDS);
  const asked = (is: boolean) => t(is ? 'contract.asked' : 'contract.not_asked');
  return (
    <div className="grid gap-4">
      {isDepositMissing(of) && <Notice tone="warn">{t('deposit.missing')}</Notice>}
      <Facts
        of={[
          [t('contract.number'), of.number],
          [t('contract.from'), <Moment key="from" at={of.valid_from} whole />],
          [
            t('contract.to'),
            of.valid_to === undefined ? t('contract.open_end') : <Moment key="to" at={of.valid_to} whole />,
          ],
          [t('contract.documents'), asked(of.needs_documents)],
          [t('contract.site_check'), asked(of.needs_site_check)],
          [t('deposit'), of.deposit === undefined ? t('deposit.none') : <Money key="d" of={of.deposit} />],
          ...(of.deposit_paid === undefined
            ? []
            : ([[t('deposit.paid'), <Money key="paid" of={of.deposit_paid} />]] as const)),
        ]}
      />
    </div>
  );
}
