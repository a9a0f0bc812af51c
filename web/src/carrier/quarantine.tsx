import { useWords } from '../ground/words.ts';
import { Card, Page } from '../kit/page.tsx';
import { QuarantineTable } from '../sources/quarantine-table.tsx';
import { SOURCE_WORDS } from '../sources/words.ts';

/** What one sent oneself and cannot be true. */
export function Quarantine() {
  const t = useWords(SOURCE_WORDS);
  return (
    <Page title={t('quarantine.title')} lead={t('quarantine.lead_carrier')}>
      <Card>
        <QuarantineTable />
      </Card>
    </Page>
  );
}
