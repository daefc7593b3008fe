import type { ReactElement } from 'react'

const list = new Intl.ListFormat('en')

/** `Ada and Bob are typing…`; empty, but as high, where nobody is. */
export function TypingLine({ names }: { readonly names: readonly string[] }): ReactElement {
  return (
    <p className="mr-typing">
      {names.length > 0 && `${list.format(names)} ${names.length > 1 ? 'are' : 'is'} typing…`}
    </p>
  )
}
