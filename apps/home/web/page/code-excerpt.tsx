import type { ReactElement } from 'react'
import { highlight } from './highlight.ts'

/** Files that are compiled with this application, so that they cannot go stale. */
const codes = import.meta.glob<string>('../../excerpt/*.ts', { query: '?raw', import: 'default', eager: true })

const files = [
  { name: 'contract.ts', about: 'What both sides agree on' },
  { name: 'server.ts', about: 'Who may, and what happens' },
  { name: 'client.ts', about: 'In the browser, or in Node' },
] as const

const handled = [
  ['Coming back', 'Reconnecting with jitter, recovering from the position where the client stood.'],
  ['Trying again', 'Requests keep their key until they are answered; the handler runs once.'],
  ['Checking', 'Names and payloads by the compiler, and by your schemas when they arrive.'],
  ['Slow readers', 'One that does not keep up is refilled from the log, and costs no memory meanwhile.'],
] as const

export function CodeExcerpt(): ReactElement {
  return (
    <section id="code" aria-labelledby="code-heading" tabIndex={-1}>
      <div className="section-head">
        <h2 id="code-heading">Write it</h2>
        <p>One contract, imported by both sides. This is a whole application.</p>
      </div>
      <div className="files">
        {files.map(({ name, about }) => (
          <figure key={name} className="file">
            <figcaption>
              <strong>{name}</strong> <span>{about}</span>
            </figcaption>
            <pre>
              <code>
                {highlight((codes[`../../excerpt/${name}`] ?? '').trim()).map((part, index) => (
                  <span key={index} data-kind={part.kind}>
                    {part.code}
                  </span>
                ))}
              </code>
            </pre>
          </figure>
        ))}
        <div className="handled">
          <h3>What you do not write</h3>
          <dl>
            {handled.map(([name, text]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{text}</dd>
              </div>
            ))}
          </dl>
        </div>
      </div>
    </section>
  )
}
