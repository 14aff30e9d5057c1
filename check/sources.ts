import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Texts by path; `undefined` for a file that is not there. */
export type Overlay = Readonly<Record<string, string | undefined>>;

type Load = (path: string) => string | undefined;

/** The project's files, read once each; an overlay stands in front of them. Paths are from the project's root, with slashes. */
export class Sources {
  private readonly files: ReadonlySet<string>;
  private readonly load: Load;
  private readonly overlay: Overlay;

  private constructor(files: ReadonlySet<string>, load: Load, overlay: Overlay) {
    this.files = files;
    this.load = load;
    this.overlay = overlay;
  }

  static of(root: string): Sources {
    const found = globSync(['src/**/*.ts', 'test/lambda/*.json', 'samconfig.toml'], { cwd: root });
    const texts = new Map<string, string | undefined>();
    const load: Load = (path) => {
      const file = join(root, path);

      if (!texts.has(path)) texts.set(path, existsSync(file) ? readFileSync(file, 'utf8') : undefined);
      return texts.get(path);
    };

    return new Sources(new Set(found.map((path) => path.replaceAll('\\', '/'))), load, {});
  }

  /** The same files with others in front. */
  with(overlay: Overlay): Sources {
    return new Sources(this.files, this.load, { ...this.overlay, ...overlay });
  }

  get paths(): string[] {
    return [...new Set([...this.files, ...Object.keys(this.overlay)])].filter((path) => this.has(path)).sort();
  }

  has(path: string): boolean {
    return path in this.overlay ? this.overlay[path] !== undefined : this.files.has(path);
  }

  /** Throws an error that names the file that is missing. */
  read(path: string): string {
    const text = path in this.overlay ? this.overlay[path] : this.load(path);

    if (text === undefined) throw new Error(`${path} is missing.`);
    return text;
  }
}
