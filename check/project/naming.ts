// The conventions of src, which the check does not load: test/contract/check-naming.spec.ts holds the two together.

/** `org/iam/user` of `org/iam/user/registered`. */
export function aggregateTypeOf(eventName: string): string {
  return eventName.slice(0, Math.max(0, eventName.lastIndexOf('/')));
}

/** `whenRoleAdded` of `org/iam/user/roleAdded`. */
export function whenOf(eventName: string): string {
  return `when${pascalCase(eventName.split('/').slice(-1))}`;
}

/** `applyUserRoleAdded` of `org/iam/user/roleAdded`. */
export function applyOf(eventName: string): string {
  return `apply${pascalCase(eventName.split('/').slice(-2))}`;
}

/** `IamUserQueue` of `org/iam/user`. */
export function queueOf(aggregateType: string): string {
  return `${pascalCase(aggregateType.split('/').slice(1))}Queue`;
}

/** `iam` of `src/iam/user/models/user.ts`. */
export function contextOf(file: string): string {
  return file.split('/')[1] ?? '';
}

/** `src/iam/user` of `src/iam/user/models/user.ts`. */
export function folderOf(file: string): string {
  return file.split('/').slice(0, 3).join('/');
}

/** `iam/user` of `src/iam/user/models/user.ts`. */
export function pathOf(file: string): string {
  return file.split('/').slice(1, 3).join('/');
}

function pascalCase(words: readonly string[]): string {
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}
