import { Badge, IconButton, MessageCard, Reactions, RichText } from '@millrace/app-design'
import type { ReactElement } from 'react'
import { people } from './people.ts'
import { Page } from './specimen.tsx'

const [ada, grace, alan, katherine] = people
const begin = new Date(2026, 2, 3, 14, 5).getTime()
const minute = 60_000
const said = [
  { author: ada, at: begin - 86_400_000 },
  { author: grace, at: begin },
  { author: grace, at: begin + minute },
  { author: alan, at: begin + 9 * minute },
  { author: katherine, at: begin + 12 * minute },
  { author: ada, at: begin + 13 * minute },
  { author: ada, at: begin + 14 * minute },
] as const
const actions = (
  <>
    <IconButton icon="smile" label="React" size="small" />
    <IconButton icon="reply" label="Reply" size="small" />
    <IconButton icon="trash" label="Delete" size="small" />
  </>
)

export function MessagesPage(): ReactElement {
  const [first, second, third, fourth, fifth, sixth, seventh] = said
  return (
    <Page>
      <div className="bleed">
        <MessageCard message={first} before={undefined} actions={actions}>
          <RichText text="The engine weaves algebraical patterns just as the loom weaves flowers and leaves." />
        </MessageCard>
        <MessageCard message={second} before={first} note="edited" actions={actions}>
          <RichText
            text="@Ada Lovelace the compiler works! https://en.wikipedia.org/wiki/A-0_System"
            mentions={people}
            ownId="u1"
          />
          <Reactions
            reactions={[
              { emoji: '❤️', count: 3, isOwn: true },
              { emoji: '😮', count: 1, isOwn: false },
            ]}
            onChoose={() => {}}
          />
        </MessageCard>
        <MessageCard message={third} before={second} actions={actions}>
          <RichText text="It continues what was said above." />
        </MessageCard>
        <MessageCard
          message={fourth}
          before={third}
          isFirstUnread
          quote={{ author: ada, text: 'The engine weaves algebraical patterns just as the loom weaves flowers' }}
          actions={actions}
        >
          <RichText text="Can it think?" />
        </MessageCard>
        <MessageCard message={fifth} before={fourth}>
          <Badge>deleted</Badge>
        </MessageCard>
        <MessageCard message={sixth} before={fifth} isPending>
          <RichText text="On its way." />
        </MessageCard>
        <MessageCard message={seventh} before={sixth} failure="You write too fast. Wait a moment.">
          <RichText text="Not on its way." />
        </MessageCard>
      </div>
    </Page>
  )
}
