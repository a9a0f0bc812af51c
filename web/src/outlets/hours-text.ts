export type Span = { readonly opens: string; readonly closes: string };

const SPAN = /^(\d{1,2})(?::(\d\d))?[-–—](\d{1,2})(?::(\d\d))?$/;

/** Hours of one day as people write them: `8-12, 14:30-20`; nothing is a closed day. Undefined: these are no hours. */
export function spansOf(text: string): readonly Span[] | undefined {
  const spans: Span[] = [];
  for (const part of text.split(/[,，;；、]/)) {
    if (part.trim() === '') continue;
    const found = SPAN.exec(part.replaceAll(/\s/g, '').replaceAll('：', ':'));
    if (found === null) return undefined;
    const [opens, closes] = [clockOf(found[1], found[2]), clockOf(found[3], found[4])];
    if (opens === undefined || closes === undefined || opens >= closes) return undefined;
    spans.push({ opens, closes });
  }
  spans.sort((a, b) => (a.opens < b.opens ? -1 : 1));
  const overlap = spans.some((span, index) => index > 0 && span.opens < (spans[index - 1]?.closes ?? ''));
  return overlap ? undefined : spans;
}

function clockOf(hour = '', minute = '00'): string | undefined {
  const text = `${hour.padStart(2, '0')}:${minute}`;
  return Number(minute) < 60 && text <= '24:00' ? text : undefined;
}

export function textOfSpans(spans: readonly Span[]): string {
  return spans.map(({ opens, closes }) => `${opens}–${closes}`).join(', ');
}

/** Every date from the first to the last, both included; at most `most` of them. */
export function datesBetween(first: string, last: string, most: number): readonly string[] {
  const dates: string[] = [];
  const end = Date.parse(`${last}T00:00:00Z`);
  for (let at = Date.parse(`${first}T00:00:00Z`); at <= end && dates.length < most; at += 86_400_000)
    dates.push(new Date(at).toISOString().slice(0, 10));
  return dates;
}
