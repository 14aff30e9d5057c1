/** What the person at the keyboard can mend: its message is one line that says what was expected and what to do. */
export class LocalCloudError extends Error {
  readonly code = 'LocalCloudError';
}
