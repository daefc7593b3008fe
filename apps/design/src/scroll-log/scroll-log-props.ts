import type { ReactNode, Ref } from 'react'

export interface ScrollLogHandle {
  /** Brings a row into view and gives it the focus. Nothing happens where there is no such row. */
  showRow(id: string): void
}

export interface ScrollLogProps<Row> {
  readonly ref?: Ref<ScrollLogHandle>
  /** What it is a log of: `Messages in General`. */
  readonly label: string
  /**
   * Oldest first. A row that did not change should be the same object: then it is not drawn again. Another log wants
   * another `key`.
   */
  readonly rows: readonly Row[]
  /** Keep the identities of this and of `children`: other functions draw every row again. */
  readonly idOf: (row: Row) => string
  /** Draws a row, which may look different for the one before it. */
  readonly children: (row: Row, before: Row | undefined) => ReactNode
  /** There are rows before the first. */
  readonly hasOlder?: boolean
  readonly isLoadingOlder?: boolean
  /** The reader comes near the start while there are older rows and none are being loaded. */
  readonly onReachStart?: () => void
  /** Whether the newest row is in view, at each change and once at the beginning. */
  readonly onAtEnd?: (isAtEnd: boolean) => void
  /** Which rows the button "n new" counts. Default: all. */
  readonly isCounted?: (row: Row) => boolean
  /** A new last row that the reader is taken to wherever they are: their own. Default: none. */
  readonly isFollowed?: (row: Row) => boolean
  /** In place of rows while there are none. */
  readonly empty?: ReactNode
}
