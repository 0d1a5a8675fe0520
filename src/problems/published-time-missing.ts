import { namesOfVersions } from '../composer/installed/composer-versions.js'
import { versionsWith } from '../composer/installed/version-rules.js'
import { whoEdits } from './people.js'
import { namesOf } from './phrases.js'
import { type Facts, never, type ProblemEntry } from './problem.js'

/** A cooldown is set, and a repository does not say when its packages were published. */
export interface PublishedTimeMissing extends Facts {
  readonly code: 'published-time-missing'
  readonly host: string
  /** The repository's. */
  readonly url: string
  /** Of the first package, pretty. */
  readonly version: string
  /** The cooldown is set by `COMPOSER_POLICY_COOLDOWN_PERIOD`; else by `policy.cooldown`. */
  readonly byVariable: boolean
  /** The project names the repository: what it wants of it stands in composer.json. */
  readonly named: boolean
}

export const publishedTimeMissing: ProblemEntry<PublishedTimeMissing> = {
  title: 'A cooldown needs publication times, and the repository sends none',
  // Nothing that keys or networks could change.
  atMost: 'warning',
  severity: () => 'warning',
  byCredentials: never,
  explain: ({ host, url, packages, version, named, byVariable }) => ({
    cause: `${byVariable ? 'The variable `COMPOSER_POLICY_COOLDOWN_PERIOD`' : 'The setting `policy.cooldown`'} sets a cooldown for new versions, but ${host} does not say when ${namesOf(packages)} ${packages.length > 1 ? 'were' : 'was'} published. ${namesOfVersions(versionsWith('knowsCooldown'))} stop at that.`,
    fix: [
      named
        ? `Add \`"require-published-time": false\` to this repository in composer.json.`
        : `Name the repository so: \`--repository='{"type":"composer","url":"${url}","require-published-time":false}'\`.`,
      byVariable ? 'Or unset the variable.' : 'Or remove `policy.cooldown` from `config`.',
    ],
    who: `${whoEdits(...(named || !byVariable ? ['composer.json'] : []), ...(named && !byVariable ? [] : ['workflow']))}.`,
    composerSays: `${packages[0]} ${version} from composer repo (${url}) has no published-time, so the cooldown policy configured in "policy.cooldown" cannot tell whether it is new or old.`,
    background:
      'With that setting Composer goes by the time that the package itself gives, which is weaker: whoever publishes it writes it. Repositories of the older kind (v1), such as repo.magento.com, send no time of their own.',
  }),
}
