import { Icon } from '@millrace/app-design'
import type { ReactElement } from 'react'
import chatDark from '../pictures/chat-dark.png'
import chatLight from '../pictures/chat-light.png'

/** @param people In the chat now; undefined while that is not known. */
export function Demos({ people }: { readonly people: number | undefined }): ReactElement {
  return (
    <section id="demos" aria-labelledby="demos-heading" tabIndex={-1}>
      <div className="section-head">
        <h2 id="demos-heading">Use it</h2>
        <p>What the framework is for: applications that people leave open all day.</p>
      </div>
      <ul className="demos">
        <li className="demo">
          <div className="demo-picture">
            <img className="for-light" src={chatLight} alt="" width="1200" height="750" loading="lazy" />
            <img className="for-dark" src={chatDark} alt="" width="1200" height="750" loading="lazy" />
          </div>
          <div className="demo-text">
            <h3>
              <a href="./chat/">Chat</a> <Icon name="chevron" size="small" />
            </h3>
            <p>
              Conversations, replies, reactions, pictures, who is here, what is unread. Kill the server while you write:
              what you typed waits in the page and arrives once, in order, when it is back.
            </p>
            <p className="demo-live" data-live={people !== undefined}>
              {peopleText(people)}
            </p>
          </div>
        </li>
      </ul>
    </section>
  )
}

function peopleText(people: number | undefined): string {
  if (people === undefined) return 'looking who is there…'
  if (people === 0) return 'nobody is there now'
  return people === 1 ? 'one person is there now' : `${people} people are there now`
}
