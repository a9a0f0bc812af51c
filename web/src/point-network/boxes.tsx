import { useWords } from '../ground/words.ts';
import { Checkbox } from '../kit/field.tsx';
import { GOODS, type GoodsClass, SERVICES, type Service } from '../outlets/parts.tsx';
import { OUTLET_WORDS } from '../outlets/words.ts';

export function ServiceBoxes({
  legend,
  value,
  onValue,
}: {
  readonly legend: string;
  readonly value: readonly Service[];
  readonly onValue: (value: readonly Service[]) => void;
}) {
  const t = useWords(OUTLET_WORDS);
  return (
    <fieldset className="grid content-start gap-1">
      <legend className="mb-1 text-sm font-medium">{legend}</legend>
      <div className="flex flex-wrap gap-x-5 gap-y-1">
        {SERVICES.map((one) => (
          <Checkbox
            key={one}
            label={t(`service.${one}`)}
            checked={value.includes(one)}
            onCheck={(is) => onValue(SERVICES.filter((two) => (two === one ? is : value.includes(two))))}
          />
        ))}
      </div>
    </fieldset>
  );
}

export function GoodsBoxes({
  value,
  onValue,
}: {
  readonly value: readonly GoodsClass[];
  readonly onValue: (value: readonly GoodsClass[]) => void;
}) {
  const t = useWords(OUTLET_WORDS);
  return (
    <fieldset className="grid content-start gap-1">
      <legend className="mb-1 text-sm font-medium">{t('goods')}</legend>
      <div className="flex flex-wrap gap-x-5 gap-y-1">
        {GOODS.map((one) => (
          <Checkbox
            key={one}
            label={t(`class.${one}`)}
            checked={value.includes(one)}
            onCheck={(is) => onValue(GOODS.filter((two) => (two === one ? is : value.includes(two))))}
          />
        ))}
      </div>
    </fieldset>
  );
}
