import type { Finding } from '../finding.ts';
import { doubtfulFolders } from '../project/doubtful-folders.ts';
import { followedBy, type Followed } from '../project/followed.ts';
import { applyOf, folderOf } from '../project/naming.ts';
import type { Project } from '../project/project.ts';
import { methodsAgainst } from './methods.ts';

/** A handler says of each event of the aggregates that it follows whether it handles it, and its projection can apply what is handled. */
export function projectionFindings(project: Project): Finding[] {
  const doubtful = doubtfulFolders(project);

  return project.eventHandlers
    .map((handler) => followedBy(project, handler))
    .filter(({ handled }) => handled.length > 0 && !handled.some(({ of }) => doubtful.has(folderOf(of.file))))
    .flatMap((followed) => [
      ...forgotten(followed),
      ...both(followed),
      ...strange(followed),
      ...applyMethods(project, followed),
    ]);
}

function forgotten({ handler, handled, ignored, own }: Followed): Finding[] {
  const known = new Set([...handled, ...ignored].map(({ of }) => of.id));

  return own
    .filter(({ of }) => !known.has(of.id))
    .map(({ of }) => ({
      rule: 'event-neither-handled-nor-ignored',
      subject: handler.name,
      file: handler.file,
      problem: `${of.name} is missing in its @HandlesEvent`,
      remedy: `Add ${of.name} to @HandlesEvent, or, if the projection does not need it, to @IgnoresEvent`,
    }));
}

function both({ handler, handled, ignored }: Followed): Finding[] {
  return ignored
    .filter((event) => handled.includes(event))
    .map(({ of }) => ({
      rule: 'event-handled-and-ignored',
      subject: handler.name,
      file: handler.file,
      problem: `${of.name} stands in its @HandlesEvent and in its @IgnoresEvent`,
      remedy: `Remove ${of.name} from one of the two`,
    }));
}

/** A row for each aggregate is made of one aggregate type: another's event would make a row of its own. */
function strange({ handler, projection, handled, own }: Followed): Finding[] {
  if (!projection) return [];

  return handled
    .filter((event) => !own.includes(event))
    .map(({ of, name }) => ({
      rule: 'event-of-another-aggregate',
      subject: handler.name,
      file: handler.file,
      problem: `it handles ${of.name} (${name}), and the rows of ${projection.name} are made of another aggregate's events`,
      remedy: `Remove ${of.name} from @HandlesEvent, or make the rows in a MultiStreamProjectionHandler`,
    }));
}

function applyMethods(project: Project, { projection, handled, own }: Followed): Finding[] {
  if (!projection) return [];

  const expected = own.map((event) => ({ method: applyOf(event.name), event }));
  const needed = expected.filter(({ event }) => handled.includes(event));
  return methodsAgainst(project, projection, { prefix: 'apply', expected, needed });
}
