import { chromium, type Browser } from 'playwright-core'

const args = [
  // Root in a container has none.
  '--no-sandbox',
  '--disable-gpu',
  // Nothing here is to be looked up, fetched or tried beyond this machine.
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/**
 * A real, headless Chromium that talks to this machine only.
 *
 * @param executablePath Default: `MILLRACE_CHROMIUM`, as the tests of this repository find it.
 */
export function launchChromium(executablePath = process.env.MILLRACE_CHROMIUM ?? ''): Promise<Browser> {
  return chromium.launch({ executablePath, args })
}
