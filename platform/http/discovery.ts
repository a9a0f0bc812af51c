import type { Route } from './route.ts';

/**
 * What the addresses below a prefix, and the prefix itself, tell whoever asks with OPTIONS: `headers` besides the methods
 * that they take. Anybody may ask.
 */
export type Discovery = {
  readonly prefix: string;
  /** Of openapi.json. */
  readonly tag: string;
  readonly headers: Readonly<Record<string, string>>;
};

export function discoveryAt(discoveries: readonly Discovery[], path: string): Discovery | undefined {
  return discoveries.find(({ prefix }) => path === prefix || path.startsWith(`${prefix}/`));
}

/** Paths of routes that tell something, and the prefixes themselves, each once. */
export function discoveredPaths(
  routes: readonly Route[],
  discoveries: readonly Discovery[],
): readonly string[] {
  const paths = routes.map(({ path }) => path).filter((path) => discoveryAt(discoveries, path) !== undefined);
  return [...new Set([...discoveries.map(({ prefix }) => prefix), ...paths])];
}
