/** What a file holds in the place of its contents, as the tools that made it write it. */
export type Seal = 'git-crypt' | 'git-lfs' | 'ansible-vault' | 'pgp' | 'age'

/** How each begins. Sources: the documentation of git-crypt, Git LFS, Ansible Vault, OpenPGP (RFC 9580) and age. */
const BEGINNINGS: readonly (readonly [Seal, string])[] = [
  ['git-crypt', '\0GITCRYPT\0'],
  ['git-lfs', 'version https://git-lfs.github.com/spec/'],
  ['ansible-vault', '$ANSIBLE_VAULT;'],
  ['pgp', '-----BEGIN PGP MESSAGE-----'],
  ['age', 'age-encryption.org/'],
  ['age', '-----BEGIN AGE ENCRYPTED FILE-----'],
]

/** What stands in the place of a file's contents, told by its first bytes; undefined where that is nothing known. */
export function sealOf(bytes: Uint8Array): Seal | undefined {
  const beginning = Buffer.from(bytes.subarray(0, 64)).toString('latin1')
  return BEGINNINGS.find(([, text]) => beginning.startsWith(text))?.[0]
}
