import { useWords } from '../ground/words.ts';
import { Card, Page } from '../kit/page.tsx';
import { QuarantineTable } from '../sources/quarantine-table.tsx';
import { SOURCE_WORDS } from '../sources/words.ts';
import { useOrganisations } from './organisation-name.tsx';

/** What cannot be true, whoever said it. */
export function Quarantine() {
  const t = useWords(SOURCE_WORDS);
  const organisations = useOrganisations();
  return (
    <Page title={t('quarantine.title')} lead={t('quarantine.lead')}>
      <Card>
        <QuarantineTable
          parcelAt={(id) => `/operations/parcels/${id}`}
          nameOf={(id) => organisations.find((one) => one.id === id)?.name}
        />
      </Card>
    </Page>
  );
}
