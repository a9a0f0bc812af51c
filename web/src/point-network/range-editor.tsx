import { useState } from 'react';
import { fieldErrors } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Choices, Field, Input, Textarea } from '../kit/field.tsx';
import { Card } from '../kit/page.tsx';
import { SitePlan } from '../kit/site-plan.tsx';
import { Failure } from '../kit/states.tsx';
import { OutletRange } from '../outlets/outlet-record.tsx';
import type { Outlet } from '../outlets/parts.tsx';
import { ringOf, textOfRing } from '../outlets/range-text.ts';
import { OUTLET_WORDS } from '../outlets/words.ts';
import { useChangeOutlet } from './change.ts';
import { OUTLET_DESK_WORDS } from './words.ts';

/** Whom an outlet serves; what is typed is drawn before it is saved. */
export function RangeEditor({ outlet }: { readonly outlet: Outlet }) {
  const t = useWords(OUTLET_DESK_WORDS);
  const [isEdited, setEdited] = useState(false);
  if (isEdited) return <Editor outlet={outlet} onDone={() => setEdited(false)} />;
  return (
    <OutletRange
      outlet={outlet}
      actions={<Button onClick={() => setEdited(true)}>{t('range.edit')}</Button>}
    />
  );
}

const KINDS = ['everybody', 'divisions', 'polygon'] as const;

function Editor({ outlet, onDone }: { readonly outlet: Outlet; readonly onDone: () => void }) {
  const t = useWords(OUTLET_DESK_WORDS);
  const o = useWords(OUTLET_WORDS);
  const { range } = outlet;
  const [kind, setKind] = useState<(typeof KINDS)[number]>(
    range === undefined ? 'everybody' : range.ring === undefined ? 'divisions' : 'polygon',
  );
  const [codes, setCodes] = useState((range?.codes ?? []).join(', '));
  const [corners, setCorners] = useState(textOfRing(range?.ring ?? []));
  const ring = ringOf(corners);
  const act = useChangeOutlet(outlet, onDone);
  const errors = fieldErrors(act.error);
  const save = () => {
    if (kind === 'everybody') act.mutate({ range: null });
    else if (kind === 'divisions')
      act.mutate({ range: { kind, codes: codes.split(/[\s,，]+/).filter((one) => one !== '') } });
    else if (ring !== undefined) act.mutate({ range: { kind, ring: [...ring] } });
  };
  return (
    <Card title={t('range.edit')}>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Choices
          legend={t('range.kind')}
          value={kind}
          onChoice={setKind}
          choices={KINDS.map((one) => ({ value: one, label: t(`range.kind.${one}`) }))}
        />
        {kind === 'divisions' && (
          <Field
            label={t('range.codes')}
            hint={t('range.codes_hint')}
            error={errors['/range/codes'] ?? errors['/range/codes/0']}
          >
            <Input mono required value={codes} onText={setCodes} />
          </Field>
        )}
        {kind === 'polygon' && (
          <div className="grid gap-4 lg:grid-cols-[20rem_1fr]">
            <Field
              label={t('range.ring')}
              hint={t('range.ring_hint')}
              error={
                corners.trim() !== '' && ring === undefined ? t('range.ring_wrong') : errors['/range/ring']
              }
            >
              <Textarea mono required rows={12} value={corners} onText={setCorners} spellCheck={false} />
            </Field>
            <SitePlan
              label={o('range.map')}
              points={[{ id: outlet.id, tone: 'ok', ...outlet.position }]}
              ring={ring ?? []}
            />
          </div>
        )}
        {act.error && <Failure error={act.error} />}
        <span className="grid sm:justify-start">
          <Button type="submit" look="primary" busy={act.isPending}>
            {t('range.save')}
          </Button>
        </span>
      </form>
    </Card>
  );
}
