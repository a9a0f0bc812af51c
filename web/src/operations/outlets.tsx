import type { components } from '@postroad/sdk';
import { useState } from 'react';
import { api } from '../ground/api.ts';
import { everyWord } from '../ground/contract-words.ts';
import { fieldErrors, useAct } from '../ground/reads.ts';
import { useMay } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { ActForm } from '../kit/act-form.tsx';
import { Field, Input, Select } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Read } from '../kit/states.tsx';
import { toast } from '../kit/toast.tsx';
import { OutletLoad } from '../outlets/load.tsx';
import { OutletHistory } from '../outlets/outlet-history.tsx';
import { OutletList } from '../outlets/outlet-list.tsx';
import { OutletHours, OutletRange, OutletRecord } from '../outlets/outlet-record.tsx';
import { Papers } from '../outlets/papers.tsx';
import { ONBOARDING, type Outlet, OutletState, outletKey, useOutlet } from '../outlets/parts.tsx';
import { OrganisationName } from './organisation-name.tsx';
import { POINT_DESK_WORDS } from './words.ts';

type Decision = components['schemas']['PointDecision'];
type Rejection = Extract<Decision, { decision: 'reject' }>['reason'];
const REJECTIONS = everyWord<Rejection>({
  documents_missing: true,
  documents_invalid: true,
  site_unsuitable: true,
  coverage_not_needed: true,
  contract_refused: true,
  deposit_not_paid: true,
  training_failed: true,
  other: true,
});

/** Counters of all networks. */
export function Outlets() {
  const t = useWords(POINT_DESK_WORDS);
  return (
    <Page title={t('outlets')} lead={t('outlets.lead')}>
      <OutletList
        more={[
          {
            id: 'network',
            label: t('outlet.network'),
            cell: (one) => <OrganisationName id={one.organisation_id} />,
          },
        ]}
      />
    </Page>
  );
}

/** One counter: its record and papers, and what the operator decides about it. */
export function OutletDesk({ id }: { readonly id: string }) {
  const may = useMay();
  const found = useOutlet(id);
  const outlet = found.data;
  return (
    <Page
      title={outlet?.name ?? id}
      lead={
        outlet && (
          <span className="inline-flex flex-wrap items-center gap-2">
            <span className="number">{outlet.outlet_code}</span>
            <OutletState of={outlet.state} />
          </span>
        )
      }
    >
      <Read of={found} rows={8}>
        {(one) => (
          <>
            <OutletRecord outlet={one} network={<OrganisationName id={one.organisation_id} link />} />
            {may('decidePoint') && <Decide outlet={one} key={one.version} />}
            {may('listPointDocuments') && <Papers outlet={one} />}
            <OutletHours outlet={one} />
            <OutletRange outlet={one} />
            {!ONBOARDING.includes(one.state) && <OutletLoad id={one.id} />}
            <OutletHistory id={one.id} />
          </>
        )}
      </Read>
    </Page>
  );
}

const WORKING = ['restrict', 'suspend'] as const;
/** What may be decided in each state (network/points/decide.ts); the server has the last word. */
const CHOICES = {
  applied: ['accept_application', 'reject'],
  documents: ['accept_documents', 'reject'],
  site_check: ['site_passed', 'site_failed', 'reject'],
  contract: ['reject'],
  training: ['complete_training', 'reject'],
  trial: WORKING,
  active: WORKING,
  paused: WORKING,
  restricted: ['reinstate', 'suspend'],
  suspended: ['reinstate'],
  exited: [],
} as const satisfies Record<Outlet['state'], readonly string[]>;
type Name = (typeof CHOICES)[Outlet['state']][number];
type Typed = { readonly note: string; readonly reason: string; readonly rejection: Rejection };

function decisionOf(name: Name, { note, reason, rejection }: Typed): Decision {
  switch (name) {
    case 'site_passed':
    case 'site_failed':
      return { decision: 'record_site_check', passed: name === 'site_passed', note: note.trim() };
    case 'reject':
      return { decision: name, reason: rejection, note: note.trim() };
    case 'restrict':
    case 'suspend':
    case 'reinstate':
      return { decision: name, reason: reason.trim() };
    default:
      return { decision: name };
  }
}

function Decide({ outlet }: { readonly outlet: Outlet }) {
  const t = useWords(POINT_DESK_WORDS);
  const names: readonly Name[] = CHOICES[outlet.state];
  const [name, setName] = useState<Name | undefined>(names[0]);
  const [typed, setTyped] = useState<Typed>({ note: '', reason: '', rejection: 'documents_missing' });
  const act = useAct(
    (body: Decision) =>
      api.post('/v1/points/{point_id}/decisions', { params: { path: { point_id: outlet.id } }, body }),
    {
      touches: [outletKey(outlet.id), ['outlets']],
      done: () => toast('ok', t('decide.done')),
    },
  );
  if (name === undefined)
    return (
      <Card title={t('decide')}>
        <p className="text-soft">{t('decide.none')}</p>
      </Card>
    );
  const body = decisionOf(name, typed);
  const errors = fieldErrors(act.error);
  return (
    <Card title={t('decide')}>
      <ActForm
        act={{ ...act, mutate: () => act.mutate(body) }}
        submit={t('decide.do')}
        look={name === 'reject' || name === 'suspend' ? 'danger' : 'primary'}
      >
        <div className="grid gap-4 sm:max-w-3xl sm:grid-cols-3">
          <Field label={t('decide.what')}>
            <Select
              value={name}
              onChoice={setName}
              choices={names.map((one) => ({ value: one, label: t(`decide.${one}`) }))}
            />
          </Field>
          {body.decision === 'reject' && (
            <Field label={t('decide.reject_reason')}>
              <Select
                value={typed.rejection}
                onChoice={(rejection) => setTyped({ ...typed, rejection })}
                choices={REJECTIONS.map((one) => ({ value: one, label: t(`reject.${one}`) }))}
              />
            </Field>
          )}
          {'note' in body && (
            <Field label={t('decide.note')} error={errors['/note']}>
              <Input
                required
                maxLength={500}
                value={typed.note}
                onText={(note) => setTyped({ ...typed, note })}
              />
            </Field>
          )}
          {'reason' in body && body.decision !== 'reject' && (
            <Field label={t('decide.reason')} error={errors['/reason']}>
              <Input
                required
                maxLength={200}
                value={typed.reason}
                onText={(reason) => setTyped({ ...typed, reason })}
              />
            </Field>
          )}
        </div>
      </ActForm>
    </Card>
  );
}
