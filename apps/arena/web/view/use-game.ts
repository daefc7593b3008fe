import { useEffect, useRef, useState, type RefObject } from 'react'
import { Game } from '../play/game.ts'
import type { Report } from '../play/report.ts'
import type { PondName } from '../play/values.ts'

export interface UsedGame {
  readonly canvas: RefObject<HTMLCanvasElement | null>
  /** Undefined until the page is drawn. */
  readonly game: Game | undefined
  readonly report: Report | undefined
}

/** The game of this pond on the canvas, until another pond is chosen. */
export function useGame(pond: PondName, onError: (error: Error) => void): UsedGame {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [game, setGame] = useState<Game>()
  const [report, setReport] = useState<Report>()
  useEffect(() => {
    if (!canvas.current) return
    const started = new Game(canvas.current, pond, setReport, onError)
    setGame(started)
    return () => {
      setGame(undefined)
      setReport(undefined)
      started.close().catch(onError)
    }
  }, [pond, onError])
  return { canvas, game, report }
}
