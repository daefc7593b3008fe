/**
 * The wire's version. The first number is what a client's handshake says as `millrace`, and changes when an older client
 * would break; the second changes with every addition. docs/protocol.md keeps the history.
 */
export const protocolVersion = '1.4'
