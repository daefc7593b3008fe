import type { DocumentContenderName } from './document-contender.ts'
import type { DocumentProtocol } from './document-session.ts'
import { hocuspocusProtocol } from './hocuspocus-protocol.ts'
import { millraceProtocol } from './millrace-protocol.ts'
import { relayProtocol } from './relay-protocol.ts'
import { yWebsocketProtocol } from './y-websocket-protocol.ts'

export const documentProtocols: Readonly<Record<DocumentContenderName, DocumentProtocol>> = {
  hocuspocus: hocuspocusProtocol,
  'hocuspocus-stored': hocuspocusProtocol,
  'y-websocket': yWebsocketProtocol,
  relay: relayProtocol,
  millrace: millraceProtocol,
}
