import type { components } from '@postroad/sdk';
import { useState } from 'react';
import { api } from '../ground/api.ts';
import { fieldErrors, useAct, usePages, useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { ActForm } from '../kit/act-form.tsx';
import { Button } from '../kit/button.tsx';
import { CopyId } from '../kit/copy.tsx';
import { Checkbox, Field, Input } from '../kit/field.tsx';
import { Dialog } from '../kit/overlay.tsx';
import { Card } from '../kit/page.tsx';
import { PagedTable } from '../kit/paged-table.tsx';
import { Empty, Failure, Read } from '../kit/states.tsx';
import { Notice, Status } from '../kit/status.tsx';
import { toast } from '../kit/toast.tsx';
import { Moment } from '../kit/values.tsx';
import { OFFICE_WORDS } from '../office/words.ts';
import { OutletName } from '../outlets/parts.tsx';
import { NETWORK_OFFICE_WORDS } from './words.ts';

type Device = components['schemas']['PointDevice'];
type BoundRole = components['schemas']['PointDevicePolicy']['bound_roles'][number];
const KEY = ['point-devices'];
const params = ({ id }: Device) => ({ path: { device_id: id } });

/** What people of the network log in with: names, where it is, blocking what was lost, and whom it is asked of. */
export function Devices() {
  const t = useWords(NETWORK_OFFICE_WORDS);
  const [naming, setNaming] = useState<Device>();
  const [blocking, setBlocking] = useState<Device>();
  const devices = usePages<Device>(KEY, (cursor, signal) =>
    api.get('/v1/point-devices', {
      params: { query: { limit: 50, ...(cursor === undefined ? {} : { cursor }) } },
      signal,
    }),
  );
  const names = useRead(['people', 'names'], async () => {
    const all = new Map<string, string>();
    for await (const { id, name } of api.listAll('/v1/people')) all.set(id, name);
    return all;
  });
  const unblock = useAct(
    (one: Device) => api.delete('/v1/point-devices/{device_id}/block', { params: params(one) }),
    { touches: [KEY], done: () => toast('ok', t('device.unblocked')) },
  );
  return (
    <>
      <Card title={t('devices.title')}>
        {unblock.error && <Failure error={unblock.error} />}
        <PagedTable
          of={devices}
          empty={<Empty title={t('devices.none')} hint={t('devices.none_hint')} />}
          label={t('devices.title')}
          rowId={(one) => one.id}
          columns={[
            {
              id: 'name',
              label: t('device.name'),
              isName: true,
              cell: (one) => one.name ?? <CopyId value={one.id} short />,
            },
            {
              id: 'outlets',
              label: t('device.outlets'),
              cell: (one) => (
                <ul>
                  {one.point_ids.map((id) => (
                    <li key={id}>
                      <OutletName id={id} link />
                    </li>
                  ))}
                </ul>
              ),
            },
            {
              id: 'seen',
              label: t('device.seen'),
              cell: (one) => (
                <>
                  <Moment at={one.last_log_in_at} />
                  <br />
                  <span className="text-soft">{names.data?.get(one.last_person_id) ?? ''}</span>
                </>
              ),
            },
            { id: 'state', label: t('device.state'), cell: (one) => <DeviceState of={one} /> },
            {
              id: 'acts',
              label: t('device.acts'),
              cell: (one) => (
                <span className="flex flex-wrap gap-2">
                  <Button size="small" onClick={() => setNaming(one)}>
                    {t('device.rename')}
                  </Button>
                  {one.state === 'active' ? (
                    <Button size="small" look="danger" onClick={() => setBlocking(one)}>
                      {t('device.block')}
                    </Button>
                  ) : (
                    <Button
                      size="small"
                      busy={unblock.isPending && unblock.variables === one}
                      onClick={() => unblock.mutate(one)}
                    >
                      {t('device.unblock')}
                    </Button>
                  )}
                </span>
              ),
            },
          ]}
        />
      </Card>
      <Binding />
      {naming !== undefined && <NameDevice of={naming} onDone={() => setNaming(undefined)} />}
      {blocking !== undefined && <BlockDevice of={blocking} onDone={() => setBlocking(undefined)} />}
    </>
  );
}

function DeviceState({ of }: { readonly of: Device }) {
  const t = useWords(NETWORK_OFFICE_WORDS);
  if (of.state === 'active') return <Status tone="ok">{t('device.active')}</Status>;
  return (
    <>
      <Status tone="bad">{t('device.blocked')}</Status>
      {of.block_reason !== undefined && <p className="text-soft wrap-anywhere">{of.block_reason}</p>}
    </>
  );
}

type About = { readonly of: Device; readonly onDone: () => void };

function NameDevice({ of, onDone }: About) {
  const t = useWords(NETWORK_OFFICE_WORDS);
  const [name, setName] = useState(of.name ?? '');
  const act = useAct(
    () => api.patch('/v1/point-devices/{device_id}', { params: params(of), body: { name: name.trim() } }),
    { touches: [KEY], done: onDone },
  );
  return (
    <Dialog title={t('device.rename')} open onOpen={(open) => !open && onDone()}>
      <ActForm act={act} submit={t('clerk.save')} disabled={name.trim() === ''}>
        <Field label={t('device.name')} hint={t('device.name_hint')} error={fieldErrors(act.error)['/name']}>
          <Input maxLength={60} value={name} onText={setName} />
        </Field>
      </ActForm>
    </Dialog>
  );
}

function BlockDevice({ of, onDone }: About) {
  const t = useWords(NETWORK_OFFICE_WORDS);
  const [reason, setReason] = useState('');
  const act = useAct(
    () =>
      api.put('/v1/point-devices/{device_id}/block', {
        params: params(of),
        body: { reason: reason.trim() },
      }),
    {
      touches: [KEY],
      done: () => {
        toast('ok', t('device.is_blocked'));
        onDone();
      },
    },
  );
  return (
    <Dialog title={of.name ?? t('device.block')} open onOpen={(open) => !open && onDone()}>
      <p className="mb-4 text-soft">{t('device.block_hint')}</p>
      <ActForm act={act} submit={t('device.block')} look="danger" disabled={reason.trim() === ''}>
        <Field label={t('device.why')} error={fieldErrors(act.error)['/reason']}>
          <Input maxLength={200} value={reason} onText={setReason} />
        </Field>
      </ActForm>
    </Dialog>
  );
}

const ROLES: readonly BoundRole[] = ['point_clerk', 'point_staff'];

/** Whose log-in is worth nothing without the key of a device. */
function Binding() {
  const t = useWords(NETWORK_OFFICE_WORDS);
  const policy = useRead(['point-device-policy'], (signal) => api.get('/v1/point-device-policy', { signal }));
  return (
    <Card title={t('binding.title')}>
      <p className="mb-4 text-soft">{t('binding.lead')}</p>
      <Read of={policy} rows={2}>
        {({ bound_roles }) => <BindingForm key={bound_roles.join()} bound={bound_roles} />}
      </Read>
    </Card>
  );
}

function BindingForm({ bound }: { readonly bound: readonly BoundRole[] }) {
  const t = useWords(NETWORK_OFFICE_WORDS);
  const o = useWords(OFFICE_WORDS);
  const [chosen, setChosen] = useState(bound);
  const isSame = ROLES.every((role) => chosen.includes(role) === bound.includes(role));
  const act = useAct(() => api.put('/v1/point-device-policy', { body: { bound_roles: [...chosen] } }), {
    touches: [['point-device-policy']],
    done: () => toast('ok', t('binding.saved')),
  });
  return (
    <ActForm act={act} submit={t('clerk.save')} disabled={isSame}>
      {ROLES.map((role) => (
        <Checkbox
          key={role}
          label={o(`role.${role}`)}
          checked={chosen.includes(role)}
          onCheck={(isOn) => setChosen(ROLES.filter((one) => (one === role ? isOn : chosen.includes(one))))}
        />
      ))}
      {chosen.includes('point_staff') && !bound.includes('point_staff') && (
        <Notice tone="warn">{t('binding.staff')}</Notice>
      )}
    </ActForm>
  );
}
