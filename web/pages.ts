// What the build makes of Vite's manifest: which files a face needs at once, its page, and whether it is light enough.

export type Manifest = Readonly<
  Record<
    string,
    {
      readonly file: string;
      readonly imports?: readonly string[];
      readonly dynamicImports?: readonly string[];
      readonly css?: readonly string[];
      readonly assets?: readonly string[];
    }
  >
>;
export type Closure = { readonly scripts: readonly string[]; readonly styles: readonly string[] };
/** Brotli bytes that a face needs before it shows itself. */
export type Size = { readonly face: string; readonly scriptBytes: number; readonly styleBytes: number };

/**
 * Script in brotli bytes, at most. The buyer's figure is a promise to slow phones (docs/performance.md); the others
 * keep us from growing without noticing.
 */
const BUDGET_BYTES: Readonly<Record<string, number>> = { buyer: 120_000 };
const BUDGET_OF_STAFF_BYTES = 260_000;

/** The files of some entries with all that they import at once; what is imported later is left out. */
export function closureOf(manifest: Manifest, entries: readonly string[]): Closure {
  const scripts = new Set<string>();
  const styles = new Set<string>();
  const visit = (name: string) => {
    const chunk = manifest[name];
    if (chunk === undefined) throw new Error(`the build has no ${name}`);
    if (scripts.has(chunk.file)) return;
    scripts.add(chunk.file);
    for (const css of chunk.css ?? []) styles.add(css);
    for (const needed of chunk.imports ?? []) visit(needed);
  };
  for (const entry of entries) visit(entry);
  return { scripts: [...scripts], styles: [...styles] };
}

const FACE = /^src\/[^/]+\/face\.tsx$/;

/** Everything that a face may ever ask for, so that it is there without a network; other faces are left out. */
export function reachOf(manifest: Manifest, face: string): readonly string[] {
  const files = new Set<string>();
  const seen = new Set<string>();
  const visit = (name: string) => {
    const chunk = manifest[name];
    if (seen.has(name) || chunk === undefined) return;
    seen.add(name);
    for (const file of [chunk.file, ...(chunk.css ?? []), ...(chunk.assets ?? [])]) files.add(file);
    for (const needed of [...(chunk.imports ?? []), ...(chunk.dynamicImports ?? [])])
      if (!FACE.test(needed) || needed === face) visit(needed);
  };
  visit('index.html');
  visit(face);
  return [...files];
}

/** The service worker of the field faces with what it keeps; its name changes with them. */
export function workerOf(template: string, files: readonly string[], version: string): string {
  return template
    .replace("'__FILES__'", files.map((file) => JSON.stringify(file)).join(', '))
    .replace('__VERSION__', version);
}

/** The page of a face: its files are asked for with the page, not one after the other. */
export function pageOf(template: string, closure: Closure, manifest?: string): string {
  const links = [
    ...(manifest === undefined ? [] : [{ file: manifest, rel: 'manifest' }]),
    ...closure.styles.map((file) => ({ file, rel: 'stylesheet' })),
    ...closure.scripts.map((file) => ({ file, rel: 'modulepreload' })),
  ]
    .filter(({ file }) => !template.includes(`"/${file}"`))
    .map(({ file, rel }) =>
      // A manifest is fetched without the cookie unless it is asked to; ours is the same for everybody.
      rel === 'manifest'
        ? `    <link rel="manifest" href="/${file}">\n`
        : `    <link rel="${rel}" crossorigin href="/${file}">\n`,
    );
  return template.replace(/[ ]*<\/head>/, `${links.join('')}  </head>`);
}

export function sizeOf(face: string, closure: Closure, bytes: ReadonlyMap<string, number>): Size {
  const sum = (files: readonly string[]) => files.reduce((total, file) => total + (bytes.get(file) ?? 0), 0);
  return { face, scriptBytes: sum(closure.scripts), styleBytes: sum(closure.styles) };
}

export function overBudget(sizes: readonly Size[]): string[] {
  return sizes.flatMap(({ face, scriptBytes }) => {
    const budget = BUDGET_BYTES[face] ?? BUDGET_OF_STAFF_BYTES;
    return scriptBytes > budget
      ? [`the face ${face} needs ${scriptBytes} bytes of compressed script at once; its budget is ${budget}`]
      : [];
  });
}
