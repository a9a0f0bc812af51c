import { useWords } from '../ground/words.ts';
import { Card } from '../kit/page.tsx';
import { Badge, Notice, Shape, Status, type Tone } from '../kit/status.tsx';
import { STYLE_WORDS } from './words.ts';

const TONES = ['ok', 'move', 'warn', 'bad', 'idle'] as const satisfies readonly Tone[];
const SWATCHES = [
  ['bg-ground', 'ground'],
  ['bg-card', 'card'],
  ['bg-sunk', 'sunk'],
  ['bg-accent', 'accent'],
  ['bg-accent-soft', 'accent-soft'],
  ['bg-line', 'line'],
  ['bg-edge', 'edge'],
] as const;

export function Foundations() {
  const t = useWords(STYLE_WORDS);
  return (
    <>
      <Card title={t('type')}>
        <p className="text-2xl font-semibold tracking-tight">{t('type.display')}</p>
        <p className="text-xl font-semibold">{t('type.screen')}</p>
        <p className="text-lg font-semibold">{t('type.card')}</p>
        <p className="text-base">{t('type.text')}</p>
        <p className="text-sm text-soft">{t('type.hint')}</p>
        <p className="text-xs text-soft">{t('type.small')}</p>
        <p className="caption">{t('type.caption')}</p>
        <p className="number">PRE00000001238 · shp_01jd8m3q</p>
      </Card>
      <Card title={t('colour')}>
        <ul className="flex flex-wrap gap-3">
          {SWATCHES.map(([swatch, name]) => (
            <li key={name} className="grid justify-items-center gap-1 text-xs">
              <span className={`size-14 rounded-md border border-line ${swatch}`} />
              {name}
            </li>
          ))}
        </ul>
      </Card>
      <Card title={t('status')}>
        <div className="mb-3 flex flex-wrap gap-2">
          {TONES.map((tone) => (
            <Status key={tone} tone={tone}>
              {t(`tone.${tone}`)}
            </Status>
          ))}
          <Badge>{t('status.badge')}</Badge>
        </div>
        <div className="mb-3 flex gap-3">
          {TONES.map((tone) => (
            <Shape key={tone} tone={tone} size={18} />
          ))}
        </div>
        <div className="grid gap-2">
          {TONES.map((tone) => (
            <Notice key={tone} tone={tone}>
              {t('status.notice')} <a href="/style">{t('status.anchor')}</a>
            </Notice>
          ))}
        </div>
      </Card>
    </>
  );
}
