import { parse } from 'smol-toml';

import type { Project } from './project.ts';

export const STAGES = 'samconfig.toml';

/** A stage, by the name of its section, and the values of its parameters. */
export interface Stage {
  readonly name: string;
  readonly parameters: Readonly<Record<string, string | number>>;
}

/** A value that a parameter of the template has somewhere. */
export interface ParameterValue {
  readonly value: string;
  /** Where it is set. */
  readonly file: string;
  /** The stage; absent for the default. */
  readonly stage?: string;
}

/** What a parameter is by default, and what each stage makes of it. */
export function valuesOf(project: Project, parameter: string): ParameterValue[] {
  const { Default } = (project.template.parameters[parameter] ?? {}) as { Default?: string | number };

  return [
    ...(Default === undefined ? [] : [{ value: String(Default), file: 'template.yaml' }]),
    ...stagesIn(project).flatMap(({ name, parameters }) => {
      const value = parameters[parameter];

      return value === undefined ? [] : [{ value: String(value), file: STAGES, stage: name }];
    }),
  ];
}

/** The sections of samconfig.toml that deploy. */
export function stagesIn({ sources }: Project): Stage[] {
  const sections = parse(sources.has(STAGES) ? sources.read(STAGES) : '') as Readonly<
    Record<string, { deploy?: { parameters?: { parameter_overrides?: Stage['parameters'] } } }>
  >;

  return Object.entries(sections).flatMap(([name, { deploy }]) =>
    deploy ? [{ name, parameters: deploy.parameters?.parameter_overrides ?? {} }] : [],
  );
}
