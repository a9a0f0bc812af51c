export type MenuItem = { readonly to: string; readonly label: string };

/** The item whose address is the longest beginning of the path. */
export function activeOf(items: readonly MenuItem[], path: string): string | undefined {
  return items
    .map((item) => item.to)
    .filter((to) => path === to || path.startsWith(`${to}/`))
    .sort((a, b) => b.length - a.length)[0];
}
