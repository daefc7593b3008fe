import { useEffect, useState } from 'react'

/** True once something has been the case for so long, ms. */
export function useHeld(isCase: boolean, ms: number): boolean {
  const [isHeld, setHeld] = useState(false)
  useEffect(() => {
    if (!isCase) return
    const timer = setTimeout(() => setHeld(true), ms)
    return () => {
      clearTimeout(timer)
      setHeld(false)
    }
  }, [isCase, ms])
  return isCase && isHeld
}
