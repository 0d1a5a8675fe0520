/** A pair of keys by the names of the inputs, as the accounts of the test repository have them. */
export interface Keys {
  readonly publicKey: string
  readonly privateKey: string
}

/** A pair as Commerce Marketplace hands them out, for nobody. */
export const PAIR: Keys = {
  publicKey: '0123456789abcdef0123456789abcd01',
  privateKey: 'fedcba9876543210fedcba98765432f1',
}

/** Inputs by which a step is not handed any keys, as in a run without secrets. */
export const NO_KEYS: Keys = { publicKey: '', privateKey: '' }

/**
 * The inputs of a step with keys for a repository, by their names in action.yml.
 *
 * @param repositoryUrl undefined for the default, repo.magento.com
 * @param more beside these, or in place of them
 */
export function inputsFor(
  repositoryUrl: string | undefined,
  { publicKey, privateKey }: Keys,
  more: Readonly<Record<string, string>> = {},
): Record<string, string> {
  return {
    'public-key': publicKey,
    'private-key': privateKey,
    ...(repositoryUrl === undefined ? {} : { 'repository-url': repositoryUrl }),
    ...more,
  }
}
