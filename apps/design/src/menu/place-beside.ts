const gap = 6
const margin = 8

/** Puts a popover below an element, or above it where there is no room, within the window. Pixels of the window. */
export function placeBeside(popover: HTMLElement, anchor: HTMLElement): void {
  const { top, bottom, right } = anchor.getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = popover
  const { clientWidth, clientHeight } = document.documentElement
  const hasRoomBelow = bottom + gap + height + margin <= clientHeight
  const y = hasRoomBelow ? bottom + gap : Math.max(margin, top - gap - height)
  const x = Math.min(Math.max(margin, right - width), clientWidth - margin - width)
  popover.style.top = `${y}px`
  popover.style.left = `${x}px`
}
