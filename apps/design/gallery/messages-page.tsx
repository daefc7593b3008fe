import { MessageCard, type CardMessage, type CardState } from '@millrace/app-design'
import type { ReactElement } from 'react'
import { people } from './people.ts'
import { Page } from './specimen.tsx'

const [ada, grace, alan, katherine] = people
const begin = new Date(2026, 2, 3, 14, 5).getTime()
const minute = 60_000
const emoji = ['👍', '❤️', '😮'] as const
const plain = { mentions: [], isDeleted: false, editedAt: null, replyTo: null, image: null, reactions: [] }

interface Shown {
  readonly message: CardMessage
  readonly state?: CardState
  readonly failure?: string
  readonly isFirstUnread?: boolean
}

const loom = 'The engine weaves algebraical patterns just as the loom weaves flowers and leaves.'
const rows: readonly Shown[] = [
  { message: { ...plain, author: ada, at: begin - 86_400_000, text: loom } },
  {
    message: {
      ...plain,
      author: grace,
      at: begin,
      text: '@Ada Lovelace the compiler works! https://en.wikipedia.org/wiki/A-0_System',
      mentions: people,
      editedAt: begin,
      reactions: [
        { emoji: '❤️', userIds: ['u1', 'u3', 'u4'] },
        { emoji: '😮', userIds: ['u3'] },
      ],
    },
  },
  { message: { ...plain, author: grace, at: begin + minute, text: 'It continues what was said above.' } },
  {
    message: {
      ...plain,
      author: alan,
      at: begin + 9 * minute,
      text: 'Can it think?',
      replyTo: { author: ada, text: loom },
    },
    isFirstUnread: true,
  },
  { message: { ...plain, author: katherine, at: begin + 12 * minute, text: '', isDeleted: true } },
  { message: { ...plain, author: ada, at: begin + 13 * minute, text: 'On its way.' }, state: 'pending' },
  {
    message: { ...plain, author: ada, at: begin + 14 * minute, text: 'Not on its way.' },
    state: 'failed',
    failure: 'Not sent. You write too fast. Wait a moment.',
  },
]

const nothing = (): void => {}
const noPicture = (): Promise<Uint8Array> => Promise.reject(new Error('the gallery has no pictures'))

export function MessagesPage(): ReactElement {
  return (
    <Page>
      <div className="bleed">
        {rows.map(({ message, state = 'stored', failure, isFirstUnread = false }, index) => (
          <MessageCard
            key={message.at}
            message={message}
            before={rows[index - 1]?.message}
            isFirstUnread={isFirstUnread}
            ownId="u1"
            emoji={emoji}
            state={state}
            failure={failure}
            unsentPicture={undefined}
            readPicture={noPicture}
            onReact={nothing}
            onWrite={nothing}
            onDelete={nothing}
            onRetry={nothing}
            onDiscard={nothing}
          />
        ))}
      </div>
    </Page>
  )
}
