import { pascalCase } from './event-name';

/**
 * Stands in for the package change-case, which `@node-ts/ddd` imports; webpack and jest put this module in its place. The package
 * would bring 28 KB on the letters of all scripts into every bundle. The last words of event names are camel case, so this will do.
 *
 * @example pascal('roleAdded') // 'RoleAdded'
 */
export function pascal(word: string): string {
  return pascalCase(word, 0);
}
