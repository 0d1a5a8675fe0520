import config from './jest.config.js'

/**
 * The tests that need Windows: natively, or under Wine (scripts/test-windows.sh).
 *
 * @type {import('jest').Config}
 */
export default {
  ...config,
  testMatch: ['<rootDir>/__tests__/windows/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
}
