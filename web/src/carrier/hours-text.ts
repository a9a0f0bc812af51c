type Span = { readonly from_hour: number; readonly to_hour: number };

/** Hours of one day as people write them: `8-12, 14-20`; nothing is a closed day. Undefined: these are no hours. */
export function hoursOf(text: string): readonly Span[] | undefined {
  const spans: Span[] = [];
  for (const part of text.split(/[,，;]/)) {
    if (part.trim() === '') continue;
    const found = /^(\d{1,2})(?::00)?[-–—](\d{1,2})(?::00)?$/.exec(part.replaceAll(/\s/g, ''));
    const [from_hour, to_hour] = [Number(found?.[1]), Number(found?.[2])];
    if (found === null || from_hour >= to_hour || to_hour > 24) return undefined;
    spans.push({ from_hour, to_hour });
  }
  spans.sort((a, b) => a.from_hour - b.from_hour);
  const overlap = spans.some((span, index) => index > 0 && span.from_hour < (spans[index - 1]?.to_hour ?? 0));
  return overlap ? undefined : spans;
}

export function textOfHours(spans: readonly Span[]): string {
  return spans.map((span) => `${span.from_hour}-${span.to_hour}`).join(', ');
}

/** Every date from the first to the last, both included; at most `most` of them. */
export function datesBetween(first: string, last: string, most: number): readonly string[] {
  const dates: string[] = [];
  for (
    let at = Date.parse(`${first}T00:00:00Z`);
    at <= Date.parse(`${last}T00:00:00Z`) && dates.length < most;
    at += 86_400_000
  )
    dates.push(new Date(at).toISOString().slice(0, 10));
  return dates;
}
