/** The aggregate type that an event belongs to: `org/iam/user` for `org/iam/user/registered`. */
export function aggregateTypeOf(eventName: string): string {
  return eventName.slice(0, eventName.lastIndexOf('/'));
}

/**
 * The last segments of a name as one word.
 *
 * @example pascalCase('org/iam/user/roleAdded', -2) // 'UserRoleAdded'
 */
export function pascalCase(name: string, start: number, end?: number): string {
  return name
    .split('/')
    .slice(start, end)
    .map((segment) => segment.charAt(0).toUpperCase() + segment.slice(1))
    .join('');
}
