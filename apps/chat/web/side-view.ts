import { avatar } from './avatar.ts'
import type { Conversation } from './conversation.ts'
import { element, find } from './element.ts'
import { listedRooms, roomName } from './room-names.ts'

/** The rooms, the people of the current one, and the drawer that holds both on narrow screens. */
export class SideView {
  readonly #rooms = find('ul', 'rooms')
  readonly #people = find('ul', 'people')
  readonly #count = find('span', 'people-count')
  readonly #menu = find('button', 'menu')

  constructor() {
    this.#menu.addEventListener('click', () => this.#open(this.#menu.getAttribute('aria-expanded') !== 'true'))
    find('div', 'scrim').addEventListener('click', () => this.close())
    document.addEventListener('keydown', ({ key }) => key === 'Escape' && this.close())
    const input = find('input', 'new-room-name')
    find('form', 'new-room').addEventListener('submit', (submitted) => {
      submitted.preventDefault()
      const name = roomName(input.value)
      if (name === '') return input.select()
      input.value = ''
      location.hash = name
    })
  }

  close(): void {
    if (this.#menu.getAttribute('aria-expanded') === 'true') this.#open(false)
  }

  showRooms(conversations: readonly Conversation[], currentId: string): void {
    const visited = conversations.map(({ id }) => id).filter((id) => !listedRooms.includes(id))
    const unread = new Map(conversations.map((conversation) => [conversation.id, conversation.unread]))
    const items = [...listedRooms, ...visited.toSorted()].map((id) => {
      const link = element('a', { href: `#${id}` }, element('span', { class: 'room-name' }, `# ${id}`))
      if (id === currentId) link.setAttribute('aria-current', 'page')
      const count = unread.get(id) ?? 0
      if (count > 0) link.append(element('span', { class: 'badge', 'aria-label': `${count} unread` }, String(count)))
      return element('li', {}, link)
    })
    replaceIfChanged(this.#rooms, items)
  }

  showPeople(conversation: Conversation, myId: string): void {
    const { members, memberCount } = conversation
    this.#count.textContent = String(memberCount)
    const sorted = members.toSorted((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id))
    const items = sorted.map((user) => {
      const isAway = conversation.isAway(user.id)
      const item = element('li', { class: isAway ? 'away' : '' }, avatar(user), element('bdi', {}, user.name))
      if (user.id === myId) item.append(element('span', { class: 'you' }, 'you'))
      if (isAway) item.append(element('span', { class: 'small' }, 'away'))
      return item
    })
    if (memberCount > members.length) items.push(element('li', {}, `and ${memberCount - members.length} more`))
    replaceIfChanged(this.#people, items)
  }

  #open(isOpen: boolean): void {
    this.#menu.setAttribute('aria-expanded', String(isOpen))
    document.body.classList.toggle('side-open', isOpen)
    if (isOpen) this.#rooms.querySelector('a')?.focus()
    else this.#menu.focus()
  }
}

/** Leaves the list alone, and with it the keyboard's focus, where nothing changed. */
function replaceIfChanged(list: HTMLElement, items: readonly HTMLElement[]): void {
  const html = items.map(({ outerHTML }) => outerHTML).join('')
  if (list.dataset.shown === html) return
  list.dataset.shown = html
  list.replaceChildren(...items)
}
