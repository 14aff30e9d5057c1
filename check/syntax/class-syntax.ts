import ts from 'typescript';

import type { Names } from './names.ts';
import { readCall, readValue } from './read-value.ts';
import { restoredBy, stateOf, type Holds } from './state-syntax.ts';
import { idOf, nameOf, referencesOf, type Call, type Id, type Value } from './value.ts';

export interface PropertySyntax {
  readonly name: string;
  readonly decorators: readonly Call[];
  /** What it is set to where it is declared. */
  readonly value: Value;
}

/** A parameter with `@inject(id)`, and its type, where that is a name. */
export interface Injection {
  readonly id: Id;
  readonly type: Id | undefined;
}

/** A class as its file says it. */
export interface ClassSyntax {
  readonly id: Id;
  readonly name: string;
  readonly file: string;
  readonly isAbstract: boolean;
  readonly decorators: readonly Call[];
  readonly base: Id | undefined;
  readonly interfaces: readonly Id[];
  /** Of its instances, without accessors and without those of its constructor. */
  readonly properties: readonly PropertySyntax[];
  readonly statics: ReadonlyMap<string, Value>;
  readonly methods: readonly string[];
  /** Whether `get state()` has a property. */
  readonly holdsInState: Holds;
  /** Whether `restoreState(…)` sets a property; absent where the class has no such method. */
  readonly restores: Holds | undefined;
  /** What `@inject` asks for, in order. */
  readonly injected: readonly Id[];
  readonly injections: readonly Injection[];
  /** What its constructor hands to `super`. */
  readonly superValues: readonly Value[];
}

export function readClass(node: ts.ClassDeclaration, file: string, names: Names): ClassSyntax {
  const name = node.name?.text ?? 'default';
  const constructor = node.members.find(ts.isConstructorDeclaration);
  const injections = injectionsInto(constructor, names);

  return {
    id: idOf(file, name),
    name,
    file,
    isAbstract: hasModifier(node, ts.SyntaxKind.AbstractKeyword),
    decorators: decoratorsOf(node, names),
    base: heritageOf(node, ts.SyntaxKind.ExtendsKeyword, names)[0],
    interfaces: heritageOf(node, ts.SyntaxKind.ImplementsKeyword, names),
    properties: propertiesOf(node, names),
    statics: staticsOf(node, names),
    methods: node.members.filter(ts.isMethodDeclaration).map((method) => method.name.getText()),
    holdsInState: stateOf(node),
    restores: restoredBy(node),
    injected: injections.map(({ id }) => id),
    injections,
    superValues: superValuesOf(constructor, names),
  };
}

function propertiesOf(node: ts.ClassDeclaration, names: Names): PropertySyntax[] {
  return node.members
    .filter(ts.isPropertyDeclaration)
    .filter((property) => !isStatic(property))
    .map((property) => ({
      name: property.name.getText(),
      decorators: decoratorsOf(property, names),
      value: readValue(property.initializer, names),
    }));
}

function staticsOf(node: ts.ClassDeclaration, names: Names): Map<string, Value> {
  return new Map(
    node.members
      .filter(ts.isPropertyDeclaration)
      .filter(isStatic)
      .map((property) => [property.name.getText(), readValue(property.initializer, names)] as const),
  );
}

/** The first decorator of this name. */
export function decoratorOf(decorators: readonly Call[], name: string): Call | undefined {
  return decorators.find(({ callee }) => nameOf(callee) === name);
}

function decoratorsOf(node: ts.HasDecorators, names: Names): Call[] {
  return (ts.getDecorators(node) ?? [])
    .map(({ expression }) => expression)
    .filter(ts.isCallExpression)
    .map((call) => readCall(call, names));
}

function heritageOf(node: ts.ClassDeclaration, keyword: ts.SyntaxKind, names: Names): Id[] {
  return (node.heritageClauses ?? [])
    .filter(({ token }) => token === keyword)
    .flatMap(({ types }) => types.map(({ expression }) => names.id(expression.getText())));
}

function isStatic(node: ts.PropertyDeclaration): boolean {
  return hasModifier(node, ts.SyntaxKind.StaticKeyword);
}

function hasModifier(node: ts.HasModifiers, modifier: ts.SyntaxKind): boolean {
  return (ts.getModifiers(node) ?? []).some(({ kind }) => kind === modifier);
}

function injectionsInto(constructor: ts.ConstructorDeclaration | undefined, names: Names): Injection[] {
  return (constructor?.parameters ?? []).flatMap((parameter) => {
    const { type } = parameter;
    const typeId = type && ts.isTypeReferenceNode(type) ? names.id(type.typeName.getText()) : undefined;

    return decoratorsOf(parameter, names)
      .filter(({ callee }) => nameOf(callee) === 'inject')
      .flatMap(({ values }) => referencesOf(values))
      .map((id) => ({ id, type: typeId }));
  });
}

function superValuesOf(constructor: ts.ConstructorDeclaration | undefined, names: Names): readonly Value[] {
  const call = [...(constructor?.body?.statements ?? [])]
    .filter(ts.isExpressionStatement)
    .map(({ expression }) => expression)
    .filter(ts.isCallExpression)
    .find(({ expression }) => expression.kind === ts.SyntaxKind.SuperKeyword);

  return call ? readCall(call, names).values : [];
}
