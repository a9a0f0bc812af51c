import { useAddressWord } from '../ground/address.ts';
import { useMay } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Card, Page } from '../kit/page.tsx';
import type { Column } from '../kit/table.tsx';
import { type UnmappedCode, UnmappedTable } from '../sources/unmapped-table.tsx';
import { SOURCE_WORDS } from '../sources/words.ts';
import { MapCode } from './map-code.tsx';
import { useOrganisations } from './organisation-name.tsx';

/** What carriers say and nobody understands. Which code is being mapped stands in the address. */
export function Unmapped() {
  const t = useWords(SOURCE_WORDS);
  const may = useMay();
  const organisations = useOrganisations();
  const [chosen, setChosen] = useAddressWord('map');
  const mapped = chosenCode(chosen);
  const todo: readonly Column<UnmappedCode>[] = may('mapCode')
    ? [
        {
          id: 'map',
          label: t('map.do'),
          cell: ({ source, format, code }) => (
            <Button size="small" onClick={() => setChosen(JSON.stringify([source, format, code]))}>
              {t('map.do')}
            </Button>
          ),
        },
      ]
    : [];
  return (
    <Page title={t('unmapped.title')} lead={t('unmapped.lead')}>
      <Card>
        <UnmappedTable
          parcelAt={(id) => `/operations/parcels/${id}`}
          nameOf={(id) => organisations.find((one) => one.id === id)?.name}
          more={todo}
        />
      </Card>
      {mapped && may('mapCode') && <MapCode key={chosen} of={mapped} onClose={() => setChosen('')} />}
    </Page>
  );
}

/** Undefined for what is no code: addresses come from everywhere. */
function chosenCode(text: string) {
  try {
    const [source, format, code] = JSON.parse(text) as unknown[];
    return typeof source === 'string' && typeof format === 'string' && typeof code === 'string'
      ? { source, format, code }
      : undefined;
  } catch {
    return undefined;
  }
}
