import { avatar } from './avatar.ts'
import { element } from './element.ts'
import type { LogItem, MessageItem } from './log-items.ts'
import { clockText, dayText, fullText } from './times.ts'

export interface MessageActions {
  readonly retry: (draftKey: string) => void
  readonly discard: (draftKey: string) => void
}

export function itemElement(item: LogItem, isOffline: boolean, actions: MessageActions): HTMLElement {
  if (item.kind === 'day') return element('p', { class: 'day' }, element('span', {}, dayText(item.at)))
  const classes = ['message', item.state, item.isOwn ? 'own' : '', item.isContinued ? 'continued' : '']
  const body = element('div', { class: 'message-body' })
  if (!item.isContinued) body.append(heading(item))
  body.append(
    element('p', { class: 'message-text', dir: 'auto' }, item.text),
    ...stateElements(item, isOffline, actions),
  )
  const start = item.isContinued ? element('span', { class: 'message-start' }, time(item)) : avatar(item.author)
  return element('article', { class: classes.filter(Boolean).join(' ') }, start, body)
}

function heading(item: MessageItem): HTMLElement {
  const name = element('bdi', { class: 'message-author' }, item.author.name)
  const you = item.isOwn ? [element('span', { class: 'you' }, 'you')] : []
  return element('header', { class: 'message-head' }, name, ...you, time(item))
}

function time({ at }: MessageItem): HTMLElement {
  return element('time', { datetime: new Date(at).toISOString(), title: fullText(at) }, clockText(at))
}

function stateElements(
  item: MessageItem,
  isOffline: boolean,
  { retry, discard }: MessageActions,
): readonly HTMLElement[] {
  if (item.state === 'waiting') {
    return [element('p', { class: 'message-state' }, isOffline ? 'Waiting for the connection' : 'Sending…')]
  }
  if (item.state !== 'failed') return []
  const draftKey = item.key.slice('draft '.length)
  const again = button('Try again', () => retry(draftKey))
  return [
    element(
      'p',
      { class: 'message-state' },
      item.why,
      ' ',
      again,
      ' ',
      button('Discard', () => discard(draftKey)),
    ),
  ]
}

function button(label: string, act: () => void): HTMLElement {
  const made = element('button', { type: 'button', class: 'inline' }, label)
  made.addEventListener('click', act)
  return made
}
