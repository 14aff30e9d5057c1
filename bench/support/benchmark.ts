/** A question, and what was measured: tables for people, figures with their targets, and what is worth a picture. */
export interface Result {
  readonly question: string;
  readonly tables: readonly Table[];
  readonly figures: readonly Figure[];
  readonly plots?: readonly Plot[];
}

export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** One number that answers the question, most often a ratio of medians, and what it should be. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly atMost?: number;
  readonly atLeast?: number;
}

/** Lines over two axes; `x` and `y` are linear unless `log`. */
export interface Plot {
  /** The picture's file, without its ending. */
  readonly name: string;
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly { readonly name: string; readonly points: readonly (readonly [number, number])[] }[];
}

export interface Axis {
  /** With its unit: `load time, ms` */
  readonly name: string;
  readonly log?: boolean;
}

/** Answers a question by measuring two or more sides in one run on the same engines. */
export type Benchmark = (tell: (progress: string) => void) => Promise<Result>;
