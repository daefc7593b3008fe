/** How many attachments the text of a Socket.IO packet announces: two in `52-/chat,[...]`, none in `2/chat,[...]`. */
export function announcedAttachments(text: string): number {
  return text[0] === '5' || text[0] === '6' ? Number(text.slice(1, text.indexOf('-'))) : 0
}
