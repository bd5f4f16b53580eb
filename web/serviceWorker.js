// The service worker: the client starts without a network, and its pages load. The build replaces BUILD by the name of the build and
// FILES by the paths of the files that it made, and serves this as /sw.js. src/session/lastSeen.ts keeps what members have seen.
const shell = `connections.shell.${BUILD}`;
const files = FILES;
// After this, a network that hangs counts as none.
const patience = 4000;

self.addEventListener('install', (event) => {
  // Hashed files come from the browser's cache, where the page has put most of them.
  const requests = [...files, '/config.json'].map(
    (path) => new Request(path, { cache: path.startsWith('/assets/') ? 'default' : 'no-cache' }),
  );
  event.waitUntil(caches.open(shell).then((cache) => cache.addAll(requests)));
});

// A new version takes over when no window of the old one is open, so that no window loses the files that it may still load.
self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      const old = (await caches.keys()).filter((name) => name.startsWith('connections.shell.') && name !== shell);
      await Promise.all(old.map((name) => caches.delete(name)));
      await self.registration.navigationPreload?.enable();
      await self.clients.claim();
    })(),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) {
    return;
  }

  if (request.mode === 'navigate') {
    // Other pages of the host are not the client's.
    if (!/^\/(api|dev|client|\.auth)(\/|$)/.test(pathname)) {
      event.respondWith(page(event));
    }
  } else if (pathname === '/config.json') {
    event.respondWith(config(event));
  } else if (files.includes(pathname)) {
    event.respondWith(caches.match(pathname, { cacheName: shell }).then((kept) => kept ?? fetch(request)));
  }
});

/** The newest page from the network; without one, the page of this build, which loads the files of this build. */
async function page(event) {
  try {
    return await inTime(Promise.resolve(event.preloadResponse).then((loaded) => loaded ?? fetch(event.request)));
  } catch {
    return (await caches.match('/', { cacheName: shell })) ?? Response.error();
  }
}

/** The configuration from the network; without one, the last one, marked as such. */
async function config({ request }) {
  const cache = await caches.open(shell);
  try {
    const answer = await inTime(fetch(request));
    if (answer.ok) {
      await cache.put('/config.json', answer.clone());
    }

    return answer;
  } catch {
    const kept = await cache.match('/config.json');
    return kept ? new Response(kept.body, { headers: { 'Content-Type': 'application/json', 'X-Offline': '1' } }) : Response.error();
  }
}

function inTime(answer) {
  return Promise.race([answer, new Promise((_, reject) => setTimeout(reject, patience))]);
}
