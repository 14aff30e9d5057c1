/** Several property decorators as one: a rule with a name of its own. */
export function rule(...decorators: readonly PropertyDecorator[]): PropertyDecorator {
  return (target, property) => {
    decorators.forEach((decorate) => {
      decorate(target, property);
    });
  };
}
