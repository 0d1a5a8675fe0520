import { join } from 'node:path'

/** What the tests have to know of the system that they run on, and what the runner of that system gives each step. */
export const ON_WINDOWS = process.platform === 'win32'

/** Variables that Windows' own programs need, and Node too. */
const WINDOWS_OWN = ['SystemRoot', 'SystemDrive', 'ComSpec', 'PATHEXT', 'windir', 'ProgramData', 'OS']

/** The variables of the system itself, which every step has. */
export function systemsEnvironment(): Record<string, string> {
  const names = ON_WINDOWS ? WINDOWS_OWN : []
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])))
}

/** The variables of a user whose home is a folder, and where Composer looks by default where none of its homes exists yet. */
export function userAt(home: string): {
  readonly env: Readonly<Record<string, string>>
  readonly composerHome: string
} {
  if (!ON_WINDOWS) return { env: { HOME: home }, composerHome: join(home, '.composer') }
  const appData = join(home, 'AppData', 'Roaming')
  const localAppData = join(home, 'AppData', 'Local')
  return {
    env: { USERPROFILE: home, APPDATA: appData, LOCALAPPDATA: localAppData },
    composerHome: join(appData, 'Composer'),
  }
}
