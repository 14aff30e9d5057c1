import { pascalCase } from './event-name';

/**
 * What `@node-ts/ddd` asks of the package change-case, in whose place webpack and jest put this module: the package brings 28 KB
 * on the letters of all scripts into every bundle, and the last words of event names are camel case.
 *
 * @example pascal('roleAdded') // 'RoleAdded'
 */
export function pascal(word: string): string {
  return pascalCase(word, 0);
}
