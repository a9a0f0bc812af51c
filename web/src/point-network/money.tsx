import { api } from '../ground/api.ts';
import { useAct } from '../ground/reads.ts';
import { useSession } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Page } from '../kit/page.tsx';
import { Failure } from '../kit/states.tsx';
import { toast } from '../kit/toast.tsx';
import { Conflicts } from '../outlets/conflicts.tsx';
import { ContractCard, isDepositMissing, useContract } from '../outlets/contract.tsx';
import { DeductionList } from '../outlets/deductions.tsx';
import { OpenCash } from '../outlets/open-cash.tsx';
import { Earnings, StatementList } from '../outlets/statements.tsx';
import { TariffCard } from '../outlets/tariff.tsx';
import { NETWORK_OFFICE_WORDS, NETWORK_WORDS } from './words.ts';

const useOwn = () => useSession().person.organisation_id;

export function StatementScreen() {
  const t = useWords(NETWORK_OFFICE_WORDS);
  const n = useWords(NETWORK_WORDS);
  const id = useOwn();
  return (
    <Page title={n('menu.statements')} lead={t('statements.lead')}>
      <Earnings organisationId={id} />
      <StatementList />
      <TariffCard organisationId={id} />
    </Page>
  );
}

export function DeductionScreen() {
  const t = useWords(NETWORK_OFFICE_WORDS);
  const n = useWords(NETWORK_WORDS);
  return (
    <Page title={n('menu.deductions')} lead={t('deductions.lead')}>
      <DeductionList />
    </Page>
  );
}

export function ConflictScreen() {
  const t = useWords(NETWORK_OFFICE_WORDS);
  const n = useWords(NETWORK_WORDS);
  const id = useOwn();
  return (
    <Page title={n('menu.conflicts')} lead={t('conflicts.lead')}>
      <Conflicts organisationId={id} />
      <OpenCash of={{ network: id }} />
    </Page>
  );
}

export function ContractScreen() {
  const t = useWords(NETWORK_OFFICE_WORDS);
  const n = useWords(NETWORK_WORDS);
  const id = useOwn();
  const contract = useContract(id);
  const isMissing = contract.data != null && isDepositMissing(contract.data);
  return (
    <Page title={n('menu.contract')} lead={t('contract.lead')} actions={isMissing && <PayDeposit id={id} />}>
      <ContractCard organisationId={id} />
    </Page>
  );
}

function PayDeposit({ id }: { readonly id: string }) {
  const t = useWords(NETWORK_OFFICE_WORDS);
  const act = useAct(
    () =>
      api.post('/v1/point-networks/{organisation_id}/deposit', {
        params: { path: { organisation_id: id } },
      }),
    {
      touches: [['point-contract'], ['wallets'], ['outlets']],
      done: () => toast('ok', t('deposit.done')),
    },
  );
  return (
    <>
      {act.error && <Failure error={act.error} />}
      <Button look="primary" busy={act.isPending} onClick={() => act.mutate(undefined)}>
        {t('deposit.pay')}
      </Button>
    </>
  );
}
