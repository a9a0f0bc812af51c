/** What the server takes: data of an SVG path in this box, 20,000 characters at most. */
export const BOX = { width: 1_000, height: 400 } as const;
const LONGEST = 19_000;
/** Points nearer than this add nothing that an eye sees. */
const NEAR = 6;

export type Point = readonly [x: number, y: number];

/** The strokes as path data; undefined when nothing was drawn that is more than a dot. */
export function pathOf(strokes: readonly (readonly Point[])[]): string | undefined {
  const parts = strokes.map(thin).filter((stroke) => stroke.length > 1);
  const path = parts
    .map(([first, ...rest]) => `M${at(first)}${rest.map((point) => ` L${at(point)}`).join('')}`)
    .join(' ');
  return path === '' || path.length > LONGEST ? undefined : path;
}

function at(point: Point | undefined): string {
  const [x, y] = point ?? [0, 0];
  const within = (value: number, limit: number) => Math.round(Math.min(limit, Math.max(0, value)));
  return `${within(x, BOX.width)} ${within(y, BOX.height)}`;
}

function thin(stroke: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (const point of stroke) {
    const last = kept.at(-1);
    if (last === undefined || Math.hypot(point[0] - last[0], point[1] - last[1]) >= NEAR) kept.push(point);
  }
  return kept;
}
