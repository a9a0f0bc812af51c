/** What `<input type="datetime-local">` holds, in the reader's zone, as an instant of the API; undefined when empty. */
export function instantOf(local: string): string | undefined {
  const at = local === '' ? undefined : new Date(local);
  return at === undefined || Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}

/** An instant for `<input type="datetime-local">`, to the minute. */
export function localOf(at: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}
