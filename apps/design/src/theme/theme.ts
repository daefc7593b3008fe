export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const storageKey = 'millrace theme'
const listeners = new Set<() => void>()
let current: Theme = read()

/** Marks the page before it is painted: import this module first. Without a mark the styles follow the system. */
apply()
// Another tab's switch.
addEventListener('storage', ({ key }) => {
  if (key !== storageKey && key !== null) return
  current = read()
  apply()
  for (const listener of listeners) listener()
})

export function currentTheme(): Theme {
  return current
}

export function setTheme(theme: Theme): void {
  current = theme
  apply()
  try {
    localStorage.setItem(storageKey, theme)
  } catch {
    // A browser that keeps nothing has the theme until the page is loaded again.
  }
  for (const listener of listeners) listener()
}

export function onTheme(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

function apply(): void {
  if (current === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = current
}

function read(): Theme {
  try {
    const stored = localStorage.getItem(storageKey)
    return themes.find((theme) => theme === stored) ?? 'system'
  } catch {
    return 'system'
  }
}
