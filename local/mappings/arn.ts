/** The region of an ARN, its fourth part: `arn:aws:kinesis:us-east-1:000000000000:stream/name`. */
export function regionOf(arn: string): string {
  return arn.split(':')[3] ?? '';
}
