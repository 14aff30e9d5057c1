import type { Project } from './project.ts';

export const STAGES = 'samconfig.toml';

/** A value that a parameter of the template has somewhere. */
export interface ParameterValue {
  readonly value: string;
  /** Where it is set. */
  readonly file: string;
  /** The stage, as the text that names it; absent for the default. */
  readonly stage?: string;
}

/** What a parameter is by default, and what each stage makes of it. */
export function valuesOf(project: Project, parameter: string): ParameterValue[] {
  const { Default } = (project.template.parameters[parameter] ?? {}) as { Default?: string | number };

  return [
    ...(Default === undefined ? [] : [{ value: String(Default), file: 'template.yaml' }]),
    ...stagesIn(project).flatMap(({ stage, overrides }) => {
      const [, value] = new RegExp(`(?:^| )${parameter}=(\\S*)`).exec(overrides) ?? [];

      return value === undefined ? [] : [{ value, file: STAGES, stage }];
    }),
  ];
}

function stagesIn({ sources }: Project): { readonly stage: string; readonly overrides: string }[] {
  const text = sources.has(STAGES) ? sources.read(STAGES) : '';
  const sections = text.matchAll(/^\[(\w+)\.deploy\.parameters\][^[]*?^parameter_overrides = "([^"]*)"/gm);

  return [...sections].map(([, stage = '', overrides = '']) => ({ stage, overrides }));
}
