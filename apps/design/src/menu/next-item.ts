/** The item that a key leads to: arrows go round, Home and End to the ends, a letter to the next that begins with it. */
export function nextItem<E extends { readonly textContent: string | null }>(
  items: readonly E[],
  focused: unknown,
  key: string,
): E | undefined {
  const at = items.findIndex((item) => item === focused)
  switch (key) {
    case 'ArrowDown':
      return items[(at + 1) % items.length]
    case 'ArrowUp':
      return at === -1 ? items.at(-1) : items.at(at - 1)
    case 'Home':
      return items[0]
    case 'End':
      return items.at(-1)
    default: {
      if (key.length !== 1 || key === ' ') return undefined
      const round = [...items.slice(at + 1), ...items.slice(0, at + 1)]
      return round.find((item) => item.textContent?.trim().toLowerCase().startsWith(key.toLowerCase()))
    }
  }
}
