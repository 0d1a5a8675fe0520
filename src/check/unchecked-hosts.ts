/**
 * Why a host is not asked:
 *
 * - `credentials`: Composer holds headers, a certificate or a token for it that are not sent from here.
 * - `options`: its repository, or the locked package, has `options` that shape the request.
 * - `http`: over http nothing leaves this machine.
 * - `address`: it is no URL.
 * - `too-many`: nobody named it, and others came before.
 */
export type WhyUnchecked = 'credentials' | 'options' | 'http' | 'address' | 'too-many'

/** A host of which nothing is said, and why. */
export interface UncheckedHost {
  readonly host: string
  readonly why: WhyUnchecked
}

/** Collects such hosts, each with the first reason, as far as anybody can read them. */
export interface UncheckedHosts {
  add(host: string, why: WhyUnchecked): void
  readonly all: readonly UncheckedHost[]
}

/** More are counted nowhere: a lock of a pull request may name any number. */
const MOST = 1000

export function uncheckedHosts(): UncheckedHosts {
  const known = new Map<string, UncheckedHost>()
  return {
    add: (host, why) => {
      if (!known.has(host) && known.size < MOST) known.set(host, { host, why })
    },
    get all() {
      return [...known.values()]
    },
  }
}
