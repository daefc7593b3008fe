import type { ReactElement } from 'react'

const facts = [
  ['One order for all', 'All members of a room see its durable events in one and the same order.'],
  ['No silent loss', 'What was acknowledged reaches each member, or lies in a gap that the member is told of first.'],
  ['No duplicates', 'Requests carry a key; a retry after a lost answer does not run twice.'],
  ['Errors that say whether', 'Each says whose fault it is, whether it happened, and when to try again.'],
  ['Typed from one contract', 'A wrong name or payload does not compile, and is refused when it arrives all the same.'],
  ['Nothing to install', 'One process and one SQLite file are enough to begin.'],
] as const

export function Facts(): ReactElement {
  return (
    <section aria-labelledby="facts-heading">
      <div className="section-head">
        <h2 id="facts-heading">What it promises</h2>
      </div>
      <dl className="facts">
        {facts.map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
