/** Who can take a step: a step that changes something never stands without the person who can change it. */

/** What a step changes: `workflow` with its inputs, the `secrets` of the repository, or a file by its name. */
export type Edited = string

/** What has no file’s name; files are named before it. */
const NAMES: ReadonlyMap<Edited, string> = new Map([
  ['workflow', 'this workflow'],
  ['secrets', 'this repository’s secrets'],
])

function namesOfEdited(edited: readonly Edited[]): string {
  const files = edited.filter((one) => !NAMES.has(one))
  const others = [...NAMES].flatMap(([one, name]) => (edited.includes(one) ? [name] : []))
  const names = [...new Set([...files, ...others])]
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

/** Whoever can edit all of it; without a full stop. */
export function whoEdits(...edited: readonly Edited[]): string {
  return `Anyone who can edit ${namesOfEdited(edited)}`
}

/** Somebody who has what the steps need, such as an account, with whoever can save it; without a full stop. */
export function withEditors(person: string, ...edited: readonly Edited[]): string {
  return `${person}, with someone who can edit ${namesOfEdited(edited)}`
}
