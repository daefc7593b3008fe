import { useEffect, useRef, useState } from 'react'

/**
 * The value, or the last one that this tab had under that name, also before a reload. Kept in the session storage, as JSON,
 * when the page or the component goes; what does not fit there is not remembered.
 *
 * @param value Undefined: not known yet.
 * @param check Reads what was stored, perhaps by an older page; undefined where it does not do.
 */
export function useRemembered<T>(
  name: string,
  value: T | undefined,
  check: (stored: unknown) => T | undefined,
): T | undefined {
  const [remembered] = useState(() => check(readStored(name)))
  const newest = useRef(value)
  useEffect(() => {
    newest.current = value
  }, [value])
  useEffect(() => {
    const save = (): void => {
      if (newest.current !== undefined) store(name, JSON.stringify(newest.current))
    }
    addEventListener('pagehide', save)
    return () => {
      removeEventListener('pagehide', save)
      save()
    }
  }, [name])
  return value ?? remembered
}

function readStored(name: string): unknown {
  try {
    return JSON.parse(sessionStorage.getItem(name) ?? 'null')
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function store(name: string, text: string): void {
  try {
    sessionStorage.setItem(name, text)
  } catch (error) {
    // An older value would be worse than none.
    sessionStorage.removeItem(name)
    if (!(error instanceof DOMException && error.name === 'QuotaExceededError')) throw error
  }
}
