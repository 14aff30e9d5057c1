/** The aggregate type that an event belongs to: `org/bank/account` for `org/bank/account/opened`. */
export function aggregateTypeOf(eventName: string): string {
  return eventName.slice(0, eventName.lastIndexOf('/'));
}

/**
 * The last segments of a name as one word.
 *
 * @example pascalCase('org/bank/account/handedOver', -2) // 'AccountHandedOver'
 */
export function pascalCase(name: string, start: number, end?: number): string {
  return name
    .split('/')
    .slice(start, end)
    .map((segment) => segment.charAt(0).toUpperCase() + segment.slice(1))
    .join('');
}
