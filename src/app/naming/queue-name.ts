import { pascalCase } from '../../event-store/events/event-name';

/**
 * The queue of an aggregate type, by the convention that the template's resources follow: without the organisation.
 *
 * @example queueNameOf('org/bank/account') // 'BankAccountQueue'
 */
export function queueNameOf(aggregateType: string): string {
  return `${pascalCase(aggregateType, 1)}Queue`;
}
