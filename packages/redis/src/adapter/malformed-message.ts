/** A message of the adapter's channels that is none, or none to act on. It is counted, not reported. */
export class MalformedMessage extends Error {
  constructor(reason: string) {
    super(`a message of the Socket.IO adapter ${reason}; see who else publishes on its channels`)
  }
}
