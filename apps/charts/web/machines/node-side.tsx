import { Choice, List } from '@millrace/app-design'
import { useEffect, useReducer, type ReactElement } from 'react'
import { useAddress, usePageParts } from '../page-parts.ts'
import { colourOf } from '../plot/palette.ts'
import { bytesText } from '../plot/value-texts.ts'
import { agoText } from '../time/time-text.ts'
import type { UsedNodes } from './use-nodes.ts'

/** Uptimes are said anew so often, ms. */
const everyMs = 10_000

/** The nodes with their facts and colours; each can be left out of charts and log. */
export function NodeSide({ nodes, names }: UsedNodes): ReactElement {
  const { address, clock } = usePageParts()
  const { hidden } = useAddress()
  const [, again] = useReducer((count: number) => count + 1, 0)
  useEffect(() => {
    const timer = setInterval(again, everyMs)
    return () => clearInterval(timer)
  }, [])
  function toggle(name: string, isShown: boolean): void {
    address.adjust({ hidden: isShown ? hidden.filter((each) => each !== name) : [...hidden, name] })
  }
  return (
    <List label={nodes.length === 1 ? 'One node' : `${nodes.length} nodes`}>
      {nodes.map((node) => (
        <li key={node.name}>
          <Choice
            type="checkbox"
            checked={!hidden.includes(node.name)}
            onChange={({ target }) => toggle(node.name, target.checked)}
            label={
              <strong className="node-name" data-colour={colourOf(node.name, names)}>
                {node.name}
              </strong>
            }
            hint={
              <>
                process {node.pid} on {node.host}, up {agoText(clock.now() - node.startedAt)}
                <br />
                {node.cores} cores, {bytesText(node.totalMemoryBytes)}, Node {node.version}
                <br />
                {node.watching} watching
              </>
            }
          />
        </li>
      ))}
    </List>
  )
}
