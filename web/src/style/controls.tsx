import { useState } from 'react';
import { Button, ButtonLink } from '../kit/button.tsx';
import { Combobox } from '../kit/combobox.tsx';
import { Checkbox, Choices, Field, Input, Select, Textarea } from '../kit/field.tsx';
import { FileDrop } from '../kit/file-drop.tsx';
import { Dialog, Drawer } from '../kit/overlay.tsx';
import { Card } from '../kit/page.tsx';
import { Tabs } from '../kit/tabs.tsx';
import { toast } from '../kit/toast.tsx';

const COUNTRIES = [
  { value: 'BR', label: 'Brazil' },
  { value: 'CN', label: 'China' },
  { value: 'DE', label: 'Germany' },
  { value: 'ES', label: 'Spain' },
];

export function Controls() {
  return (
    <>
      <Card title="Buttons">
        <div className="flex flex-wrap items-center gap-2">
          <Button look="primary">Primary</Button>
          <Button>Plain</Button>
          <Button look="quiet">Quiet</Button>
          <Button look="danger">Danger</Button>
          <Button look="primary" busy>
            Busy
          </Button>
          <Button disabled>Disabled</Button>
          <ButtonLink to="/style">A link</ButtonLink>
          <Button size="small">Small</Button>
          <Button size="large" look="primary">
            Large, for gloves
          </Button>
        </div>
      </Card>
      <Card title="Fields">
        <Fields />
      </Card>
      <Card title="Overlays, tabs, toasts">
        <Overlays />
      </Card>
    </>
  );
}

function Fields() {
  const [text, setText] = useState('Berlin');
  const [country, setCountry] = useState('DE');
  const [size, setSize] = useState<'small' | 'large'>('small');
  const [agreed, setAgreed] = useState(true);
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label="City" hint="As on the letter box">
        <Input value={text} onText={setText} />
      </Field>
      <Field label="Postcode" error="A postcode of Germany has five digits.">
        <Input value="1011" readOnly />
      </Field>
      <Field label="Country, by typing">
        <Combobox value={country} choices={COUNTRIES} onChoice={setCountry} placeholder="Country" />
      </Field>
      <Field label="Country, by choosing">
        <Select value={country} choices={COUNTRIES} onChoice={setCountry} />
      </Field>
      <Choices
        legend="Parcel"
        value={size}
        onChoice={setSize}
        choices={[
          { value: 'small', label: 'Small' },
          { value: 'large', label: 'Large' },
        ]}
      />
      <Checkbox label="May be left with a neighbour" checked={agreed} onCheck={setAgreed} />
      <Field label="Note">
        <Textarea value="Third floor" readOnly rows={3} />
      </Field>
      <FileDrop
        label="Orders as CSV"
        accept=".csv"
        onFile={(file) => toast('ok', `${file.name}, ${file.size} bytes`)}
      />
    </div>
  );
}

function Overlays() {
  const [dialog, setDialog] = useState(false);
  const [drawer, setDrawer] = useState(false);
  const [tab, setTab] = useState('a');
  return (
    <>
      <div className="mb-4 flex flex-wrap gap-2">
        <Button onClick={() => setDialog(true)}>Open a dialog</Button>
        <Button onClick={() => setDrawer(true)}>Open a drawer</Button>
        <Button onClick={() => toast('ok', 'The label is printed.')}>Say something</Button>
      </div>
      <Dialog title="Cancel this order?" open={dialog} onOpen={setDialog}>
        <p className="mb-4">Its freight goes back to the wallet.</p>
        <div className="flex justify-end gap-2">
          <Button onClick={() => setDialog(false)}>Keep it</Button>
          <Button look="danger" onClick={() => setDialog(false)}>
            Cancel the order
          </Button>
        </div>
      </Dialog>
      <Drawer title="Details" open={drawer} onOpen={setDrawer}>
        <p>What belongs to one row.</p>
      </Drawer>
      <Tabs
        label="Views"
        value={tab}
        onValue={setTab}
        tabs={[
          { id: 'a', label: 'Timeline', content: <p>Where it was.</p> },
          { id: 'b', label: 'Money', content: <p>What it cost.</p> },
        ]}
      />
    </>
  );
}
