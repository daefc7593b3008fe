import { Icon } from '@millrace/app-design'
import { useRef, type ReactElement, type ReactNode } from 'react'
import { useFocusBack } from '../use-focus-back.ts'

interface NoticeProps {
  readonly title: string
  readonly text: ReactNode
  /** What can be done about it. */
  readonly children: ReactNode
}

/** What has gone wrong with a document, above its text and as long as it is so. Read aloud when it comes. */
export function Notice({ title, text, children }: NoticeProps): ReactElement {
  const place = useRef<HTMLElement>(null)
  useFocusBack(place)
  return (
    <section ref={place} className="notice" aria-label={title}>
      <Icon name="alert" />
      <div className="notice-text" role="alert">
        <strong>{title}</strong>
        <span>{text}</span>
      </div>
      <div className="notice-actions">{children}</div>
    </section>
  )
}
