import { availableParallelism } from 'node:os'

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  // Those that need Windows have a run of their own: jest.windows.config.js.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/__tests__/windows/'],
  extensionsToTreatAsEsm: ['.ts'],
  // Sources name their imports by what tsc emits (.js); under test the .ts file itself is loaded.
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': ['$1.js', '$1.ts'] },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'es6' } },
    ],
  },
  // Each test runs child processes and real servers; none should need longer than this on a busy runner.
  testTimeout: 60_000,
  // Tests mostly wait for the processes that they start: with as many workers as cores a third of the time nothing runs.
  maxWorkers: Math.ceil(1.5 * availableParallelism()),
}
