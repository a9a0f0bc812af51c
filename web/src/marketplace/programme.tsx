import { useState } from 'react';
import { Link } from 'wouter';
import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { instantOf } from '../ground/instants.ts';
import { useAct, usePages, useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { ActForm } from '../kit/act-form.tsx';
import { Button } from '../kit/button.tsx';
import { CopyId } from '../kit/copy.tsx';
import { Field, Input } from '../kit/field.tsx';
import { Dialog } from '../kit/overlay.tsx';
import { Card, Page } from '../kit/page.tsx';
import { PagedTable } from '../kit/paged-table.tsx';
import { Empty, Read } from '../kit/states.tsx';
import { Status } from '../kit/status.tsx';
import { toast } from '../kit/toast.tsx';
import { Facts, Moment, Money } from '../kit/values.tsx';
import { MerchantName } from './merchant-name.tsx';
import { leftOf, type Programme, ProgrammeState, useScope } from './programme-parts.tsx';
import { MARKETPLACE_WORDS } from './words.ts';

/** One programme: whose freight it pays, what is left, and what it paid. */
export function ProgrammeDetail({ id }: { readonly id: string }) {
  const t = useWords(MARKETPLACE_WORDS);
  const programme = useRead(['programmes', id], (signal) =>
    api.get('/v1/programmes/{programme_id}', { params: { path: { programme_id: id } }, signal }),
  );
  const found = programme.data;
  const isOver = found?.valid_to !== undefined && found.valid_to <= new Date().toISOString();
  return (
    <Page
      title={found?.name ?? t('programme.title')}
      lead={<CopyId value={id} />}
      actions={found && !isOver && <End programme={found} />}
    >
      <Read of={programme} rows={6}>
        {(one) => (
          <>
            <Head programme={one} />
            <Uses id={one.id} />
          </>
        )}
      </Read>
    </Page>
  );
}

function Head({ programme }: { readonly programme: Programme }) {
  const t = useWords(MARKETPLACE_WORDS);
  const { percent } = useFormats();
  const scope = useScope();
  const { budget, spent, max_per_parcel: max } = programme;
  const left = leftOf(programme);
  return (
    <Card>
      <Facts
        of={[
          [t('programme.state'), <ProgrammeState key="state" of={programme} />],
          [
            t('programme.share'),
            t('programme.share_of', { share: percent(programme.share_basis_points / 10_000) }),
          ],
          [t('programme.for'), scope(programme)],
          [t('programme.max'), max && <Money key="max" of={max} />],
          [t('programme.budget'), budget && <Money key="budget" of={budget} />],
          [t('programme.spent'), spent && <Money key="spent" of={spent} />],
          [t('programme.left'), left && <Money key="left" of={left} strong />],
          [t('programme.from'), <Moment key="from" at={programme.valid_from} whole />],
          [t('programme.to'), programme.valid_to && <Moment key="to" at={programme.valid_to} whole />],
        ]}
      />
      {budget && spent && (
        <meter
          aria-label={t('programme.spent')}
          className="mt-4 h-3 w-full"
          min={0}
          max={budget.amount_minor}
          value={spent.amount_minor}
        />
      )}
    </Card>
  );
}

const USE_TONES = { reserved: 'move', settled: 'ok', released: 'idle' } as const;

function Uses({ id }: { readonly id: string }) {
  const t = useWords(MARKETPLACE_WORDS);
  const uses = usePages(['programmes', id, 'uses'], (cursor, signal) =>
    api.get('/v1/programmes/{programme_id}/uses', {
      params: {
        path: { programme_id: id },
        query: { limit: 50, ...(cursor === undefined ? {} : { cursor }) },
      },
      signal,
    }),
  );
  return (
    <Card title={t('programme.uses')}>
      <PagedTable
        of={uses}
        empty={<Empty title={t('programme.uses_none')} />}
        label={t('programme.uses')}
        rowId={(use) => use.shipment_id}
        columns={[
          {
            id: 'shipment',
            label: t('programme.use.shipment'),
            isName: true,
            cell: (use) => (
              <Link
                className="number text-accent hover:underline"
                href={`/marketplace/shipments/${use.shipment_id}`}
              >
                {use.shipment_id}
              </Link>
            ),
          },
          {
            id: 'merchant',
            label: t('programme.use.merchant'),
            cell: (use) => <MerchantName id={use.merchant_id} />,
          },
          {
            id: 'state',
            label: t('programme.use.state'),
            cell: (use) => (
              <Status tone={USE_TONES[use.state]}>{t(`programme.use.state.${use.state}`)}</Status>
            ),
          },
          {
            id: 'when',
            label: t('programme.use.when'),
            cell: (use) => <Moment at={use.reserved_at} />,
          },
          {
            id: 'reserved',
            label: t('programme.use.reserved'),
            align: 'end',
            cell: (use) => <Money of={use.reserved} />,
          },
          {
            id: 'used',
            label: t('programme.use.used'),
            align: 'end',
            cell: (use) => (use.state === 'settled' ? <Money of={use.used} strong /> : '–'),
          },
        ]}
      />
    </Card>
  );
}

function End({ programme }: { readonly programme: Programme }) {
  const t = useWords(MARKETPLACE_WORDS);
  const [open, setOpen] = useState(false);
  const [when, setWhen] = useState('');
  const act = useAct(
    () => {
      const at = instantOf(when);
      return api.post('/v1/programmes/{programme_id}/end', {
        params: { path: { programme_id: programme.id } },
        body: at === undefined ? {} : { at },
      });
    },
    {
      touches: [['programmes']],
      done: () => {
        setOpen(false);
        toast('ok', t('programme.ended'));
      },
    },
  );
  return (
    <>
      <Button look="danger" onClick={() => setOpen(true)}>
        {t('programme.end')}
      </Button>
      <Dialog title={t('programme.end')} open={open} onOpen={setOpen}>
        <ActForm act={act} submit={t('programme.end')} look="danger">
          <p>{t('programme.end_ask')}</p>
          <Field label={t('programme.end_at')}>
            <Input type="datetime-local" value={when} onText={setWhen} />
          </Field>
        </ActForm>
      </Dialog>
    </>
  );
}
