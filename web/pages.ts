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
export type Closure = {
  readonly scripts: readonly string[];
  readonly styles: readonly string[];
  /** Catalogues of words that these scripts ask for, by language. */
  readonly words: Readonly<Record<Language, readonly string[]>>;
};
export type Language = (typeof LANGUAGES)[number];
/** What a page holds besides the files of its face. */
export type PageParts = {
  /** File of a field face's web app manifest. */
  readonly manifest?: string;
  /** Reads of the face's first screen, by the address that shows it; `*` is every address of the face. */
  readonly early?: Readonly<Record<string, readonly string[]>>;
  /** What is seen until the scripts have drawn the real thing; look.css hides it then. */
  readonly firstView?: string;
};
/** Brotli bytes that a face needs before it shows itself. */
export type Size = { readonly face: string; readonly scriptBytes: number; readonly styleBytes: number };

/**
 * Script in brotli bytes, at most. The buyer's figure is a promise to slow phones (docs/performance.md); the others
 * keep us from growing without noticing.
 */
const BUDGET_BYTES: Readonly<Record<string, number>> = { buyer: 120_000, returns: 120_000, mailing: 120_000 };
const BUDGET_OF_STAFF_BYTES = 260_000;

const LANGUAGES = ['en', 'zh'] as const;

/** The files of some entries with all that they import at once; what is imported later is left out, but for words. */
export function closureOf(manifest: Manifest, entries: readonly string[]): Closure {
  const scripts = new Set<string>();
  const styles = new Set<string>();
  const later = new Set<string>();
  const visit = (name: string) => {
    const chunk = manifest[name];
    if (chunk === undefined) throw new Error(`the build has no ${name}`);
    if (scripts.has(chunk.file)) return;
    scripts.add(chunk.file);
    for (const css of chunk.css ?? []) styles.add(css);
    for (const name of chunk.dynamicImports ?? []) later.add(name);
    for (const needed of chunk.imports ?? []) visit(needed);
  };
  for (const entry of entries) visit(entry);
  const wordsIn = (language: Language) =>
    [...later].filter((name) => name.endsWith(`.${language}.ts`)).map((name) => manifest[name]?.file ?? name);
  return {
    scripts: [...scripts],
    styles: [...styles],
    words: { en: wordsIn('en'), zh: wordsIn('zh') },
  };
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

/** The service worker of the field faces with their pages and what it keeps; its name changes with them. */
export function workerOf(
  template: string,
  lists: { readonly pages: readonly string[]; readonly files: readonly string[] },
  version: string,
): string {
  const listOf = (words: readonly string[]) => words.map((word) => JSON.stringify(word)).join(', ');
  return template
    .replace("'__FILES__'", listOf(lists.files))
    .replace("'__PAGES__'", listOf(lists.pages))
    .replace('__VERSION__', version);
}

/**
 * The page of a face: its files are asked for with the page, not one after the other. Words and first reads hang on the
 * reader's language and on the address: public/boot.js asks for them.
 */
export function pageOf(template: string, closure: Closure, parts: PageParts = {}): string {
  const links = [
    ...(parts.manifest === undefined ? [] : [{ file: parts.manifest, rel: 'manifest' }]),
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
  const words = LANGUAGES.filter((language) => closure.words[language].length > 0).map((language) =>
    metaOf(`words-${language}`, closure.words[language].map((file) => `/${file}`).join(' ')),
  );
  const early = Object.entries(parts.early ?? {}).map(([address, paths]) =>
    metaOf(`early ${address}`, paths.join(' ')),
  );
  return (
    template
      // Before the script that reads them.
      .replace('<meta name="style-nonce"', `${[...words, ...early].join('')}<meta name="style-nonce"`)
      .replace(/[ ]*<\/head>/, `${links.join('')}  </head>`)
      .replace('<div id="root"></div>', `<div id="root"></div>${parts.firstView ?? ''}`)
  );
}

function metaOf(name: string, content: string): string {
  return `<meta name="${name}" content="${content.replaceAll('&', '&amp;')}">\n    `;
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
