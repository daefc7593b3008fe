import type { ComponentProps, ReactElement } from 'react'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'
import type { IconName } from './icon-paths.ts'

export interface ButtonLinkProps extends ComponentProps<'a'> {
  readonly href: string
  readonly variant?: 'plain' | 'primary' | 'quiet'
  readonly size?: 'small' | 'medium' | 'large'
  readonly icon?: IconName
}

/** A link to another page that looks like a button. */
export function ButtonLink(props: ButtonLinkProps): ReactElement {
  const { variant = 'plain', size = 'medium', icon, className, children, ...rest } = props
  return (
    <a {...rest} className={classNames('mr-button', className)} data-variant={variant} data-size={size}>
      {icon && <Icon name={icon} size="small" />}
      {children}
    </a>
  )
}
