/** What one side of a comparison took in each round, in milliseconds. */
export interface Side {
  readonly name: string;
  readonly milliseconds: readonly number[];
}

/** A question, and what was measured. */
export interface Result {
  readonly question: string;
  readonly sides: readonly Side[];
  /** Median of one side by median of another, each with what it should be at most. */
  readonly ratios: readonly { readonly of: string; readonly ratio: number; readonly atMost: number }[];
}

/** Answers a question by measuring two or more sides in one run on the same engines. */
export type Benchmark = (tell: (progress: string) => void) => Promise<Result>;
