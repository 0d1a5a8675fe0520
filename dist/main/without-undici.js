// Stands where @actions/http-client expects undici: see scripts/build.mjs.
export class ProxyAgent {
  constructor() {
    throw new Error('undici is left out of this bundle: connections are opened in src/server/connection.ts')
  }
}
