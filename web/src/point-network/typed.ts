/** A field that may be left empty, as a part of a body: nothing, or the number. */
export function numberOf<Name extends string>(name: Name, text: string): { readonly [Key in Name]?: number } {
  return (text.trim() === '' ? {} : { [name]: Number(text) }) as { readonly [Key in Name]?: number };
}

/** Lines of a text without those that are empty. */
export function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
