/** Names that Composer looks up nowhere: PHP, its extensions, libraries, Composer itself. Source: `PlatformRepository.php`. */
export function isPlatformPackage(name: string): boolean {
  // Each round of the loop takes one letter or digit, so that there is one way alone to read a name: a pull request may
  // have written it.
  return /^(?:php(?:-64bit|-ipv6|-zts|-debug)?|hhvm|(?:ext|lib)-[a-z0-9](?:[_.-]?[a-z0-9])*|composer(?:-(?:plugin|runtime)-api)?)$/i.test(
    name,
  )
}

/**
 * Whether a name can be a package's. Composer stops at any other requirement, and writes none into a lock. What is none is
 * passed over: it would bring line breaks and markup of a pull request into what this action says.
 *
 * Source of the rule: `ValidatingArrayLoader::hasPackageNamingError`, less strict.
 */
export function isPackageName(name: string): boolean {
  return name.length <= 255 && /^[a-z0-9](?:[_.-]{0,2}[a-z0-9])*\/[a-z0-9](?:[_.-]{0,2}[a-z0-9])*$/i.test(name)
}
