// Opens the faces of the field without a network: their pages and files are kept, the API is not (what it said is kept
// by the page itself, and wiped at the log-out). web/build.main.ts fills in the lists and their version.
const FILES = ['__FILES__'];
const CACHE = 'postroad-field-__VERSION__';
const OURS = 'postroad-field-';
const PAGES = ['__PAGES__'];
/** A network that hardly answers is none. */
const PATIENCE_MS = 4_000;

const homeOf = (path) => PAGES.find((page) => path === page || path.startsWith(`${page}/`));
/** The registration is for one face: it keeps the page of that one. */
const home = () => homeOf(new URL(self.registration.scope).pathname);

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches.open(CACHE).then(async (cache) => {
      await cache.addAll([...FILES.map((file) => `/${file}`), '/boot.js']);
      const page = home();
      if (page !== undefined) await cache.add(page);
    }),
  );
});

// A new version waits until no page of the old one is open: nobody loses a screen in the middle of his round.
self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(
          names.filter((name) => name.startsWith(OURS) && name !== CACHE).map((name) => caches.delete(name)),
        ),
      )
      .then(() => self.clients.claim()),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  const page = request.mode === 'navigate' ? homeOf(pathname) : undefined;
  if (page !== undefined) event.respondWith(pageFor(request, page));
  else if (pathname.startsWith('/assets/') || pathname === '/boot.js') event.respondWith(fileFor(request));
});

/** The server's page, which may be newer; the kept one when there is no answer in time. */
async function pageFor(request, page) {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (answer.status < 500) return answer;
  } catch {
    // no network
  }
  return (await caches.match(page)) ?? Response.error();
}

async function fileFor(request) {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}
