import { useState } from 'react'

export interface SystemNotice {
  readonly title: string
  readonly text: string
  /** A later notice of the same tag takes the place of the earlier, of other tabs too. */
  readonly tag: string
  readonly onOpen: () => void
}

export interface SystemNotices {
  /** `default`: nobody was asked yet. `denied` where the browser has none. */
  readonly permission: NotificationPermission
  /** To be called by a click: browsers refuse to ask otherwise. */
  ask(): Promise<void>
}

export function useSystemNotices(): SystemNotices {
  const [permission, setPermission] = useState(currentPermission)
  return { permission, ask: async () => setPermission(await Notification.requestPermission()) }
}

/** Shows a notification of the system if that is permitted and nobody looks at the page. */
export function showSystemNotice({ title, text, tag, onOpen }: SystemNotice): void {
  if (currentPermission() !== 'granted' || document.visibilityState === 'visible') return
  const notice = make(title, { body: text, tag })
  notice?.addEventListener('click', () => {
    window.focus()
    onOpen()
    notice.close()
  })
}

/** Undefined on phones, whose browsers leave them to service workers. */
function make(title: string, options: NotificationOptions): Notification | undefined {
  try {
    return new Notification(title, options)
  } catch (error) {
    if (error instanceof TypeError) return undefined
    throw error
  }
}

function currentPermission(): NotificationPermission {
  return 'Notification' in globalThis ? Notification.permission : 'denied'
}
