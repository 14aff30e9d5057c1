/** `npm run test:orders`: searches all orders of a small world, once with every guard and once without each. */
import { runJest } from '../support/run-jest.mts';

runJest('test/orders/every-');
