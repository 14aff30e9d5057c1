/** `npm run test:template`: translates the template for each stage as AWS would, and checks what comes of it. */
import { join } from 'node:path';

import { pythonTools } from './python-tools.mts';
import { step } from './step.mts';
import { runInWorkplace } from './workplace.mts';

const CHECK = join(import.meta.dirname, 'check-template.py');

await runInWorkplace('template-test', async (workplace) => {
  const sam = await step('SAM CLI', () => pythonTools('sam', workplace));
  const command = [join(sam, 'python'), CHECK, 'template.yaml', '.aws-sam/build/template.yaml'] as const;

  await step('npm run build:prod', () => workplace.run('build', ['npm', 'run', 'build:prod'], process.env));
  const stages = await step('The template at each stage', () => workplace.run('template', command, process.env));

  process.stdout.write(stages);
});
