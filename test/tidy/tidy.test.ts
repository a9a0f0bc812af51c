import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

/** Lint as a test: the rules of the house that no linter knows (docs/ARCHITECTURE.md, sections 3 and 6). */
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SIDES = ['network', 'platform', 'connectors', 'server', 'sdk', 'web', 'simulation', 'bench', 'test'];
const GENERATED = new Set(['sdk/src/openapi.gen.ts', 'sdk/src/operations.gen.ts']);
const LEFT_OUT = /(^|\/)(node_modules|dist|planted)\//;

type Source = { readonly path: string; readonly text: string; readonly isTest: boolean };

function filesBelow(folder: string): string[] {
  const found = statSync(join(ROOT, folder), { throwIfNoEntry: false });
  if (found === undefined) return [];
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length))
    .filter((path) => !LEFT_OUT.test(path) && !GENERATED.has(path));
}

const files = SIDES.flatMap(filesBelow);
const sources: readonly Source[] = files
  .filter((path) => /\.(ts|tsx|mjs)$/.test(path))
  .map((path) => ({
    path,
    text: readFileSync(join(ROOT, path), 'utf8'),
    isTest: /\.(test|fixture)\.tsx?$/.test(path) || /^(test|bench)\//.test(path),
  }));
const product = sources.filter((source) => !source.isTest);
const linesOf = (text: string) => text.split('\n').length - 1;

/** `path:line` of every line of the files that matches. */
function placesOf(among: readonly Source[], pattern: RegExp): string[] {
  return among.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}`] : [])),
  );
}

it('there is something to look at', () => {
  expect(product.length).toBeGreaterThan(150);
  expect(sources.length - product.length).toBeGreaterThan(80);
});

describe('names and sizes', () => {
  it('no file is called after nothing', () => {
    const banned =
      /(^|[/.-])(utils?|helpers?|common|misc|managers?|services?|data|info)([.-][a-z]+)*\.(ts|tsx|mjs|sql)$/;
    expect(files.filter((path) => banned.test(path.replace(/\b\.data\.(ts|json)$/, '.$1')))).toEqual([]);
    expect(banned.test('network/tracking/date-util.ts') && banned.test('platform/http/helpers.test.ts')).toBe(
      true,
    );
    expect(banned.test('network/places/metadata.ts')).toBe(false);
  });

  it('no file is longer than 400 lines, no test longer than 700', () => {
    const long = sources.filter(({ text, isTest }) => linesOf(text) > (isTest ? 700 : 400));
    expect(long.map(({ path, text }) => `${path} has ${linesOf(text)}`)).toEqual([]);
  });

  it('the face of a module has at most 40 lines; of the kernel, whose words all others use, 80', () => {
    const faces = product.filter(({ path }) => /^(network|platform)\/[^/]+\/index\.ts$/.test(path));
    expect(faces.length).toBeGreaterThan(20);
    const wide = faces.filter(
      ({ path, text }) => linesOf(text) > (path.startsWith('network/kernel/') ? 80 : 40),
    );
    expect(wide.map(({ path }) => path)).toEqual([]);
    expect(placesOf(faces, /^export \*/)).toEqual([]);
  });

  it('every module says what it is for in a README', () => {
    const folders = ['network', 'platform'].flatMap((side) =>
      readdirSync(join(ROOT, side), { withFileTypes: true })
        .filter(
          (entry) => entry.isDirectory() && files.some((path) => path.startsWith(`${side}/${entry.name}/`)),
        )
        .map((entry) => `${side}/${entry.name}`),
    );
    expect(folders.filter((folder) => !files.includes(`${folder}/README.md`))).toEqual([]);
  });

  it('a module is one flat folder, with migrations at most', () => {
    const deep = files.filter((path) => /^(network|platform)\/[^/]+\/(?!migrations\/)[^/]+\//.test(path));
    expect(deep.filter((path) => path.endsWith('.ts'))).toEqual([]);
  });
});

describe('code', () => {
  it('nobody but platform/ reads a clock or draws a random number', () => {
    const bound = product.filter(({ path }) => !/^(platform|sdk|simulation|web)\//.test(path));
    const sources_ =
      /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\brandomUUID\b|\bperformance\.now\(|\bgetRandomValues\b|\bprocess\.hrtime\b/;
    expect(placesOf(bound, sources_)).toEqual([]);
    const kernel = bound.filter(({ path }) => path.startsWith('network/'));
    expect(
      placesOf(
        kernel,
        /\brandomBytes\b.*node:crypto|from 'node:(timers|worker_threads|child_process|net|http)'/,
      ),
    ).toEqual([]);
  });

  it('SQL stands in stores, and in platform/', () => {
    // The two questions of the server itself: which schema is this, and is there an operator.
    const exceptions = ['server/health.ts'];
    const elsewhere = product.filter(
      ({ path }) =>
        !path.startsWith('platform/') && !/(^|[/-])store\.ts$/.test(path) && !exceptions.includes(path),
    );
    expect(placesOf(elsewhere, /\bsql`/)).toEqual([]);
  });

  it('no SQL is put together from strings', () => {
    const stores = product.filter(
      ({ path }) => !/^platform\/(db|postgres)\//.test(path) && !/schema-dump|databases/.test(path),
    );
    // Only the `sql` tag makes statements; a statement in an ordinary template or a call of the driver is not.
    expect(
      placesOf(stores, /(?<!sql)`\s*(select|insert into|update [a-z_.]+ set|delete from)\s.*\$\{/i),
    ).toEqual([]);
    expect(placesOf(stores, /isSql:\s*true|\bas SqlQuery\b/)).toEqual([]);
    const network = stores.filter(({ path }) => path.startsWith('network/'));
    expect(placesOf(network, /from 'pg'/)).toEqual([]);
  });

  it('no test is left out or alone', () => {
    // What depends on the account of the operating system runs as root or as somebody else, never as both.
    const asAccount = 'platform/postgres/accounts.int.test.ts';
    const tests = sources.filter(
      ({ path }) => path.endsWith('.test.ts') && !path.startsWith('test/tidy/') && path !== asAccount,
    );
    expect(
      placesOf(
        tests,
        /\b(it|test|describe)(\.concurrent)?\.(only|skip|todo|skipIf|runIf)\b|\b(fit|xit|fdescribe|xdescribe)\(/,
      ),
    ).toEqual([]);
  });

  it('no page has the browser open an address of the API by itself: it would prove no device', () => {
    const opened = /\b(?:href|src)=(?:\{`|["'])\/v1\//;
    expect(opened.test('<img src={`/v1/returns/1`} />') && opened.test('<a href="/v1/x">')).toBe(true);
    expect(
      placesOf(
        sources.filter(({ path }) => path.startsWith('web/')),
        opened,
      ),
    ).toEqual([]);
  });

  it('nobody turns the type checker off', () => {
    expect(placesOf(product, /@ts-(ignore|nocheck|expect-error)/)).toEqual([]);
  });
});

describe('migrations', () => {
  const migrations = files.filter((path) => path.includes('/migrations/'));
  it('are called NNNN-words.sql, and no two share a number', () => {
    expect(migrations.length).toBeGreaterThan(10);
    expect(migrations.filter((path) => !/\/\d{4}-[a-z0-9-]+\.sql$/.test(path))).toEqual([]);
    const numbers = migrations.map((path) => /(\d{4})-/.exec(path)?.[1]);
    expect(new Set(numbers).size).toBe(numbers.length);
  });
});

describe('what is published', () => {
  const published = [
    ...sources.filter(({ path }) => !path.startsWith('test/tidy/')),
    ...[
      ...files,
      ...filesBelow('docs'),
      'README.md',
      'package.json',
      'biome.json',
      'tsconfig.json',
      'CONTRIBUTING.md',
    ]
      .filter((path) => /\.(md|json|sql|html|css|ya?ml)$/.test(path) && !path.endsWith('.data.json'))
      .filter((path) => statSync(join(ROOT, path), { throwIfNoEntry: false }) !== undefined)
      .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8'), isTest: false })),
  ];

  it('names no folder of somebody’s machine', () => {
    const folder = /(?<![\w.~})])\/(work|home|Users|mnt|workspace|builds)\/[A-Za-z0-9_.-]|[A-Z]:\\Users\\/;
    expect(placesOf(published, folder)).toEqual([]);
    const bare = ['', 'work', 'x'].join('/');
    expect(
      folder.test('"/home/anna/x"') && folder.test(`see ${bare}`) && !folder.test(`platform${bare}`),
    ).toBe(true);
  });

  it('names no host of a private network', () => {
    const host =
      /https?:\/\/[a-z0-9.-]+\.(internal|local|lan|corp|intra)\b|\/\/(npm|registry|mirror|proxy)\.[a-z0-9.-]+\//;
    // Tests of what must not be reached name such hosts on purpose.
    expect(
      placesOf(
        published.filter(({ isTest }) => !isTest),
        host,
      ),
    ).toEqual([]);
  });
});

describe('packages', () => {
  const read = (path: string) => JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
  const exact = /^(npm:(@[a-z0-9-]+\/)?[a-z0-9.-]+@)?\d+\.\d+\.\d+(-[a-z0-9.]+)?$/;

  it('have exact versions', () => {
    for (const path of ['package.json', 'sdk/package.json', 'web/package.json']) {
      if (statSync(join(ROOT, path), { throwIfNoEntry: false }) === undefined) continue;
      const json = read(path);
      for (const field of ['dependencies', 'devDependencies', 'optionalDependencies'])
        for (const [name, version] of Object.entries<string>(json[field] ?? {}))
          expect(version, `${path}: ${name}`).toMatch(exact);
    }
  });

  it('come from the registry alone, each with its digest, and the lock file names no host', () => {
    const lock = read('package-lock.json');
    expect(lock.lockfileVersion).toBe(3);
    const entries = Object.entries<Record<string, unknown>>(lock.packages);
    expect(entries.length).toBeGreaterThan(50);
    for (const [path, entry] of entries) {
      // What a package brings inside itself is covered by that package's digest.
      if (!path.includes('node_modules/') || entry.link === true || entry.inBundle === true) continue;
      expect(entry.integrity, path).toMatch(/^sha512-/);
      expect(entry.resolved, path).toBeUndefined();
      expect(entry.version, path).toMatch(/^\d+\.\d+\.\d+/);
    }
    expect(JSON.stringify(lock.packages)).not.toMatch(
      /git\+|"resolved":"(https?|file):|"version":"(git|https?|file):/,
    );
  });

  it('are locked as the manifests ask', () => {
    const [lock, own] = [read('package-lock.json').packages[''], read('package.json')];
    for (const field of ['dependencies', 'devDependencies', 'optionalDependencies'])
      expect(lock[field] ?? {}, field).toEqual(own[field] ?? {});
  });

  it('run a script at installation only where that is allowed by name', () => {
    const allowed = Object.keys(read('package.json').allowScripts ?? {});
    const scripted = Object.entries<Record<string, unknown>>(read('package-lock.json').packages)
      .filter(([, entry]) => entry.hasInstallScript === true && entry.optional !== true)
      .map(([path]) => path.replace(/^.*node_modules\//, ''));
    expect(scripted.filter((name) => !allowed.includes(name))).toEqual([]);
  });
});
