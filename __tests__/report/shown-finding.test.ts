import { expect, test } from '@jest/globals'
import { malformedKeys } from '../../src/inputs/key-shapes.js'
import { explain } from '../../src/problems/catalogue.js'
import { harmless } from '../../src/report/shown-finding.js'
import { redactionOf } from '../../src/text/redaction.js'

test.each(['private-key', 'placeholder', 'keys-malformed'])(
  'a key that is a word of ours leaves the words as they are: %s',
  (password) => {
    const credentials = { username: 'ab'.repeat(16), password }
    const [finding] = malformedKeys(credentials, 'repo.magento.com')
    if (finding === undefined) throw new Error('Nothing was found.')
    const shown = harmless(finding, redactionOf({ pairs: [credentials], values: [] }))
    expect(shown).toEqual(finding)
    expect(explain(shown, { selfHosted: undefined, workspace: undefined, platform: 'linux' }).cause).toMatch(
      /^`private-key` (?:has|holds) /,
    )
  },
)
