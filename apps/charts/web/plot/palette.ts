/** The colours of lines, in the order in which they are given out, see style/chart-colours.css. */
const lineColours = ['c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8'] as const
export type ColourName = (typeof lineColours)[number]

const variables = {
  ...(Object.fromEntries(lineColours.map((name) => [name, `--chart-${name}`])) as Record<ColourName, string>),
  text: '--mr-muted',
  grid: '--chart-grid',
  up: '--chart-up',
  down: '--chart-down',
  alert: '--mr-mention',
  away: '--chart-away',
} as const
type PaletteName = keyof typeof variables
export type Palette = Readonly<Record<PaletteName, string>>

let known: Palette | undefined
const listeners = new Set<() => void>()

/** The theme's colours as a canvas takes them, which knows neither variables nor light-dark(). */
export function palette(): Palette {
  return (known ??= read())
}

export function onPalette(listener: () => void): () => void {
  if (listeners.size === 0) watchTheme()
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

let isWatching = false
function watchTheme(): void {
  if (isWatching) return
  isWatching = true
  const changed = (): void => {
    known = undefined
    for (const listener of listeners) listener()
  }
  new MutationObserver(changed).observe(document.documentElement, { attributeFilter: ['data-theme'] })
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', changed)
}

function read(): Palette {
  const probe = document.createElement('i')
  document.body.append(probe)
  const colours = Object.entries(variables).map(([name, variable]) => {
    probe.style.color = `var(${variable})`
    return [name, getComputedStyle(probe).color]
  })
  probe.remove()
  return Object.fromEntries(colours) as Palette
}

/** The same name has the same colour everywhere, as long as no more than eight are there. @param names All, in order. */
export function colourOf(name: string, names: readonly string[]): ColourName {
  return lineColours[Math.max(0, names.indexOf(name)) % lineColours.length] ?? 'c1'
}
