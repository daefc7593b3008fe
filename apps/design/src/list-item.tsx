import type { ReactElement, ReactNode } from 'react'
import { classNames } from './class-names.ts'

export interface ListItemProps {
  /** The name. Cut off with an ellipsis where it is too long. */
  readonly title: ReactNode
  /** A second, smaller line. */
  readonly text?: ReactNode
  /** At the end of the first line, for example a time. */
  readonly meta?: ReactNode
  /** Before the lines, for example an Avatar. */
  readonly leading?: ReactNode
  /** At the end of the second line, for example a Badge. */
  readonly trailing?: ReactNode
  /** Beside the item and not a part of its link, for example a Menu. */
  readonly actions?: ReactNode
  /** With an address it is a link, with `onSelect` a button, with both a link whose click is heard, else only text. */
  readonly href?: string
  readonly onSelect?: () => void
  /** The page or conversation that is shown. */
  readonly isCurrent?: boolean
  /** Something in it was not seen yet. */
  readonly isUnread?: boolean
  readonly isMuted?: boolean
}

export function ListItem(props: ListItemProps): ReactElement {
  const { href, onSelect, isCurrent = false, isUnread = false, isMuted = false, actions } = props
  const className = classNames('mr-item', isUnread && 'mr-item--unread', isMuted && 'mr-item--muted')
  const current = isCurrent ? 'page' : undefined
  const lines = <ItemLines {...props} />
  return (
    <li className="mr-item-row">
      {href !== undefined ? (
        <a className={className} href={href} aria-current={current} onClick={onSelect}>
          {lines}
        </a>
      ) : onSelect ? (
        <button type="button" className={className} aria-current={current} onClick={onSelect}>
          {lines}
        </button>
      ) : (
        <div className={className}>{lines}</div>
      )}
      {actions !== undefined && <div className="mr-item-actions">{actions}</div>}
    </li>
  )
}

function ItemLines({ title, text, meta, leading, trailing }: ListItemProps): ReactElement {
  return (
    <>
      {leading}
      <span className="mr-item-lines">
        <span className="mr-item-line">
          <span className="mr-item-title">{title}</span>
          {meta !== undefined && <span className="mr-item-meta">{meta}</span>}
        </span>
        {(text !== undefined || trailing !== undefined) && (
          <span className="mr-item-line">
            <span className="mr-item-text">{text}</span>
            {trailing}
          </span>
        )}
      </span>
    </>
  )
}
