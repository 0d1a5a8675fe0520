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

/** What nothing is said of: hosts, and packages that may come from version control or a folder, which are not asked. */
export interface Unchecked {
  readonly hosts: readonly UncheckedHost[]
  readonly packages: readonly string[]
}

/** Collects them, each host with the first reason, as far as anybody can read them. */
export interface UncheckedHosts {
  add(host: string, why: WhyUnchecked): void
  addPackage(name: string): void
  readonly all: Unchecked
}

/** More are counted nowhere: a lock of a pull request may name any number. */
const MOST = 1000

export function uncheckedHosts(): UncheckedHosts {
  const known = new Map<string, UncheckedHost>()
  const packages = new Set<string>()
  return {
    add: (host, why) => {
      if (!known.has(host) && known.size < MOST) known.set(host, { host, why })
    },
    addPackage: (name) => {
      if (packages.size < MOST) packages.add(name)
    },
    get all() {
      return { hosts: [...known.values()], packages: [...packages] }
    },
  }
}
