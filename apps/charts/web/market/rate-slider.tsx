import { useId, type ReactElement } from 'react'
import { countText } from '../plot/value-texts.ts'
import { rateOf, rateSteps, stepOf } from './rate-scale.ts'
import type { UsedRate } from './use-rate.ts'

interface RateSliderProps extends UsedRate {
  /** What is being done at the moment; other than the wish where nobody else watches. */
  readonly note: string | undefined
}

/** How fast the simulation runs, for everybody who watches. */
export function RateSlider({ rate, set, error, note }: RateSliderProps): ReactElement {
  const id = useId()
  const text = `${countText(rate)} ${rate === 1 ? 'update' : 'updates'} a second`
  return (
    <div className="rate">
      <label htmlFor={id}>Speed of the simulation</label>
      <input
        id={id}
        type="range"
        min={0}
        max={rateSteps}
        value={stepOf(rate)}
        aria-valuetext={text}
        onChange={({ target }) => set(rateOf(Number(target.value)))}
      />
      <output htmlFor={id}>{text}</output>
      <output className="rate-note">{error ?? note}</output>
    </div>
  )
}
