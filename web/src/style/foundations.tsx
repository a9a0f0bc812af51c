import { Card } from '../kit/page.tsx';
import { Badge, Notice, Shape, Status, type Tone } from '../kit/status.tsx';

const TONES: readonly (readonly [Tone, string])[] = [
  ['ok', 'Delivered'],
  ['move', 'On the way'],
  ['warn', 'Late'],
  ['bad', 'Lost'],
  ['idle', 'Waiting'],
];
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
  return (
    <>
      <Card title="Type">
        <p className="text-2xl font-semibold tracking-tight">30 A road of milestones 里程碑之路</p>
        <p className="text-xl font-semibold">22 Title of a screen 页面标题</p>
        <p className="text-lg font-semibold">17 Title of a card 卡片标题</p>
        <p className="text-base">14 Text, with tabular figures: 1,234.50 € / 1,111.10 € 正文</p>
        <p className="text-sm text-soft">13 Hints and times 提示与时间</p>
        <p className="text-xs text-soft">12 Small print 小字</p>
        <p className="caption">11 Caption of a column</p>
        <p className="number">PRE00000001238 · shp_01jd8m3q</p>
      </Card>
      <Card title="Colour">
        <ul className="flex flex-wrap gap-3">
          {SWATCHES.map(([swatch, name]) => (
            <li key={name} className="grid justify-items-center gap-1 text-xs">
              <span className={`size-14 rounded-md border border-line ${swatch}`} />
              {name}
            </li>
          ))}
        </ul>
      </Card>
      <Card title="Status: colour and shape">
        <div className="mb-3 flex flex-wrap gap-2">
          {TONES.map(([tone, text]) => (
            <Status key={tone} tone={tone}>
              {text}
            </Status>
          ))}
          <Badge>Test world</Badge>
        </div>
        <div className="mb-3 flex gap-3">
          {TONES.map(([tone]) => (
            <Shape key={tone} tone={tone} size={18} />
          ))}
        </div>
        <div className="grid gap-2">
          {TONES.map(([tone]) => (
            <Notice key={tone} tone={tone}>
              A sentence that must be read, with an <a href="/style">anchor to follow</a>.
            </Notice>
          ))}
        </div>
      </Card>
    </>
  );
}
