import type { Resource } from '../../local/template/template.ts';
import type { Project } from './project.ts';
import { functionsOf, referenceIn, sectionOf } from './template-values.ts';

/** Where a function of the template begins. */
export interface Entry {
  readonly resource: Resource;
  /** The file that its CodeUri and its Handler name. */
  readonly file: string;
  /** What that file has to export. */
  readonly name: string;
}

export interface Route {
  readonly entry: Entry;
  /** The event's name in the template. */
  readonly event: string;
  readonly path: string;
  readonly hasApi: boolean;
  /** What its RestApiId refers to. */
  readonly api: string | undefined;
}

export function entriesOf({ template }: Project): Entry[] {
  return functionsOf(template).map((resource) => {
    const { CodeUri, Handler } = resource.properties;
    const [file = '', name = ''] = String(Handler).split('.');

    return { resource, file: `${String(CodeUri).replace(/\/$/, '')}/${file}.ts`, name };
  });
}

/** The routes of all functions. */
export function routesOf(project: Project): Route[] {
  return entriesOf(project).flatMap((entry) =>
    Object.entries(sectionOf(entry.resource.properties.Events))
      .map(([event, value]) => ({ event, value: sectionOf(value) }))
      .filter(({ value }) => value.Type === 'Api')
      .map(({ event, value }) => {
        const { RestApiId, Path } = sectionOf(value.Properties);

        return { entry, event, path: String(Path), hasApi: RestApiId !== undefined, api: referenceIn(RestApiId) };
      }),
  );
}
