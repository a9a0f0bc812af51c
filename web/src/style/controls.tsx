import { useState } from 'react';
import { useFormats } from '../ground/format.ts';
import { useWords } from '../ground/words.ts';
import { Button, ButtonLink } from '../kit/button.tsx';
import { Combobox } from '../kit/combobox.tsx';
import { Checkbox, Choices, Field, Input, Select, Textarea } from '../kit/field.tsx';
import { FileDrop } from '../kit/file-drop.tsx';
import { Dialog, Drawer } from '../kit/overlay.tsx';
import { Card } from '../kit/page.tsx';
import { Tabs } from '../kit/tabs.tsx';
import { toast } from '../kit/toast.tsx';
import { STYLE_WORDS } from './words.ts';

const COUNTRIES = ['BR', 'CN', 'DE', 'ES'] as const;

export function Controls() {
  const t = useWords(STYLE_WORDS);
  return (
    <>
      <Card title={t('buttons')}>
        <div className="flex flex-wrap items-center gap-2">
          <Button look="primary">{t('button.primary')}</Button>
          <Button>{t('button.plain')}</Button>
          <Button look="quiet">{t('button.quiet')}</Button>
          <Button look="danger">{t('button.danger')}</Button>
          <Button look="primary" busy>
            {t('button.busy')}
          </Button>
          <Button disabled>{t('button.disabled')}</Button>
          <ButtonLink to="/style">{t('button.link')}</ButtonLink>
          <Button size="small">{t('button.small')}</Button>
          <Button size="large" look="primary">
            {t('button.large')}
          </Button>
        </div>
      </Card>
      <Card title={t('fields')}>
        <Fields />
      </Card>
      <Card title={t('overlays')}>
        <Overlays />
      </Card>
    </>
  );
}

function Fields() {
  const t = useWords(STYLE_WORDS);
  const { country: nameOf } = useFormats();
  const countries = COUNTRIES.map((value) => ({ value: value as string, label: nameOf(value) }));
  const [text, setText] = useState('Berlin');
  const [country, setCountry] = useState('DE');
  const [size, setSize] = useState<'small' | 'large'>('small');
  const [agreed, setAgreed] = useState(true);
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label={t('field.city')} hint={t('field.city_hint')}>
        <Input value={text} onText={setText} />
      </Field>
      <Field label={t('field.postcode')} error={t('field.postcode_error')}>
        <Input value="1011" readOnly />
      </Field>
      <Field label={t('field.country_typed')}>
        <Combobox
          value={country}
          choices={countries}
          onChoice={setCountry}
          placeholder={t('field.country')}
        />
      </Field>
      <Field label={t('field.country_chosen')}>
        <Select value={country} choices={countries} onChoice={setCountry} />
      </Field>
      <Choices
        legend={t('field.parcel')}
        value={size}
        onChoice={setSize}
        choices={[
          { value: 'small', label: t('button.small') },
          { value: 'large', label: t('field.large') },
        ]}
      />
      <Checkbox label={t('field.neighbour')} checked={agreed} onCheck={setAgreed} />
      <Field label={t('field.note')}>
        <Textarea value={t('field.note_text')} readOnly rows={3} />
      </Field>
      <FileDrop
        label={t('field.file')}
        accept=".csv"
        onFile={(file) => toast('ok', t('field.file_read', { name: file.name, bytes: file.size }))}
      />
    </div>
  );
}

function Overlays() {
  const t = useWords(STYLE_WORDS);
  const [dialog, setDialog] = useState(false);
  const [drawer, setDrawer] = useState(false);
  const [tab, setTab] = useState('a');
  return (
    <>
      <div className="mb-4 flex flex-wrap gap-2">
        <Button onClick={() => setDialog(true)}>{t('overlay.dialog')}</Button>
        <Button onClick={() => setDrawer(true)}>{t('overlay.drawer')}</Button>
        <Button onClick={() => toast('ok', t('overlay.said'))}>{t('overlay.say')}</Button>
      </div>
      <Dialog title={t('overlay.cancel')} open={dialog} onOpen={setDialog}>
        <p className="mb-4">{t('overlay.cancel_hint')}</p>
        <div className="flex justify-end gap-2">
          <Button onClick={() => setDialog(false)}>{t('overlay.keep')}</Button>
          <Button look="danger" onClick={() => setDialog(false)}>
            {t('overlay.cancel_do')}
          </Button>
        </div>
      </Dialog>
      <Drawer title={t('overlay.details')} open={drawer} onOpen={setDrawer}>
        <p>{t('overlay.details_text')}</p>
      </Drawer>
      <Tabs
        label={t('tabs')}
        value={tab}
        onValue={setTab}
        tabs={[
          { id: 'a', label: t('timeline'), content: <p>{t('tab.timeline_text')}</p> },
          { id: 'b', label: t('tab.money'), content: <p>{t('tab.money_text')}</p> },
        ]}
      />
    </>
  );
}
