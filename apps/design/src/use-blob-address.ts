import { useEffect, useState } from 'react'

/** A `blob:` address of a file while the component is mounted. The browser finds out which kind of picture it is. */
export function useBlobAddress(bytes: Uint8Array | undefined): string | undefined {
  const [address, setAddress] = useState<string>()
  useEffect(() => {
    if (!bytes) return
    const made = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>]))
    setAddress(made)
    return () => {
      URL.revokeObjectURL(made)
      setAddress(undefined)
    }
  }, [bytes])
  return address
}
