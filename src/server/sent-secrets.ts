import { AUTH_SECTIONS } from '../composer/auth-sections.js'
import type { SentCredentials } from '../composer/http-basic.js'
import { masksFor, masksForValues, SHORTEST_MASK } from '../text/secret-forms.js'
import { isTooLongForDns } from './addresses.js'

/** The secrets that servers were sent in this run. */
export interface SentSecrets {
  /** Told of everything that goes out. */
  add(sent: SentCredentials): void
  /**
   * Whether one of them, in any form, stands in the host name of a URL: a server has put it there, and it would be looked
   * up in the open. Also of a name that is too long for one, which is not looked through.
   */
  nameHostOf(url: string): boolean
}

/** Opens the memory of one run: nothing was sent yet. */
export function openSentSecrets(): SentSecrets {
  const known = new Set<string>()
  const forms = new Set<string>()
  return {
    add(sent) {
      const key = JSON.stringify(sent)
      if (known.has(key)) return
      known.add(key)
      // The signs of equality at the end of base64 say nothing, and a host name is in lower case.
      const values = AUTH_SECTIONS.get('custom-headers')?.secretsIn([...(sent.headers ?? [])]) ?? []
      for (const form of [...masksFor(sent), ...masksForValues(values)])
        forms.add(form.replace(/=+$/, '').toLowerCase())
    },
    nameHostOf(url) {
      if (forms.size === 0 || !URL.canParse(url)) return false
      const { hostname } = new URL(url)
      if (isTooLongForDns(hostname)) return true
      // By the pieces of the name, which is short, and not by the secrets, which may be many.
      for (let start = 0; start + SHORTEST_MASK <= hostname.length; start++) {
        for (let end = start + SHORTEST_MASK; end <= hostname.length; end++) {
          if (forms.has(hostname.slice(start, end))) return true
        }
      }
      return false
    },
  }
}
