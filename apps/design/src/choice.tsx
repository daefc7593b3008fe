import { useId, type ComponentProps, type ReactElement, type ReactNode } from 'react'
import { classNames } from './class-names.ts'

export interface ChoiceProps extends ComponentProps<'input'> {
  readonly type: 'checkbox' | 'radio'
  readonly label: ReactNode
  readonly hint?: ReactNode
}

/** A check box or a radio button; a click anywhere on its row counts. All other props go to the input. */
export function Choice({ label, hint, className, ...rest }: ChoiceProps): ReactElement {
  const id = useId()
  return (
    <label className={classNames('mr-choice', className)}>
      <input
        {...rest}
        className="mr-choice-input"
        aria-labelledby={`${id}label`}
        aria-describedby={hint === undefined ? undefined : `${id}hint`}
      />
      <span className="mr-choice-text">
        <span id={`${id}label`}>{label}</span>
        {hint !== undefined && (
          <span id={`${id}hint`} className="mr-field-hint">
            {hint}
          </span>
        )}
      </span>
    </label>
  )
}
