/** An error that a caller can act on. Its `code` is a public contract; its message says what was expected and what came. */
export abstract class ApplicationError extends Error {
  abstract readonly code: string;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}
