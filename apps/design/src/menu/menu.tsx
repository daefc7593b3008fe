import { useId, useRef, useState, type KeyboardEvent, type ReactElement } from 'react'
import { Icon } from '../icon.tsx'
import { IconButton } from '../icon-button.tsx'
import type { IconName } from '../icon-paths.ts'
import { nextItem } from './next-item.ts'
import { placeBeside } from './place-beside.ts'

export interface MenuItem {
  readonly label: string
  readonly icon?: IconName
  readonly tone?: 'danger'
  readonly isDisabled?: boolean
  readonly onSelect: () => void
}

export interface MenuProps {
  /** The name of the button and of the menu. */
  readonly label: string
  readonly items: readonly MenuItem[]
  /** Default `more`. */
  readonly icon?: IconName
  readonly size?: 'small' | 'medium'
}

/** A button that opens a list of actions: arrow keys, Home, End, first letters; Escape and Tab close it. */
export function Menu({ label, items, icon = 'more', size = 'medium' }: MenuProps): ReactElement {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const [isOpen, setOpen] = useState(false)

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>): void {
    if (event.key === 'Tab') return list.current?.hidePopover()
    const buttons = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('[role=menuitem]:not(:disabled)')]
    const next = nextItem(buttons, document.activeElement, event.key)
    if (!next) return
    event.preventDefault()
    next.focus()
  }

  return (
    <>
      <IconButton
        ref={button}
        icon={icon}
        label={label}
        size={size}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={id}
        popoverTarget={id}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
          event.preventDefault()
          list.current?.showPopover()
        }}
      />
      <div
        ref={list}
        id={id}
        className="mr-menu"
        role="menu"
        aria-label={label}
        tabIndex={-1}
        popover="auto"
        onKeyDown={onKeyDown}
        onToggle={(event) => {
          const isOpening = event.newState === 'open'
          setOpen(isOpening)
          if (!isOpening || !button.current) return
          placeBeside(event.currentTarget, button.current)
          event.currentTarget.querySelector<HTMLElement>('[role=menuitem]:not(:disabled)')?.focus()
        }}
      >
        {items.map((item) => (
          <button
            key={item.label}
            type="button"
            role="menuitem"
            tabIndex={-1}
            className="mr-menu-item"
            data-tone={item.tone}
            disabled={item.isDisabled}
            onClick={() => {
              // First, so that an action which moves the focus has the last word.
              list.current?.hidePopover()
              item.onSelect()
            }}
          >
            {item.icon && <Icon name={item.icon} size="small" />}
            {item.label}
          </button>
        ))}
      </div>
    </>
  )
}
