import { useEffect, useRef, useState } from 'react'
import type { Report } from '../play/report.ts'

/** One sentence on what happened last, for those who do not see it. */
export function useNews(report: Report | undefined): string {
  const [news, setNews] = useState('')
  const before = useRef<Report>(undefined)
  useEffect(() => {
    const said = newsOf(before.current, report)
    before.current = report
    if (said) setNews(said)
  }, [report])
  return news
}

/** Undefined where nothing happened that is worth a word. */
export function newsOf(before: Report | undefined, now: Report | undefined): string | undefined {
  if (!before || !now) return undefined
  if (!before.isAfloat && now.isAfloat) return 'Your boat is on the water.'
  if (before.isAfloat && !now.isAfloat) return 'Your boat is gone.'
  if (before.round && now.round && before.round.isPlaying !== now.round.isPlaying) {
    if (now.round.isPlaying) return `Round ${now.round.number} begins.`
    return now.round.winner
      ? `Round ${now.round.number} is over. ${now.round.winner} won.`
      : `Round ${now.round.number} is over. Nobody won.`
  }
  const [had, has] = [before, now].map(({ captains, id }) => captains.find((one) => one.id === id)?.score ?? 0) as [
    number,
    number,
  ]
  if (has > had) return `Unloaded ${has - had}. You have ${has}.`
  if (now.cargo > before.cargo)
    return now.cargo === 6 ? 'Six sacks on board: the boat is full.' : `${now.cargo} on board.`
  if (now.cargo < before.cargo && now.isAfloat) return `Rammed: ${now.cargo} left on board.`
  return undefined
}
