/** Takes log lines: a message that is always the same, and what is to be known of this case. */
export interface Logger {
  debug(message: string, ...details: Details[]): void;
  info(message: string, ...details: Details[]): void;
  warn(message: string, ...details: Details[]): void;
  error(message: string, ...details: Details[]): void;
}

type Details = Record<string, unknown>;
