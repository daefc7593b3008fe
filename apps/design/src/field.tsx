import { useId, type ComponentProps, type ReactElement, type ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'
import type { IconName } from './icon-paths.ts'

export interface FieldProps extends ComponentProps<'input'> {
  readonly label: string
  /** The label is there for screen readers only. */
  readonly isLabelHidden?: boolean
  readonly hint?: ReactNode
  /** What is wrong and what to do; marks the input as invalid and is read aloud when it appears. */
  readonly error?: string | undefined
  readonly icon?: IconName
}

/** A labelled input, its hint and its error. All other props go to the input. */
export function Field({
  label,
  isLabelHidden = false,
  hint,
  error,
  icon,
  className,
  ...rest
}: FieldProps): ReactElement {
  const id = useId()
  const described = classNames(hint !== undefined && `${id}hint`, error !== undefined && `${id}error`)
  return (
    <div className={classNames('mr-field', className)} data-invalid={error !== undefined || undefined}>
      <label htmlFor={`${id}input`} className={isLabelHidden ? 'mr-unseen' : 'mr-field-label'}>
        {label}
      </label>
      <div className="mr-field-box" data-icon={icon !== undefined || undefined}>
        {icon && <Icon name={icon} size="small" />}
        <input
          {...rest}
          id={`${id}input`}
          className="mr-input"
          aria-invalid={error !== undefined || undefined}
          aria-describedby={described || undefined}
        />
      </div>
      {hint !== undefined && (
        <p id={`${id}hint`} className="mr-field-hint">
          {hint}
        </p>
      )}
      <p id={`${id}error`} className="mr-field-error" role="alert">
        {error}
      </p>
    </div>
  )
}
