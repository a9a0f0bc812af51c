import { useWords } from '../ground/words.ts';
import { Card, Page } from '../kit/page.tsx';
import { UnmappedTable } from '../sources/unmapped-table.tsx';
import { SOURCE_WORDS } from '../sources/words.ts';

/** What one sent oneself and nobody understands. */
export function Unmapped() {
  const t = useWords(SOURCE_WORDS);
  return (
    <Page title={t('unmapped.title')} lead={t('unmapped.lead_carrier')}>
      <Card>
        <UnmappedTable />
      </Card>
    </Page>
  );
}
