import type { ReactElement } from 'react'
import { Page, Specimen } from './specimen.tsx'

const surfaces = ['page', 'sunken', 'surface', 'raised']
const pairs = [
  ['accent', 'on-accent'],
  ['accent-soft', 'accent-text'],
  ['mention', 'on-mention'],
  ['mention-soft', 'mention-text'],
  ['good-soft', 'good-text'],
  ['warn-soft', 'warn-text'],
  ['bad', 'on-bad'],
  ['bad-soft', 'bad-text'],
] as const

export function ColoursPage(): ReactElement {
  return (
    <Page>
      <Specimen title="Surfaces">
        {surfaces.map((name) => (
          <Swatch key={name} back={name} text="text" />
        ))}
      </Specimen>
      <Specimen title="Colours">
        {pairs.map(([back, text]) => (
          <Swatch key={back} back={back} text={text} />
        ))}
      </Specimen>
      <Specimen title="Type" isStacked>
        {['3xl', '2xl', 'xl', 'lg', 'md', 'sm', 'xs'].map((size) => (
          <p key={size} className="type" style={{ fontSize: `var(--mr-text-${size})` }}>
            Water turns the wheel
          </p>
        ))}
        <p className="muted">Muted text says what matters less, and can still be read.</p>
      </Specimen>
    </Page>
  )
}

function Swatch({ back, text }: { readonly back: string; readonly text: string }): ReactElement {
  return (
    <div className="swatch" style={{ background: `var(--mr-${back})`, color: `var(--mr-${text})` }}>
      <strong>{back}</strong>
      <span>{text}</span>
    </div>
  )
}
