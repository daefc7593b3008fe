/** What was committed and is not yet told, by room and in order. */
export class PendingDeliveries<Message> {
  #byRoom = new Map<string, Message[]>()

  add(room: string, message: Message): void {
    const messages = this.#byRoom.get(room)
    if (messages === undefined) this.#byRoom.set(room, [message])
    else messages.push(message)
  }

  deliver(send: (room: string, messages: readonly Message[]) => void): void {
    if (this.#byRoom.size === 0) return
    const byRoom = this.#byRoom
    this.#byRoom = new Map()
    for (const [room, messages] of byRoom) send(room, messages)
  }
}
