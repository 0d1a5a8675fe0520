// A repository like repo.magento.com to try things against by hand: node testing/serve.mjs [port]
import { accounts } from './catalogue.mjs'
import { startRepository } from './repository.mjs'

const repository = await startRepository({ port: Number(process.argv[2] ?? 0) })
const { url, origin } = repository

console.log(`A Magento repository with made-up packages and keys: ${url}

Give Composer the keys of one account (in a home of its own, so that yours stays as it is):

  export COMPOSER_HOME="$(mktemp -d)"
  composer config --global secure-http false`)
for (const [name, { publicKey, privateKey, entitlements, disabled }] of Object.entries(accounts)) {
  const holds = disabled ? 'keys that are refused' : [...entitlements].join(', ')
  console.log(`
  # ${name}: ${holds}
  composer config --global http-basic.${origin} ${publicKey} ${privateKey}`)
}
console.log(`
Then:

  composer create-project --repository-url=${url} magento/project-community-edition shop

Stop with Ctrl-C.`)

process.once('SIGINT', () => {
  console.log(`\n${repository.requests.length} requests served.`)
  void repository.close()
})
