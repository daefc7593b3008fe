import { failureText } from '@millrace/app-design'
import type { RoomClient } from '@millrace/client'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { MarketRoom } from './quote-book.ts'

/** A slider tells every step; the server hears the one that it rests on, ms. */
const restMs = 150

export interface UsedRate {
  /** What the slider stands at. */
  readonly rate: number
  readonly set: (rate: number) => void
  /** Why the last wish was not followed. */
  readonly error: string | undefined
}

/** @param known What the server says that the rate is. */
export function useRate(room: RoomClient<MarketRoom>, known: number): UsedRate {
  const [wish, setWish] = useState<number>()
  const [error, setError] = useState<string>()
  const newest = useRef<AbortController>(undefined)
  useEffect(() => () => newest.current?.abort(), [])
  const set = useCallback(
    (rate: number): void => {
      newest.current?.abort()
      const mine = new AbortController()
      newest.current = mine
      setWish(rate)
      void ask(room, rate, mine.signal).then((fault) => {
        if (mine.signal.aborted) return
        setError(fault)
        // From here on the server's word counts, also that of somebody else.
        setWish(undefined)
      })
    },
    [room],
  )
  return { rate: wish ?? known, set, error }
}

/** Asks once nobody wishes anything newer, and again where that was too often. @returns Why it is not so, for people. */
async function ask(room: RoomClient<MarketRoom>, perSecond: number, signal: AbortSignal): Promise<string | undefined> {
  for (let waitMs = restMs; ;) {
    await new Promise((resolve) => setTimeout(resolve, waitMs))
    if (signal.aborted) return undefined
    const answer = await room.tryRequest('rate.set', { perSecond })
    if (answer.ok) return undefined
    if (answer.error.code !== 'TOO_OFTEN') return failureText(answer.error)
    waitMs = answer.error.data.waitMs
  }
}
