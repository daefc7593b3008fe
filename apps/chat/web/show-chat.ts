import { ChatSession } from './chat-session.ts'
import { Composer } from './composer.ts'
import { connectionNotice } from './connection-notice.ts'
import { find } from './element.ts'
import type { Identity } from './identity.ts'
import { logItems } from './log-items.ts'
import { LogView } from './log-view.ts'
import { itemElement } from './message-element.ts'
import { NoticeView } from './notice-view.ts'
import { roomOfAddress } from './room-names.ts'
import { SideView } from './side-view.ts'
import { dayText } from './times.ts'
import { typingText } from './typists.ts'

/** Opens the chat for somebody, until `leave` is called because they want another name. */
export function showChat(identity: Identity, leave: () => void): void {
  let isDrawing = false
  const changed = (): void => {
    if (isDrawing) return
    isDrawing = true
    queueMicrotask(() => {
      isDrawing = false
      draw()
    })
  }
  const session = new ChatSession(identity, roomOfAddress(location.hash), changed)
  const { client } = session
  let wasConnected = false

  const actions = {
    retry: (key: string) => void session.current.retry(key),
    discard: (key: string) => session.current.discard(key),
  }
  const log = new LogView(
    (item, isOffline) => itemElement(item, isOffline, actions),
    () => void session.current.loadOlder(),
  )
  const notice = new NoticeView(() => {
    // Where it fails again, the notice says so.
    client.connect().catch(() => {})
  })
  const side = new SideView()
  const composer = new Composer({
    send: (text) => void session.current.send(text),
    setTyping: (isTyping) => session.current.setTyping(isTyping),
  })
  const page = find('div', 'chat')
  const title = find('h1', 'title')
  const summary = find('p', 'summary')
  const typing = find('p', 'typing')
  const rename = find('button', 'rename')

  function draw(): void {
    const { current, me } = session
    const isConnected = client.state.state === 'connected'
    wasConnected ||= isConnected
    title.textContent = `# ${current.id}`
    summary.textContent = current.memberCount > 0 ? `${current.memberCount} here` : ''
    notice.show(connectionNotice(client.state, wasConnected, session.unsent), current.fault, () => void current.open())
    log.show({
      id: current.id,
      items: logItems(current.timeline.posted, current.drafts, me, dayText),
      hasOlder: current.timeline.hasOlder,
      isLoading: current.isLoading,
      emptyText: current.hasRead ? 'Nobody has written here yet. Say hello!' : '',
      isOffline: !isConnected,
    })
    side.showRooms(session.conversations, current.id)
    side.showPeople(current, me.id)
    const members = new Map(current.members.map(({ id, name }) => [id, name]))
    const names = current.typists.filter((id) => id !== me.id).map((id) => members.get(id) ?? 'Somebody')
    typing.textContent = typingText(names)
    rename.disabled = session.hasDrafts
    rename.title = session.hasDrafts ? 'Messages are still waiting to be sent' : ''
    const unread = session.conversations.reduce((sum, conversation) => sum + conversation.unread, 0)
    document.title = `${unread > 0 ? `(${unread}) ` : ''}#${current.id} - Millrace`
  }

  function open(): void {
    const id = roomOfAddress(location.hash)
    session.show(id)
    composer.setRoom(id)
    side.close()
    composer.focus()
  }

  find('span', 'self').textContent = identity.name
  rename.addEventListener('click', () => {
    page.hidden = true
    void client.close()
    leave()
  })
  window.addEventListener('hashchange', open)
  document.addEventListener('visibilitychange', () => session.look())
  // What waits lives in this page only.
  window.addEventListener('beforeunload', (leaving) => session.hasDrafts && leaving.preventDefault())
  page.hidden = false
  open()
}
