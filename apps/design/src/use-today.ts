import { useEffect, useState } from 'react'

/** Timers may fire a little before their time, and it would still be the day before, ms. */
const slackMs = 1_000

/** When the day began that it is, ms since 1970; another one after midnight. */
export function useToday(): number {
  const [today, setToday] = useState(beginOfDay)
  useEffect(() => {
    const midnight = new Date(today).setHours(24, 0, 0, 0)
    const timer = setTimeout(() => setToday(beginOfDay()), Math.max(0, midnight - Date.now()) + slackMs)
    return () => clearTimeout(timer)
  }, [today])
  return today
}

function beginOfDay(): number {
  return new Date().setHours(0, 0, 0, 0)
}
