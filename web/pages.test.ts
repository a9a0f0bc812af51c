import { expect, test } from 'vitest';
import { closureOf, overBudget, pageOf, reachOf, sizeOf, workerOf } from './pages.ts';

const MANIFEST = {
  'index.html': { file: 'a/main.js', imports: ['_react.js'], css: ['a/look.css'] },
  'src/shop/face.tsx': { file: 'a/shop.js', imports: ['_react.js', '_kit.js'] },
  '_react.js': { file: 'a/react.js' },
  'src/words/kit.en.ts': { file: 'a/words.en.js' },
  'src/words/kit.zh.ts': { file: 'a/words.zh.js' },
  '_kit.js': {
    file: 'a/kit.js',
    dynamicImports: ['src/words/kit.en.ts', 'src/words/kit.zh.ts', 'src/later.tsx'],
    imports: ['index.html'],
    css: ['a/kit.css'],
  },
  'src/later.tsx': { file: 'a/later.js' },
};

test('a face needs its own files and all that they import at once, each counted once', () => {
  const closure = closureOf(MANIFEST, ['index.html', 'src/shop/face.tsx']);
  expect(closure).toEqual({
    scripts: ['a/main.js', 'a/react.js', 'a/shop.js', 'a/kit.js'],
    styles: ['a/look.css', 'a/kit.css'],
    words: { en: ['a/words.en.js'], zh: ['a/words.zh.js'] },
  });
  const bytes = new Map([...closure.scripts, ...closure.styles, 'a/later.js'].map((file) => [file, 10]));
  expect(sizeOf('shop', closure, bytes)).toEqual({ face: 'shop', scriptBytes: 40, styleBytes: 20 });
  expect(() => closureOf(MANIFEST, ['src/missing.tsx'])).toThrow('src/missing.tsx');
});

const NO_WORDS = { en: [], zh: [] };

test('the page asks for what its template does not', () => {
  const page = pageOf('<head><script src="/a/main.js"></script></head>', {
    scripts: ['a/main.js', 'a/shop.js'],
    styles: ['a/look.css'],
    words: NO_WORDS,
  });
  expect(page.match(/href="[^"]+"/g)).toEqual(['href="/a/look.css"', 'href="/a/shop.js"']);
});

test('the page names words and first reads before the script that asks for them, and holds the first view', () => {
  const page = pageOf(
    '<head><meta name="style-nonce" content="x"><script src="/boot.js"></script></head><div id="root"></div>',
    { scripts: [], styles: [], words: { en: ['a/kit.en.js', 'a/shop.en.js'], zh: ['a/kit.zh.js'] } },
    { early: { '*': ['/v1/me'], '/shop': ['/v1/x?a=1&b=2', '/v1/y'] }, firstView: '<p id="first-view"></p>' },
  );
  const metas = [...page.matchAll(/<meta name="([^"]+)" content="([^"]*)">/g)].map(([, ...found]) => found);
  expect(metas).toEqual([
    ['words-en', '/a/kit.en.js /a/shop.en.js'],
    ['words-zh', '/a/kit.zh.js'],
    ['early *', '/v1/me'],
    ['early /shop', '/v1/x?a=1&amp;b=2 /v1/y'],
    ['style-nonce', 'x'],
  ]);
  expect(page.indexOf('early /shop')).toBeLessThan(page.indexOf('/boot.js'));
  // The style that hides it looks for the root right before it.
  expect(page).toContain('<div id="root"></div><p id="first-view"></p>');
});

test('a face over its budget is named', () => {
  const size = (face: string, scriptBytes: number) => ({ face, scriptBytes, styleBytes: 0 });
  expect(overBudget([size('buyer', 120_000), size('merchant', 260_000)])).toEqual([]);
  expect(overBudget([size('buyer', 120_001), size('merchant', 260_001)])).toHaveLength(2);
});

test('what a field face keeps reaches everything it may ask for, and no other face', () => {
  const manifest = {
    'index.html': {
      file: 'a/main.js',
      css: ['a/look.css'],
      dynamicImports: ['src/shop/face.tsx', 'src/van/face.tsx'],
    },
    'src/shop/face.tsx': { file: 'a/shop.js' },
    'src/van/face.tsx': { file: 'a/van.js', imports: ['_kit.js'], dynamicImports: ['src/van/camera.tsx'] },
    'src/van/camera.tsx': { file: 'a/camera.js', assets: ['a/sound.mp3'] },
    '_kit.js': { file: 'a/kit.js', imports: ['index.html'] },
  };
  expect([...reachOf(manifest, 'src/van/face.tsx')].sort()).toEqual([
    ...['a/camera.js', 'a/kit.js', 'a/look.css', 'a/main.js', 'a/sound.mp3', 'a/van.js'],
  ]);
});

test('the worker has its lists and version, the page its manifest', () => {
  const worker = workerOf(
    "const FILES = ['__FILES__']; const PAGES = ['__PAGES__']; const V = 'x-__VERSION__';",
    { pages: ['/van', '/desk'], files: ['a/b.js', 'c.css'] },
    '7f',
  );
  expect(worker).toBe(
    `const FILES = ["a/b.js", "c.css"]; const PAGES = ["/van", "/desk"]; const V = 'x-7f';`,
  );
  const page = pageOf(
    '<head></head>',
    { scripts: [], styles: [], words: NO_WORDS },
    { manifest: 'van.webmanifest' },
  );
  expect(page).toContain('<link rel="manifest" href="/van.webmanifest">');
});
