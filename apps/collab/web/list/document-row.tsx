import { Avatar, Badge, IconTile, ListItem, Menu, type MenuItem } from '@millrace/app-design'
import type { ReactElement } from 'react'
import type { PublicUser, ShelfEntry } from '../../contract.ts'
import { addressOf } from '../address.ts'
import { agoText } from '../ago-text.ts'

interface DocumentRowProps {
  readonly entry: ShelfEntry
  readonly me: PublicUser
  readonly now: number
  /** Changes that only this device has. */
  readonly keptCount: number
  readonly onRename: () => void
  readonly onCopy: () => void
  readonly onRemove: () => void
}

export function DocumentRow({ entry, me, now, keptCount, onRename, onCopy, onRemove }: DocumentRowProps): ReactElement {
  const { id, title, role, owner, editedAt, isForAll } = entry
  const isOwn = role === 'owner'
  const items: MenuItem[] = [{ label: 'Make a copy', icon: 'copy', onSelect: onCopy }]
  if (!isForAll && role !== 'reader') items.unshift({ label: 'Rename', icon: 'edit', onSelect: onRename })
  if (!isForAll) {
    const label = isOwn ? 'Delete' : 'Take off my list'
    items.push({ label, icon: isOwn ? 'trash' : 'leave', tone: 'danger', onSelect: onRemove })
  }
  const whose = isForAll ? 'Everybody' : isOwn && owner.id === me.id ? 'You' : owner.name
  return (
    <ListItem
      title={<bdi>{title}</bdi>}
      text={
        <>
          <bdi>{whose}</bdi> · edited {agoText(editedAt, now)}
        </>
      }
      leading={isForAll || isOwn ? <IconTile name="document" /> : <Avatar name={owner.name} id={owner.id} />}
      trailing={badgeOf(entry, keptCount)}
      href={addressOf(id)}
      actions={<Menu label={`Actions for ${title}`} items={items} />}
    />
  )
}

function badgeOf({ role, isForAll }: ShelfEntry, keptCount: number): ReactElement | undefined {
  if (keptCount > 0)
    return <Badge tone="warn">{keptCount === 1 ? '1 change not sent' : `${keptCount} changes not sent`}</Badge>
  if (role === 'reader') return <Badge>Read only</Badge>
  return isForAll ? <Badge tone="good">Open to all</Badge> : undefined
}
