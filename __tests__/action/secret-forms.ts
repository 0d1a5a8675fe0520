/**
 * The forms in which a secret could be recognised in a text: as it stands, as base64 at each of the three places at
 * which it can begin inside a longer text, percent-encoded, and as JSON.
 */
export function formsOf(secret: string): string[] {
  if (secret.length < 4) return []
  const aligned = [0, 1, 2].map((shift) => {
    const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(secret)])
    const encoded = bytes.toString('base64').replace(/=+$/, '')
    // Characters that also depend on what stands before or after the secret are left out.
    return encoded.slice(Math.ceil((shift * 8) / 6), encoded.length - (bytes.length % 3 === 0 ? 0 : 1))
  })
  const forms = [secret, ...aligned, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]
  return [...new Set(forms)].filter((form) => form.length >= 4)
}
