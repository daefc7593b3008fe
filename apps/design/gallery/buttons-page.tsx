import { Badge, Button, ButtonLink, EmojiBar, IconButton, Spinner, type ButtonProps } from '@millrace/app-design'
import { useState, type ReactElement } from 'react'
import { Page, Specimen } from './specimen.tsx'

const variants: readonly NonNullable<ButtonProps['variant']>[] = ['primary', 'plain', 'quiet', 'danger']
const sizes: readonly NonNullable<ButtonProps['size']>[] = ['small', 'medium', 'large']
const emoji = ['👍', '❤️', '😂', '🎉', '😮', '😢']

export function ButtonsPage(): ReactElement {
  const [chosen, setChosen] = useState<readonly string[]>(['❤️'])
  return (
    <Page>
      {variants.map((variant) => (
        <Specimen key={variant} title={variant}>
          {sizes.map((size) => (
            <Button key={size} variant={variant} size={size}>
              Create {size}
            </Button>
          ))}
          <Button variant={variant} icon="plus">
            With an icon
          </Button>
          <Button variant={variant} isBusy>
            Busy
          </Button>
          <Button variant={variant} disabled>
            Disabled
          </Button>
        </Specimen>
      ))}
      <Specimen title="Icon buttons and links">
        <IconButton icon="reply" label="Reply" />
        <IconButton icon="edit" label="Edit" variant="plain" />
        <IconButton icon="send" label="Send" variant="primary" />
        <IconButton icon="trash" label="Delete" variant="danger" />
        <IconButton icon="bell" label="Notify me" aria-pressed="true" />
        <IconButton icon="image" label="Add a picture" disabled />
        <ButtonLink href="#buttons" variant="primary" icon="message">
          Open the chat
        </ButtonLink>
        <ButtonLink href="#buttons">Read more</ButtonLink>
      </Specimen>
      <Specimen title="Badges">
        <Badge>draft</Badge>
        <Badge tone="accent" label="12 unread">
          12
        </Badge>
        <Badge tone="mention" label="3 mentions">
          @3
        </Badge>
        <Badge tone="good">sent</Badge>
        <Badge tone="warn">waiting</Badge>
        <Badge tone="bad">failed</Badge>
      </Specimen>
      <Specimen title="Reactions and waiting">
        <EmojiBar
          label="React to the message of Ada"
          emoji={emoji}
          chosen={chosen}
          onChoose={(one, isOn) => setChosen(isOn ? [...chosen, one] : chosen.filter((other) => other !== one))}
        />
        <Spinner label="Loading" />
        <Spinner label="Loading" size="small" />
      </Specimen>
    </Page>
  )
}
