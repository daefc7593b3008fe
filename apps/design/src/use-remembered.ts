import { useEffect, useState } from 'react'

/**
 * The value, or the last one that this tab had under that name, also before a reload. Kept in the session storage, as JSON.
 *
 * @param value Undefined: not known yet.
 */
export function useRemembered<T>(name: string, value: T | undefined): T | undefined {
  const [remembered] = useState(() => {
    const text = sessionStorage.getItem(name)
    return text === null ? undefined : (JSON.parse(text) as T)
  })
  useEffect(() => {
    if (value !== undefined) sessionStorage.setItem(name, JSON.stringify(value))
  }, [name, value])
  return value ?? remembered
}
