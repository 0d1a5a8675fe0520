import { code } from './markdown.js'
import type { Outcome } from './outcome.js'

type Downloads = NonNullable<Outcome['downloads']>

/** The first line for a run that was for downloads alone, and in which nothing is wrong. */
export function downloadsHeading({ service }: Downloads): string {
  return service === 'accepts' ? 'The download token works' : 'The download token is in its netrc file (not checked)'
}

/** The row of the report that says what became of the credentials for downloads. */
export function downloadsRow({ host, netrcFile, service }: Downloads, cleanup: boolean): [string, string] {
  const place =
    netrcFile === undefined
      ? 'not written'
      : `in ${code(netrcFile)}, ${cleanup ? 'removed after the job' : 'left there after the job (`cleanup: false`)'}`
  return ['Downloads', `${code(host)} ${ANSWER[service]}; MAGEID and token ${place}`]
}

const ANSWER: Readonly<Record<Downloads['service'], string>> = {
  accepts: 'accepts the token',
  refuses: 'refuses the token',
  unconfirmed: 'did not say whether it accepts the token',
  'not-asked': 'was not asked',
}
