/**
 * Lets this page open without a server from now on. Does nothing where the browser has no service workers, as on addresses
 * that are neither https nor this machine.
 */
export async function keepOffline(): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  await navigator.serviceWorker.register('/offline-worker.js')
  await controlled()
  // What was loaded before the worker took over: asked for once more, through it.
  const loaded = performance.getEntriesByType('resource').map(({ name }) => name)
  const files = loaded.filter((address) => address.startsWith(location.origin) && address.includes('/assets/'))
  await Promise.all([
    fetch(location.pathname, { headers: { accept: 'text/html' } }),
    ...files.map((file) => fetch(file)),
  ])
}

function controlled(): Promise<void> {
  const { serviceWorker } = navigator
  if (serviceWorker.controller) return Promise.resolve()
  return new Promise((resolve) => serviceWorker.addEventListener('controllerchange', () => resolve(), { once: true }))
}
