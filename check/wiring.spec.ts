import { join } from 'node:path';

import { checkWiring } from './check-wiring.ts';
import { lineOf } from './finding.ts';
import { linesAfter } from './project-fixture.ts';
import { Project } from './project/project.ts';
import { Sources } from './sources.ts';

it('The wiring of this project has no mistake', () => {
  const project = new Project(Sources.of(join(__dirname, '..')));

  expect(checkWiring(project).map(lineOf)).toEqual([]);
});

describe('The wiring of the fixture', () => {
  it('as it is, then has no mistake', () => {
    expect(linesAfter()).toEqual([]);
  });

  it('given several mistakes, then names all of them at once', () => {
    expect(
      linesAfter(
        ['src/library/book/models/book.ts', 'whenRetired', 'whenRetire'],
        ['src/library/loan/services/loan.handler.ts', '@injectable()\n', ''],
        ['.env.example', 'loansTable=loans\n', ''],
      ),
    ).toEqual([
      expect.stringContaining('[when-method]'),
      expect.stringContaining('[not-injectable]'),
      expect.stringContaining('[example-setting]'),
    ]);
  });
});
