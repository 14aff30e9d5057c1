/**
 * US dollars for a million, in us-east-1. What depends on time is left aside: Lambda's duration, Kinesis' shard hours, polls of
 * an idle queue. Lambda's reads of a DynamoDB stream are free.
 *
 * @see https://aws.amazon.com/api-gateway/pricing/ (REST API, the first 333 million of a month)
 * @see https://aws.amazon.com/lambda/pricing/
 * @see https://aws.amazon.com/sqs/pricing/ (FIFO; requests of up to 64 KB)
 * @see https://aws.amazon.com/dynamodb/pricing/on-demand/
 */
const DOLLARS_A_MILLION = {
  api: 3.5,
  lambda: 0.2,
  sqs: 0.5,
  writeUnits: 0.625,
  readUnits: 0.125,
} as const;

/** What is paid for, by its amount. */
export type Billed = Readonly<Record<keyof typeof DOLLARS_A_MILLION, number>>;

/** Of a million commands, by what one of them uses. */
export function dollarsAMillion(command: Billed): number {
  return Object.entries(DOLLARS_A_MILLION).reduce(
    (sum, [name, price]) => sum + price * command[name as keyof Billed],
    0,
  );
}
