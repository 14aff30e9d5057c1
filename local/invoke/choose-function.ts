import { LocalCloudError } from '../local-cloud-error.ts';
import type { FunctionModel } from '../model.ts';

/** The function of that name. Throws a LocalCloudError that lists the functions. */
export function chooseFunction(
  functions: Readonly<Record<string, FunctionModel>>,
  functionId: string | undefined,
): FunctionModel {
  const model = functionId === undefined ? undefined : functions[functionId];
  if (model !== undefined) return model;
  const wrong = functionId === undefined ? 'Expected the name of a function.' : `There is no function ${functionId}.`;
  throw new LocalCloudError(`${wrong} Usage: npm run invoke -- FUNCTION [-e EVENT.json]\n${functionList(functions)}`);
}

export function functionList(functions: Readonly<Record<string, FunctionModel>>): string {
  return ['The functions are:', ...Object.keys(functions).sort()].join('\n  ');
}
