// Stands where the toolkit expects what this action does not use: see LEFT_OUT in scripts/build.mjs.
class LeftOut {
  constructor() {
    throw new Error('This is left out of the bundle: see scripts/build.mjs')
  }
}

export { LeftOut as OidcClient, LeftOut as ProxyAgent }
