import { sentence } from './sentence.ts'

/** Why something was not done, for the person who did it. Other codes than those of the framework say it themselves. */
export function failureText(fault: unknown): string {
  const { code, message = String(fault) } = (fault ?? {}) as { readonly code?: unknown; readonly message?: string }
  switch (code) {
    case 'OUTCOME_UNKNOWN':
      return 'Nobody can say whether it arrived. Trying again will not repeat it.'
    case 'TIMEOUT':
    case 'DISCONNECTED':
      return 'There is no connection to the server. Try again when it is back.'
    case 'UNAVAILABLE':
    case 'OVERLOADED':
    case 'RATE_LIMITED':
      return 'The server is busy. Try again in a moment.'
    default:
      return sentence(message)
  }
}
