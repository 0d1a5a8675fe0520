/** What is wrong with a file or a variable that is to hold credentials, in words. */
import type { AuthFault, WrongEntry } from '../composer/auth-json.js'
import { AUTH_SECTIONS } from '../composer/auth-sections.js'
import type { Position } from '../composer/json.js'
import type { Seal } from '../composer/sealed-file.js'

/** Who encrypts files so, or keeps them elsewhere, and how they come back. `is` continues the path. */
const SEALS: Readonly<Record<Seal, { readonly is: string; readonly fix: string }>> = {
  'git-crypt': {
    is: 'is encrypted by git-crypt',
    fix: 'Run `git-crypt unlock` before this step, with the key from a secret.',
  },
  'git-lfs': {
    is: 'is a pointer of Git LFS, not the file itself',
    fix: 'Set `lfs: true` for actions/checkout, or better: do not keep credentials in the repository.',
  },
  'ansible-vault': {
    is: 'is encrypted by Ansible Vault',
    fix: 'Run `ansible-vault decrypt` on it before this step.',
  },
  pgp: { is: 'is encrypted by OpenPGP', fix: 'Run `gpg --decrypt` on it before this step.' },
  age: { is: 'is encrypted by age', fix: 'Run `age --decrypt` on it before this step.' },
}

function sealIn(fault: AuthFault): Seal | undefined {
  return 'seal' in fault ? fault.seal : undefined
}

/** The step that makes an encrypted or absent file readable; undefined where it is not one. */
export function unsealingOf(fault: AuthFault): string | undefined {
  const seal = sealIn(fault)
  return seal && SEALS[seal].fix
}

/** What an entry of a section must be. */
export function formOf(section: string): string {
  return AUTH_SECTIONS.get(section)?.form ?? 'what Composer’s schema says'
}

/** Continues the name of the file or variable. */
export function faultInWords(fault: AuthFault, position: Position | undefined): string {
  const seal = sealIn(fault)
  if (seal !== undefined) return SEALS[seal].is
  const at = position === undefined ? '' : `at line ${position.line}, column ${position.column}`
  const inText = at === '' ? '' : `${at}, `
  const behind = at === '' ? '' : ` ${at}`
  switch (fault.reason) {
    case 'empty':
      return 'is empty'
    case 'not-utf-8':
      return 'is not UTF-8 text'
    case 'byte-order-mark':
      return 'begins with a byte order mark'
    case 'single-quotes':
      return `is not valid JSON: ${inText}it has single quotes instead of double quotes`
    case 'trailing-comma':
      return `is not valid JSON: ${inText}it has an extra comma`
    case 'syntax':
      return `is not valid JSON${at === '' ? '' : `: the mistake is ${at}`}`
    case 'not-decodable':
      return `is nested too deeply or holds a broken character${behind}, so PHP cannot decode it`
    case 'not-an-object':
      return 'does not hold a JSON object'
    case 'list':
      return 'must be one JSON object, but is a list: it begins with `[`'
    case 'numeric-key':
      return `has a number where a section name is expected${behind}`
    case 'section':
      return `has a section \`${fault.section}\`${behind} that is not an object`
    case 'entry':
      return wrongEntry(fault.section, fault.wrong, behind)
  }
}

function wrongEntry(section: string, wrong: WrongEntry, behind: string): string {
  switch (wrong.kind) {
    case 'numeric-host':
      return `has a number where a host is expected in \`${section}\`${behind}`
    case 'missing':
      return `has an entry in \`${section}\` without \`${wrong.field}\`${behind}`
    case 'form':
      return `has a wrong entry in \`${section}\`${behind}: it must be ${formOf(section)}`
  }
}
