// Runs before the first paint and long before the faces' scripts are here. A chosen theme does not flash; packages that
// insert a style element find the page's nonce (they look for this name); and what the first screen waits for is asked
// for now, because only here are language and address known: its words, and its first reads (src/ground/early.ts).
(() => {
  const contentOf = (name) => document.querySelector(`meta[name="${name}"]`)?.content ?? '';
  const listOf = (name) => contentOf(name).split(' ').filter(Boolean);
  const stored = (name) => {
    try {
      return localStorage.getItem(name);
    } catch {
      return null; // Storage can be forbidden: the system's theme and language hold.
    }
  };
  window.__webpack_nonce__ = contentOf('style-nonce');
  const theme = stored('postroad-theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  // As src/ground/language.ts chooses.
  const tag = [stored('postroad-language') ?? '', ...navigator.languages].find((one) =>
    /^(en|zh)(-|$)/.test(one),
  );
  const language = tag?.slice(0, 2) ?? 'en';
  document.documentElement.lang = language;
  for (const href of listOf(`words-${language}`))
    document.head.append(Object.assign(document.createElement('link'), { rel: 'modulepreload', href }));

  const early = {};
  const ask = (path, more) => {
    const { method = 'GET' } = more ?? {};
    early[`${method} ${path}`] = fetch(path, more);
    // Whoever takes the answer hears of its failure.
    early[`${method} ${path}`].catch(() => undefined);
  };
  for (const path of [...listOf('early *'), ...listOf(`early ${location.pathname}`)]) ask(path);
  const link = /^\/t\/([^/%]+)\/?$/.exec(location.pathname);
  if (link !== null)
    ask('/v1/track', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: link[1] }),
    });
  window.postroadEarly = early;
})();
