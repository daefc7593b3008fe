import { Avatar, Badge, failureText, IconTile, ListItem, Menu, type MenuItem } from '@millrace/app-design'
import type { ReactElement } from 'react'
import type { PublicUser } from '../../contract.ts'
import { addressOf } from '../address.ts'
import { agoText } from '../ago-text.ts'
import { useRequestActions } from '../desk/desk-request.ts'
import type { ListedEntry } from './with-titles.ts'

interface DocumentRowProps {
  readonly entry: ListedEntry
  readonly me: PublicUser
  readonly now: number
  /** Changes that only this device has. */
  readonly keptCount: number
  readonly onRename: () => void
  readonly onCopy: () => void
  readonly onRemove: () => void
}

export function DocumentRow({ entry, me, now, keptCount, onRename, onCopy, onRemove }: DocumentRowProps): ReactElement {
  const { id, title, role, owner, editedAt, isForAll, titleRequest } = entry
  const { retry, discard } = useRequestActions()
  const failed = titleRequest?.state === 'failed' ? titleRequest : undefined
  const isOwn = role === 'owner'
  const items: MenuItem[] = [{ label: 'Make a copy', icon: 'copy', onSelect: onCopy }]
  if (!isForAll && role !== 'reader') items.unshift({ label: 'Rename', icon: 'edit', onSelect: onRename })
  if (!isForAll) {
    const label = isOwn ? 'Delete' : 'Take off my list'
    items.push({ label, icon: isOwn ? 'trash' : 'leave', tone: 'danger', onSelect: onRemove })
  }
  if (failed) {
    items.unshift(
      { label: 'Try the new title again', icon: 'retry', onSelect: () => retry(failed.key) },
      { label: 'Discard the new title', icon: 'close', onSelect: () => discard(failed.key) },
    )
  }
  const whose = isForAll ? 'Everybody' : isOwn && owner.id === me.id ? 'You' : owner.name
  return (
    <ListItem
      title={<bdi>{title}</bdi>}
      text={
        failed ? (
          <span className="shelf-failed">
            Not renamed to “<bdi>{failed.input.title}</bdi>”: {failureText(failed.error)}
          </span>
        ) : (
          <>
            <bdi>{whose}</bdi> · edited {agoText(editedAt, now)}
          </>
        )
      }
      leading={isForAll || isOwn ? <IconTile name="document" /> : <Avatar name={owner.name} id={owner.id} />}
      trailing={badgeOf(entry, keptCount)}
      href={addressOf(id)}
      actions={<Menu label={`Actions for ${title}`} items={items} />}
    />
  )
}

function badgeOf({ role, isForAll, titleRequest }: ListedEntry, keptCount: number): ReactElement | undefined {
  if (keptCount > 0)
    return <Badge tone="warn">{keptCount === 1 ? '1 change not sent' : `${keptCount} changes not sent`}</Badge>
  if (titleRequest)
    return <Badge tone="warn">{titleRequest.state === 'failed' ? 'Not renamed' : 'Title not sent'}</Badge>
  if (role === 'reader') return <Badge>Read only</Badge>
  return isForAll ? <Badge tone="good">Open to all</Badge> : undefined
}
