import { useEffect, useState } from 'react'

/** Takes files that are dropped anywhere on the page. @returns Whether some are held over it. */
export function useFileDrop(onFiles: (files: FileList) => void): boolean {
  const [isOver, setOver] = useState(false)
  useEffect(() => {
    const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') ?? false
    const over = (event: DragEvent): void => {
      if (!hasFiles(event)) return
      // Without it the browser would open the file in place of the page.
      event.preventDefault()
      setOver(true)
    }
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false)
    }
    const drop = (event: DragEvent): void => {
      if (!hasFiles(event) || !event.dataTransfer) return
      event.preventDefault()
      setOver(false)
      onFiles(event.dataTransfer.files)
    }
    const end = new AbortController()
    addEventListener('dragover', over, end)
    addEventListener('dragleave', leave, end)
    addEventListener('drop', drop, end)
    return () => end.abort()
  }, [onFiles])
  return isOver
}
