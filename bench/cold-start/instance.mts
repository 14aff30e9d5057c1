/** A new instance of a function: loads its bundle, answers one event, and tells its parent how long each took. */
import { randomUUID } from 'node:crypto';

import { loadHandler, runHandler } from '../../local/lambda/runtime.ts';
import type { ColdStart } from './start-instance.ts';

const [bundle = '', handlerName = '', payload = ''] = process.argv.slice(2);
const started = performance.now();
const handler = loadHandler(bundle, handlerName);
const loaded = performance.now();
const answer = await runHandler(handler, {
  requestId: randomUUID(),
  functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:cold-start',
  deadline: undefined,
  payload,
});
const answered = performance.now();

process.send?.({ load: loaded - started, firstAnswer: answered - loaded, answer } satisfies ColdStart, () => {
  process.exit();
});
