import type { RequestFailure, RequestsOf, RoomsOf } from '@millrace/contract'
import type { chat } from '../contract.ts'

type Sending = RequestsOf<RoomsOf<typeof chat>['conversation']>['message.send']

/** Why a message was not sent, for its author. */
export function failureText(error: RequestFailure<Sending>): string {
  switch (error.code) {
    case 'SLOW_MODE':
      return `Too many messages at once. Try again in ${Math.ceil(error.data.waitMs / 1_000)} s.`
    case 'OUTCOME_UNKNOWN':
      return 'Nobody can say whether it arrived. Trying again will not repeat it.'
    case 'TIMEOUT':
    case 'DISCONNECTED':
      return 'Not sent: there was no connection.'
    case 'UNAVAILABLE':
    case 'OVERLOADED':
    case 'RATE_LIMITED':
      return 'Not sent: the server is busy. Try again in a moment.'
    default:
      return `Not sent: ${error.message}`
  }
}
