import type { ReactElement } from 'react'
import { Button } from '../button.tsx'

interface JumpButtonProps {
  readonly isShown: boolean
  readonly newCount: number
  readonly onJump: () => void
}

export function JumpButton({ isShown, newCount, onJump }: JumpButtonProps): ReactElement {
  return (
    <div className="mr-log-jump">
      {isShown && (
        <Button size="small" icon="down" variant={newCount > 0 ? 'primary' : 'plain'} onClick={onJump}>
          {newCount > 0 ? `${newCount} new` : 'To the newest'}
        </Button>
      )}
      <output className="mr-unseen">{isShown && newCount > 0 && `${newCount} new below`}</output>
    </div>
  )
}
