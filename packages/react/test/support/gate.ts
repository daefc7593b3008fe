export interface Gate {
  readonly opened: Promise<void>
  open(): void
}

/** Something that a test lets happen when it is ready. */
export function createGate(): Gate {
  let open = () => {}
  const opened = new Promise<void>((resolve) => (open = resolve))
  return { opened, open }
}
