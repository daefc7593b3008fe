import { dayText, RichText, Time } from '@millrace/app-design'
import type { ReactElement } from 'react'
import { hostileTexts } from './hostile-texts.ts'
import { people } from './people.ts'
import { Page, Specimen } from './specimen.tsx'

const now = Date.now()
const ago = [0, 1, 3, 400].map((days) => now - days * 86_400_000)

export function TextPage(): ReactElement {
  return (
    <Page>
      <Specimen title="What people write" isStacked>
        <RichText
          text={'@Ada Lovelace see https://en.wikipedia.org/wiki/Mill_race, or ask @Grace Hopper.\nA second line.'}
          mentions={people}
          ownId="u1"
        />
        <RichText text="🎉🎉 👍🏽" />
      </Specimen>
      <Specimen title="What people write to see what happens" isStacked>
        {hostileTexts.map((text) => (
          <div key={text} className="bubble" data-testid="hostile">
            <RichText text={text} mentions={people} />
          </div>
        ))}
      </Specimen>
      <Specimen title="Time" isStacked>
        {ago.map((at) => (
          <p key={at}>
            {dayText(at)} · <Time at={at} /> · <Time at={at} format="short" />
          </p>
        ))}
      </Specimen>
    </Page>
  )
}
