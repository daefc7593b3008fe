const isMac = /Mac|iPhone|iPad/.test(navigator.platform)

/** A key as CodeMirror writes it (`Mod-Shift-z`), for people (`Ctrl+Shift+Z`), or for `aria-keyshortcuts`. */
export function keyText(key: string, reader: 'tip' | 'aria'): string {
  const parts = key.split('-').map((part) => {
    if (part !== 'Mod') return part.length === 1 ? part.toUpperCase() : part
    if (reader === 'aria') return isMac ? 'Meta' : 'Control'
    return isMac ? '⌘' : 'Ctrl'
  })
  return parts.join('+')
}
