/** `org/iam/user/registered` belongs to `org/iam/user`: the scope of all events of one aggregate type. */
export function scopeOf(eventName: string): string {
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
