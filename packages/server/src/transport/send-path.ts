/** How the packets of a server reach engine.io. */
export interface SendPath {
  /** False where the server's parser is not the default one. */
  readonly writesText: boolean
  /** False: every packet goes through engine.io and `ws`, also where its finished frame could be written at once. */
  readonly finishedFrames: boolean
}
