import type { DocumentProtocol } from './document-session.ts'

/** Updates, and nothing else. */
export const relayProtocol: DocumentProtocol = {
  acknowledges: false,
  path: (token, document) => `/${document}?token=${token}`,
  open: ({ send, listener }) => ({
    opened() {},
    receivedText: () => listener.joined([]),
    receivedBytes: (bytes) => listener.updated(bytes),
    update: send,
  }),
}
