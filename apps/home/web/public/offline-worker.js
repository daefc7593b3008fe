// Plain JavaScript: browsers run it as it is, under this very address, and its scope is every demo.

/**
 * Lets the demos open without a server: pages come from the network where there is one, and otherwise as they were seen last.
 * Files under `assets` are named after what they hold, so that a copy is as good as the original.
 */
const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (globalThis))
const store = 'millrace pages 1'
/** Copies that are kept; the oldest go first. A release is about a dozen files per demo. */
const maxCopies = 200

worker.addEventListener('install', () => void worker.skipWaiting())
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()))
worker.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== worker.location.origin) return
  if (pathname.includes('/assets/')) event.respondWith(fromCopies(request))
  else if (isPage(request)) event.respondWith(fromNetwork(request))
})

/** @param {Request} request */
function isPage(request) {
  // `keepOffline` of the pages asks with a plain fetch.
  return request.mode === 'navigate' || request.headers.get('accept') === 'text/html'
}

/** @param {Request} request */
async function fromCopies(request) {
  const copies = await caches.open(store)
  return (await copies.match(request)) ?? keep(copies, request, await fetch(request))
}

/** @param {Request} request */
async function fromNetwork(request) {
  const copies = await caches.open(store)
  try {
    return await keep(copies, request, await fetch(request))
  } catch (error) {
    // The query is the application's own business; the page is the same.
    const copy = await copies.match(request, { ignoreSearch: true })
    if (copy) return copy
    throw error
  }
}

/**
 * @param {Cache} copies
 * @param {Request} request
 * @param {Response} response
 */
async function keep(copies, request, response) {
  if (!response.ok) return response
  await copies.put(request, response.clone())
  const kept = await copies.keys()
  await Promise.all(kept.slice(0, Math.max(0, kept.length - maxCopies)).map((old) => copies.delete(old)))
  return response
}
