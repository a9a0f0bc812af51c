import { useAddressChoice } from '../ground/address.ts';
import { useWords } from '../ground/words.ts';
import { Field, Select } from '../kit/field.tsx';
import { HANDOVER_STATES } from '../parcels/states.tsx';
import { PARCEL_WORDS } from '../parcels/words.ts';

const SHOWN = ['all', ...HANDOVER_STATES] as const;

/** Which states of handovers or bags are listed: it stands in the address, with the field that changes it. */
export function useStateChoice() {
  const p = useWords(PARCEL_WORDS);
  const [shown, setShown] = useAddressChoice('state', SHOWN);
  const field = (
    <div className="screen-only mb-3 max-w-64">
      <Field label={p('filter.state')}>
        <Select
          value={shown}
          onChoice={setShown}
          choices={SHOWN.map((one) => ({
            value: one,
            label: one === 'all' ? p('filter.all') : p(`handover.state.${one}`),
          }))}
        />
      </Field>
    </div>
  );
  return { shown, field };
}
