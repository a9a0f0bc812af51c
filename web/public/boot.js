// Runs before the first paint, so that a chosen theme does not flash; and hands the page's nonce to packages that
// insert a style element (they look for this name).
(() => {
  const nonce = document.querySelector('meta[name="style-nonce"]');
  if (nonce) window.__webpack_nonce__ = nonce.content;
  try {
    const theme = localStorage.getItem('postroad-theme');
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
    const language = localStorage.getItem('postroad-language') || navigator.language;
    document.documentElement.lang = language.startsWith('zh') ? 'zh' : 'en';
  } catch {
    // Storage can be forbidden: the system's theme and language hold.
  }
})();
