/** As many of some texts, from the first on, as have room with a separator of one byte behind each. */
export function fitting(texts: readonly string[], bytes: number): string[] {
  const shown: string[] = []
  let left = bytes
  for (const one of texts) {
    left -= Buffer.byteLength(one) + 1
    if (left < 0) break
    shown.push(one)
  }
  return shown
}
