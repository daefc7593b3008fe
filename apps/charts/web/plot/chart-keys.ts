import type { TimeControl } from '../time/time-control.ts'

/** How much of the window one press moves it. */
const panShare = 0.25
const zoomFactor = 1.5

/** What a key does to a chart's time. @returns Whether it was one of ours. */
export function pressKey(time: TimeControl, key: string): boolean {
  const step = time.lengthMs * panShare
  switch (key) {
    case 'ArrowLeft':
      time.pan(-step)
      return true
    case 'ArrowRight':
      time.pan(step)
      return true
    case '+':
    case '=':
      time.zoom(1 / zoomFactor, middleOf(time))
      return true
    case '-':
      time.zoom(zoomFactor, middleOf(time))
      return true
    case 'End':
      time.goLive()
      return true
    case ' ':
      if (time.isLive) time.pause()
      else time.goLive()
      return true
    default:
      return false
  }
}

function middleOf(time: TimeControl): number {
  const { from, to } = time.span()
  return (from + to) / 2
}
