import { useId, useImperativeHandle, useRef, useState, type KeyboardEvent, type ReactElement } from 'react'
import { IconButton } from '../icon-button.tsx'
import type { ComposerProps } from './composer-props.ts'
import { filesOf } from './files-of.ts'
import { mentionQuery } from './mention-query.ts'
import { PictureButton } from './picture-button.tsx'
import { mentionedIds, type Suggestion } from './suggestion.ts'
import { optionId, SuggestionList } from './suggestion-list.tsx'
import { useAutoHeight } from './use-auto-height.ts'
import { useSuggestions } from './use-suggestions.ts'

/** Where somebody writes: Enter sends, Shift+Enter breaks the line, Escape cancels. It keeps its own text. */
export function Composer(props: ComposerProps): ReactElement {
  const { label, placeholder, initialText = '', initialMentions = [], maxLength, ref } = props
  const { canSendEmpty = false, isDisabled = false, sendLabel = 'Send', above } = props
  const { onSend, onText, onCancel, onFiles, suggest } = props
  const listId = useId()
  const area = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useState(initialText)
  const [caret, setCaret] = useState(initialText.length)
  const [chosen, setChosen] = useState<readonly Suggestion[]>(initialMentions)
  const [closedAt, setClosedAt] = useState<number>()
  const [isDropping, setDropping] = useState(false)
  const asked = suggest && mentionQuery(text, caret)
  const wanted = asked?.start === closedAt ? undefined : asked
  const suggestions = useSuggestions(suggest, wanted)
  const isListOpen = wanted !== undefined && suggestions.found.length > 0
  const canSend = !isDisabled && (canSendEmpty || text.trim() !== '')
  useAutoHeight(area, text)
  useImperativeHandle(ref, () => ({ focus: () => area.current?.focus() }), [])

  function write(next: string, nextCaret: number): void {
    setText(next)
    setCaret(nextCaret)
    onText?.(next)
  }

  function send(): void {
    if (!canSend || onSend({ text: text.trim(), mentions: mentionedIds(text, chosen) }) === false) return
    setChosen([])
    write('', 0)
    area.current?.focus()
  }

  function choose(suggestion: Suggestion): void {
    if (!wanted || !area.current) return
    const before = `${text.slice(0, wanted.start)}@${suggestion.label} `
    const next = before + text.slice(caret)
    setChosen([...chosen, suggestion])
    write(next, before.length)
    // React sets the value later and would put the caret to the end.
    area.current.value = next
    area.current.setSelectionRange(before.length, before.length)
  }

  function onListKey(key: string): boolean {
    const active = suggestions.found[suggestions.active]
    if (key === 'ArrowDown') suggestions.move(1)
    else if (key === 'ArrowUp') suggestions.move(-1)
    else if ((key === 'Enter' || key === 'Tab') && active) choose(active)
    else if (key === 'Escape') setClosedAt(wanted?.start)
    else return false
    return true
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>): void {
    // Enter and arrows choose among the input method's own candidates then.
    if (event.nativeEvent.isComposing) return
    if (isListOpen && onListKey(event.key)) return event.preventDefault()
    if (event.key === 'Escape' && onCancel) return onCancel()
    if (event.key !== 'Enter' || event.shiftKey) return
    event.preventDefault()
    send()
  }

  const takeFiles = (data: DataTransfer | null): boolean => {
    const files = filesOf(data)
    if (!onFiles || files.length === 0) return false
    onFiles(files)
    return true
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- files are dropped on it; the button does the same
    <form
      className="mr-composer"
      data-dropping={isDropping || undefined}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
      onDragOver={(event) => {
        if (!onFiles) return
        event.preventDefault()
        setDropping(true)
      }}
      onDragLeave={() => setDropping(false)}
      onDrop={(event) => {
        setDropping(false)
        if (takeFiles(event.dataTransfer)) event.preventDefault()
      }}
    >
      {above}
      {isListOpen && (
        <SuggestionList id={listId} found={suggestions.found} active={suggestions.active} onChoose={choose} />
      )}
      {wanted && suggestions.hasFailed && <p className="mr-composer-fault">Names cannot be looked up right now.</p>}
      <div className="mr-composer-row">
        {onFiles && <PictureButton onFiles={onFiles} isDisabled={isDisabled} />}
        <textarea
          ref={area}
          className="mr-composer-text"
          rows={1}
          dir="auto"
          aria-label={label}
          placeholder={placeholder}
          maxLength={maxLength}
          disabled={isDisabled}
          enterKeyHint="send"
          value={text}
          {...(suggest && {
            role: 'combobox',
            'aria-autocomplete': 'list',
            'aria-haspopup': 'listbox',
            'aria-expanded': isListOpen,
            'aria-controls': isListOpen ? listId : undefined,
            'aria-activedescendant': isListOpen ? optionId(listId, suggestions.active) : undefined,
          })}
          onChange={({ target }) => {
            setClosedAt(undefined)
            write(target.value, target.selectionStart)
          }}
          onSelect={({ currentTarget }) => setCaret(currentTarget.selectionStart)}
          onKeyDown={onKeyDown}
          onPaste={(event) => takeFiles(event.clipboardData) && event.preventDefault()}
        />
        <IconButton type="submit" variant="primary" icon="send" label={sendLabel} disabled={!canSend} />
      </div>
    </form>
  )
}
