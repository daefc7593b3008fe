import { useEffect, useState, type ReactElement } from 'react'
import { Button } from '../button.tsx'
import { Icon } from '../icon.tsx'
import { IconButton } from '../icon-button.tsx'
import type { IconName } from '../icon-paths.ts'
import type { ToastEntry, ToastOptions } from './toasts-context.ts'

const icons: Readonly<Record<NonNullable<ToastOptions['tone']>, IconName>> = {
  neutral: 'info',
  good: 'check',
  bad: 'alert',
  mention: 'at',
}

interface ToastCardProps {
  readonly entry: ToastEntry
  readonly onDismiss: (id: number) => void
}

export function ToastCard({ entry, onDismiss }: ToastCardProps): ReactElement {
  const { id, title, text, tone = 'neutral', action, durationMs = 6_000 } = entry
  const [isHeld, setHeld] = useState(false)
  useEffect(() => {
    if (isHeld || durationMs === Infinity) return
    const timer = setTimeout(() => onDismiss(id), durationMs)
    return () => clearTimeout(timer)
  }, [id, isHeld, durationMs, onDismiss])
  return (
    <div
      className="mr-toast"
      data-tone={tone}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Icon name={icons[tone]} />
      <div className="mr-toast-text">
        {title !== undefined && <strong dir="auto">{title}</strong>}
        <span dir="auto">{text}</span>
      </div>
      {action && (
        <Button
          size="small"
          onClick={() => {
            onDismiss(id)
            action.onAct()
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton icon="close" label="Dismiss" size="small" onClick={() => onDismiss(id)} />
    </div>
  )
}
