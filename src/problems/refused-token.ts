import type { OddToken } from '../composer/installed/accepted-token.js'
import { namesOfVersions } from '../composer/installed/composer-versions.js'
import { firstVersionWith } from '../composer/installed/version-rules.js'
import type { Position } from '../composer/json.js'
import { WORKFLOW_EDITOR } from './phrases.js'
import type { Explanation, Facts, JobSite } from './problem.js'
import { shownPath } from './shown-path.js'

/** A token for GitHub at which Composer stops, without a word of where it stands. */
export interface RefusedToken extends Facts {
  readonly code: 'auth-file-invalid'
  readonly reason: 'token'
  /** The origin that it is for; undefined where somebody's file alone names it, of whose content nothing is shown. */
  readonly host: string | undefined
  /** A file's path, or `COMPOSER_AUTH`. */
  readonly source: string
  /** In the file or the variable. */
  readonly position: Position | undefined
  readonly odd: OddToken
  /** It comes from this step's input, whichever file it stands in. */
  readonly given: boolean
}

/** @param owner who can change the file or the variable */
export function refusedToken(finding: RefusedToken, owner: string, site: JobSite): Explanation {
  const { source, host, position, given, odd, stopsOnly } = finding
  const at = position === undefined ? '' : ` (line ${position.line}, column ${position.column})`
  const file = source === 'COMPOSER_AUTH' ? 'the variable COMPOSER_AUTH' : `${shownPath(source, site)}${at}`
  const stops =
    stopsOnly === undefined ? 'Every Composer command stops' : `Every command of ${namesOfVersions(stopsOnly)} stops`
  return {
    title: 'Composer does not accept the token for GitHub',
    cause: `The token for ${host ?? 'a host'} in \`github-oauth\` ${HAS[odd]}. It comes from ${given ? 'the input `composer-auth`' : file}. ${stops} at it.`,
    fix: tokenSteps(finding),
    who: given ? WORKFLOW_EDITOR : owner,
    composerSays: host === undefined ? undefined : `Your github oauth token for ${host} contains invalid characters`,
    background:
      'Composer’s own message names no file. It reads `github-oauth` whether or not the project needs anything from GitHub.',
  }
}

const HAS: Readonly<Record<OddToken, string>> = {
  nothing: 'is empty',
  hyphen: 'has a hyphen',
  other: 'has a character that no token has, such as white space, a quotation mark or a dollar sign',
}

function tokenSteps({ odd, given }: RefusedToken): string[] {
  const jobToken = '`${{ github.token }}`, which every run has, forks included'
  switch (odd) {
    case 'nothing':
      return given
        ? [`Fill it in: ${jobToken}.`, 'Or leave `github-oauth` out of `composer-auth`.']
        : ['Have the step that writes it leave `github-oauth` out if it has no token.', `Or pass it one: ${jobToken}.`]
    case 'hyphen':
      return [
        `Install Composer ${firstVersionWith('takesHyphenInToken')} or newer, which takes such tokens.`,
        'Or leave `github-oauth` out, if the project needs nothing from GitHub or not much.',
      ]
    case 'other':
      return ['Save the token again, without anything around it.', `Or use ${jobToken}.`]
  }
}
