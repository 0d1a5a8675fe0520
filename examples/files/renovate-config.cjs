// The configuration of a self-hosted Renovate. Both variables come from where the bot runs.
module.exports = {
  hostRules: [
    {
      hostType: 'packagist',
      matchHost: 'https://repo.magento.com/',
      username: process.env.MAGENTO_PUBLIC_KEY,
      password: process.env.MAGENTO_PRIVATE_KEY,
    },
  ],
}
