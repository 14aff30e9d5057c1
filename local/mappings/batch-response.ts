/**
 * The identifiers that a function reports as failed with `ReportBatchItemFailures`, by Lambda's rules. Null, an object
 * without the list and an empty list mean success. A list that says anything else than identifiers of this batch
 * means that all of it failed (https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html).
 */
export function reportedFailures(answer: unknown, identifiers: ReadonlySet<string>): ReadonlySet<string> {
  if (answer === null || answer === undefined) return new Set();
  if (typeof answer !== 'object') return identifiers;
  const failures = (answer as { batchItemFailures?: unknown }).batchItemFailures ?? [];
  if (!Array.isArray(failures)) return identifiers;
  const reported = failures.map(identifierOf);
  return reported.every((identifier) => (identifiers as ReadonlySet<unknown>).has(identifier))
    ? new Set(reported as string[])
    : identifiers;
}

function identifierOf(failure: unknown): unknown {
  return (failure as { itemIdentifier?: unknown } | null)?.itemIdentifier;
}
