import type { ComponentProps, ReactElement } from 'react'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'
import type { IconName } from './icon-paths.ts'
import { Spinner } from './spinner.tsx'

export interface ButtonProps extends ComponentProps<'button'> {
  /** Default `plain`: a border and the page's colours. `quiet` has neither until pointed at. */
  readonly variant?: 'plain' | 'primary' | 'quiet' | 'danger'
  readonly size?: 'small' | 'medium' | 'large'
  readonly icon?: IconName
  /** It shows a spinner, keeps the focus and does nothing. */
  readonly isBusy?: boolean
}

export function Button(props: ButtonProps): ReactElement {
  const { variant = 'plain', size = 'medium', icon, isBusy = false, className, children, onClick, ...rest } = props
  return (
    <button
      type="button"
      {...rest}
      className={classNames('mr-button', className)}
      data-variant={variant}
      data-size={size}
      aria-disabled={isBusy || undefined}
      onClick={isBusy ? (event) => event.preventDefault() : onClick}
    >
      {isBusy ? <Spinner size="small" label="Please wait" /> : icon && <Icon name={icon} size="small" />}
      {children}
    </button>
  )
}
