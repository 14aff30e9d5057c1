import { pascalCase } from '../../event-store/events/event-name';

/**
 * The queue of an aggregate type, by the convention that the template's resources follow.
 *
 * @example queueNameOf('org/iam/user/registered') // 'IamUserQueue'
 */
export function queueNameOf(eventName: string): string {
  return `${pascalCase(eventName, 1, -1)}Queue`;
}
