import { Badge, Button, Dialog, Field, List, ListItem, Segments, useToasts } from '@millrace/app-design'
import { useEffect, useState, type ReactElement } from 'react'
import type { GrantedRole, Link } from '../../contract.ts'
import { addressOf } from '../address.ts'
import { agoText } from '../ago-text.ts'
import type { DeskRoom } from '../desk/use-desk.ts'
import { useAsk } from '../use-ask.ts'
import { useNow } from '../use-now.ts'

interface ShareDialogProps {
  readonly room: DeskRoom
  readonly documentId: string
  readonly onClose: () => void
}

const roles = [
  { value: 'editor', name: 'May edit' },
  { value: 'reader', name: 'May read' },
] as const
const what: Readonly<Record<GrantedRole, string>> = {
  editor: 'Whoever has it may edit',
  reader: 'Whoever has it may read',
}

/** The links of a document: each lets in whoever has it, until it is ended. */
export function ShareDialog({ room, documentId, onClose }: ShareDialogProps): ReactElement {
  const ask = useAsk()
  const toasts = useToasts()
  const now = useNow()
  const [role, setRole] = useState<GrantedRole>('editor')
  const [links, setLinks] = useState<readonly Link[]>([])
  const [address, setAddress] = useState<string>()
  useEffect(() => {
    void ask(() => room.request('link.list', {})).then((answer) => answer && setLinks(answer.data.links))
  }, [ask, room])

  async function make(): Promise<void> {
    const made = await ask(() => room.request('link.make', { role }))
    if (!made) return
    const { token, ...link } = made.data
    setLinks((before) => [...before, link])
    setAddress(new URL(addressOf(documentId, token), location.href).href)
  }
  async function end(id: string): Promise<void> {
    if (!(await ask(() => room.request('link.end', { id })))) return
    setLinks((before) => before.filter((link) => link.id !== id))
    setAddress(undefined)
    toasts.show({ text: 'The link is ended. Who came by it is out.' })
  }
  async function copy(): Promise<void> {
    if (address && (await ask(() => navigator.clipboard.writeText(address)))) {
      toasts.show({ tone: 'good', text: 'The link is in the clipboard.' })
    }
  }
  return (
    <Dialog isOpen onClose={onClose} title="Share by link">
      <div className="share-make">
        <Segments label="What the link allows" choices={roles} chosen={role} onChoose={setRole} />
        <Button variant="primary" icon="link" onClick={() => void make()}>
          Make a link
        </Button>
      </div>
      {address !== undefined && (
        <div className="share-made">
          <Field
            label="The new link"
            readOnly
            value={address}
            hint="It is shown this once. Copy it now, or make another one later."
            onFocus={({ target }) => target.select()}
          />
          <Button icon="copy" onClick={() => void copy()}>
            Copy
          </Button>
        </div>
      )}
      {links.length > 0 ? (
        <List label="Links that work now">
          {links.map((link) => (
            <ListItem
              key={link.id}
              title={what[link.role]}
              text={`Made ${agoText(link.at, now)}`}
              trailing={<Badge>{link.role}</Badge>}
              actions={
                <Button size="small" onClick={() => void end(link.id)}>
                  End it
                </Button>
              }
            />
          ))}
        </List>
      ) : (
        <p className="share-none">Nobody else can open this document yet.</p>
      )}
    </Dialog>
  )
}
