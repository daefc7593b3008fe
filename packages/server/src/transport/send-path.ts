/** How the packets of a server reach engine.io. */
export interface SendPath {
  /** False where the server's parser is not the default one. */
  readonly writesText: boolean
  /** False: every packet goes through engine.io and `ws`, also where its finished frame could be written at once. */
  readonly finishedFrames: boolean
  /** Whether a packet with bytes is one message, which the client said that it reads. */
  readonly packsBytes: boolean
}

/** By what a connection reads. */
export interface SendPaths {
  readonly plain: SendPath
  readonly packed: SendPath
}

export function sendPaths(path: Omit<SendPath, 'packsBytes'>): SendPaths {
  return { plain: { ...path, packsBytes: false }, packed: { ...path, packsBytes: path.writesText } }
}
