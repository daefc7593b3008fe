/** How much there may be. What exceeds it is refused. */
export interface Bounds {
  /** Documents that one user owns. Default 100. */
  readonly ownDocuments: number
  /** Documents that links let one user into. Default 300. */
  readonly sharedDocuments: number
  /** Links of one document at a time. Default 20. */
  readonly links: number
  /** People that links let into one document. Default 200. */
  readonly guests: number
  /** Comments and replies of one document. Default 500. */
  readonly notes: number
  /** Their characters, all together. Default 200,000. */
  readonly characters: number
  /** Replies to one comment; with it they travel as one event. Default 50. */
  readonly replies: number
}

export const defaultBounds: Bounds = {
  ownDocuments: 100,
  sharedDocuments: 300,
  links: 20,
  guests: 200,
  notes: 500,
  characters: 200_000,
  replies: 50,
}
