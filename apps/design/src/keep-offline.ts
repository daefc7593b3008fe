/**
 * Lets this page open without a server from now on. Does nothing where the browser has no service workers, as on addresses
 * that are neither https nor this machine.
 */
export async function keepOffline(): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  await navigator.serviceWorker.register('/offline-worker.js')
  await controlled()
  keepFiles()
  await fetch(location.pathname, { headers: { accept: 'text/html' } })
}

function controlled(): Promise<void> {
  const { serviceWorker } = navigator
  if (serviceWorker.controller) return Promise.resolve()
  return new Promise((resolve) => serviceWorker.addEventListener('controllerchange', () => resolve(), { once: true }))
}

/**
 * What was loaded, or still is, before the worker took over went past it: asked for once more, through it. That makes an
 * entry too, as does what the worker has already; each file is asked for once.
 */
function keepFiles(): void {
  const known = new Set<string>()
  const observer = new PerformanceObserver((list) => {
    for (const { name } of list.getEntries()) {
      if (known.has(name) || !name.startsWith(location.origin) || !name.includes('/assets/')) continue
      known.add(name)
      // The server is away, as the page says by itself. Not tried again: a failure makes an entry too.
      fetch(name).catch(() => undefined)
    }
  })
  observer.observe({ type: 'resource', buffered: true })
}
