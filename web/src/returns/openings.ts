type Opening = { readonly day: number; readonly opens: string; readonly closes: string };
/** Days of the week, ISO 1 Monday .. 7 Sunday, that have the same hours. */
export type Openings = { readonly from: number; readonly to: number; readonly hours: readonly string[] };

/** The week as people write it on a door: days that follow each other with the same hours are one line. */
export function openingsOf({ hours }: { readonly hours: readonly Opening[] }): readonly Openings[] {
  const lines: Openings[] = [];
  for (let day = 1; day <= 7; day += 1) {
    const open = hours
      .filter((one) => one.day === day)
      .toSorted((a, b) => a.opens.localeCompare(b.opens))
      .map(({ opens, closes }) => `${opens} – ${closes}`);
    const last = lines.at(-1);
    if (last !== undefined && last.hours.join() === open.join())
      lines[lines.length - 1] = { ...last, to: day };
    else lines.push({ from: day, to: day, hours: open });
  }
  return lines;
}
