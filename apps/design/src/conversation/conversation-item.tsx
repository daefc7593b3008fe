import type { ReactElement } from 'react'
import { Avatar } from '../avatar.tsx'
import { Badge } from '../badge.tsx'
import { IconTile } from '../icon-tile.tsx'
import { ListItem } from '../list-item.tsx'
import { Time } from '../time.tsx'

export interface ConversationItemProps {
  readonly href: string
  readonly title: string
  /** The other of two; without one it has a tile in place of a face. */
  readonly person: { readonly id: string; readonly name: string } | null
  readonly isOpenToAll: boolean
  readonly isCurrent: boolean
  /** The last message in one line, and its time, ms since 1970. */
  readonly last: { readonly line: string; readonly at: number } | null
  readonly unreadCount: number
  readonly mentionCount: number
  /** Changes that were refused and wait for somebody to try again. */
  readonly failedCount: number
}

/** A conversation in a list of them, with what there is to read. */
export function ConversationItem(props: ConversationItemProps): ReactElement {
  const { href, title, person, isOpenToAll, isCurrent, last, unreadCount, mentionCount, failedCount } = props
  const trailing = (
    <>
      {failedCount > 0 && (
        <Badge tone="bad" label={`${failedCount} not sent`}>
          !
        </Badge>
      )}
      {mentionCount > 0 && (
        <Badge tone="mention" label={`${mentionCount} mentions of you`}>
          @
        </Badge>
      )}
      {unreadCount > 0 && (
        <Badge tone="accent" label={`${unreadCount} unread`}>
          {unreadCount}
        </Badge>
      )}
    </>
  )
  return (
    <ListItem
      href={href}
      isCurrent={isCurrent}
      isUnread={unreadCount > 0}
      title={<bdi>{title}</bdi>}
      text={<bdi>{last?.line ?? 'No messages yet'}</bdi>}
      meta={last && <Time at={last.at} format="short" />}
      leading={
        person ? <Avatar name={person.name} id={person.id} /> : <IconTile name={isOpenToAll ? 'hash' : 'lock'} />
      }
      trailing={trailing}
    />
  )
}
