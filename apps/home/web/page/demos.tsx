import { Icon } from '@millrace/app-design'
import type { ReactElement, ReactNode } from 'react'
import arenaDark from '../pictures/arena-dark.png'
import arenaLight from '../pictures/arena-light.png'
import chartsDark from '../pictures/charts-dark.png'
import chartsLight from '../pictures/charts-light.png'
import chatDark from '../pictures/chat-dark.png'
import chatLight from '../pictures/chat-light.png'
import collabDark from '../pictures/collab-dark.png'
import collabLight from '../pictures/collab-light.png'

/** @param people In the chat now; undefined while that is not known. */
export function Demos({ people }: { readonly people: number | undefined }): ReactElement {
  return (
    <section id="demos" aria-labelledby="demos-heading" tabIndex={-1}>
      <div className="section-head">
        <h2 id="demos-heading">Use it</h2>
        <p>What the framework is for: applications that people leave open all day.</p>
      </div>
      <ul className="demos">
        <Demo name="Chat" address="./chat/" light={chatLight} dark={chatDark}>
          <p>
            Conversations, replies, reactions, pictures, who is here, what is unread. Kill the server while you write:
            what you typed waits in the page and arrives once, in order, when it is back.
          </p>
          <p className="demo-live" data-live={people !== undefined}>
            {peopleText(people)}
          </p>
        </Demo>
        <Demo name="Documents" address="./collab/" light={collabLight} dark={collabDark}>
          <p>
            Texts in Markdown that several people write at once, with cursors, comments and earlier versions. Go offline
            in the middle of a sentence and write on: when you are back, both sides are one text.
          </p>
        </Demo>
        <Demo name="Charts" address="./charts/" light={chartsLight} dark={chartsDark}>
          <p>
            This server, measured every second; a simulated market of 300 symbols at up to 10,000 updates a second; the
            log of every node. Each chart comes at your screen’s resolution and goes on without a hole.
          </p>
        </Demo>
        <Demo name="Arena" address="./arena/" light={arenaLight} dark={arenaDark}>
          <p>
            An online game in small: boats on a mill pond, 30 ticks a second. Your own boat answers at once, the others
            glide, and the page shows what the line between you takes.
          </p>
        </Demo>
      </ul>
    </section>
  )
}

interface DemoProps {
  readonly name: string
  readonly address: string
  readonly light: string
  readonly dark: string
  readonly children: ReactNode
}

function Demo({ name, address, light, dark, children }: DemoProps): ReactElement {
  return (
    <li className="demo">
      <div className="demo-picture">
        <img className="for-light" src={light} alt="" width="1200" height="750" loading="lazy" />
        <img className="for-dark" src={dark} alt="" width="1200" height="750" loading="lazy" />
      </div>
      <div className="demo-text">
        <h3>
          <a href={address}>{name}</a> <Icon name="chevron" size="small" />
        </h3>
        {children}
      </div>
    </li>
  )
}

function peopleText(people: number | undefined): string {
  if (people === undefined) return 'looking who is there…'
  if (people === 0) return 'nobody is there now'
  return people === 1 ? 'one person is there now' : `${people} people are there now`
}
