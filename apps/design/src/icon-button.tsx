import type { ComponentProps, ReactElement } from 'react'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'
import type { IconName } from './icon-paths.ts'

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children' | 'aria-label'> {
  readonly icon: IconName
  /** Its name, shown as a tip too. */
  readonly label: string
  readonly variant?: 'plain' | 'primary' | 'quiet' | 'danger'
  readonly size?: 'small' | 'medium' | 'large'
}

export function IconButton(props: IconButtonProps): ReactElement {
  const { icon, label, variant = 'quiet', size = 'medium', className, ...rest } = props
  return (
    <button
      type="button"
      title={label}
      {...rest}
      aria-label={label}
      className={classNames('mr-button', 'mr-button--icon', className)}
      data-variant={variant}
      data-size={size}
    >
      <Icon name={icon} size={size === 'small' ? 'small' : 'medium'} />
    </button>
  )
}
