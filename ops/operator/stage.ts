/** A running system that an operator looks at: the local cloud, or a deployed stack. */
export interface Stage {
  /** For people: `the local cloud`, `the stack iam in eu-central-1`. */
  readonly name: string;
  /** What the template's functions find in their environment, and the SDK's own variables. */
  readonly variables: Readonly<Record<string, string>>;
  /** URLs of all queues, by their logical ids in the template. */
  readonly queues: ReadonlyMap<string, string>;
  /** Bucket of the archive; undefined where the archive is off. */
  readonly archive: string | undefined;
}

/** The function whose environment names every queue; the tables are in the environment of all. */
export const BROKER = 'EventBroker';

export const ARCHIVE = 'ArchiveBucket';
