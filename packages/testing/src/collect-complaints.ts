import type { ConsoleMessage, Page } from 'playwright-core'

export interface ComplaintOptions {
  /** Which lines of the console count. Default: errors and warnings. */
  readonly levels?: readonly ('error' | 'warning')[]
  /** What a browser says by itself in such a test, for example that a server cannot be reached. Default: nothing. */
  readonly isExpected?: (message: ConsoleMessage) => boolean
}

/** Grows while the page complains: errors that nobody caught, lines of its console, and breaches of its security policy. */
export function collectComplaints(page: Page, options: ComplaintOptions = {}): readonly string[] {
  const { levels = ['error', 'warning'], isExpected = () => false } = options
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    const isHeard = (levels as readonly string[]).includes(message.type())
    if (isHeard && !isExpected(message)) complaints.push(message.text())
  })
  return complaints
}

/** A server that is away, as a browser reports it. */
export function isServerAway(message: ConsoleMessage): boolean {
  return /ERR_|WebSocket/.test(message.text())
}
