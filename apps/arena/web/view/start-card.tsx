import { Button, Field } from '@millrace/app-design'
import { useId, useState, type FormEvent, type ReactElement } from 'react'
import { ponds } from '../../contract.ts'
import type { PondName } from '../play/values.ts'
import { colours, lastWish, nameFault, type Wish } from './wish.ts'

export interface StartCardProps {
  readonly pond: PondName
  readonly onPond: (pond: PondName) => void
  readonly onPlay: (wish: Wish) => void
}

const pondNames: Readonly<Record<PondName, string>> = { mill: 'Mill pond', weir: 'At the weir', lock: 'By the lock' }

/** Asks for a name, a colour and a pond. */
export function StartCard({ pond, onPond, onPlay }: StartCardProps): ReactElement {
  const id = useId()
  const [wish, setWish] = useState(lastWish)
  const [fault, setFault] = useState<string>()
  const play = (event: FormEvent): void => {
    event.preventDefault()
    const named = { ...wish, name: wish.name.trim() }
    const found = nameFault(named.name)
    setFault(found)
    if (!found) onPlay(named)
  }
  return (
    <form className="start" onSubmit={play} aria-labelledby={`${id}title`} noValidate>
      <h2 id={`${id}title`}>Take a boat</h2>
      <p>
        Gather grain, bring it to the mill, and mind the others: who rams you makes you spill. Arrow keys or W A S D; a
        finger anywhere on the water; a gamepad.
      </p>
      <Field
        label="Name"
        value={wish.name}
        maxLength={20}
        autoComplete="nickname"
        error={fault}
        onChange={({ target }) => setWish({ ...wish, name: target.value })}
      />
      <fieldset className="start-colours">
        <legend>Colour</legend>
        {colours.map(({ name, hue }) => (
          <label key={hue} title={name}>
            <input
              type="radio"
              className="mr-unseen"
              name={`${id}hue`}
              checked={hue === wish.hue}
              onChange={() => setWish({ ...wish, hue })}
            />
            <span aria-hidden="true" style={{ backgroundColor: `hsl(${hue} 68% 55%)` }} />
            <span className="mr-unseen">{name}</span>
          </label>
        ))}
      </fieldset>
      <fieldset className="start-ponds">
        <legend>Where</legend>
        {ponds.map((one) => (
          <label key={one}>
            <input
              type="radio"
              className="mr-unseen"
              name={`${id}pond`}
              checked={one === pond}
              onChange={() => onPond(one)}
            />
            <span>{pondNames[one]}</span>
          </label>
        ))}
      </fieldset>
      <Button type="submit" variant="primary" size="large" icon="play">
        Play
      </Button>
    </form>
  )
}
