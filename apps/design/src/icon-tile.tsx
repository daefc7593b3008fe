import type { ReactElement } from 'react'
import { Icon } from './icon.tsx'
import type { IconName } from './icon-paths.ts'

/** An icon of the size and shape of an Avatar, for what is not a person. */
export function IconTile({ name }: { readonly name: IconName }): ReactElement {
  return (
    <span className="mr-icon-tile">
      <Icon name={name} />
    </span>
  )
}
