/** `npm run test:releases`: two releases side by side, through deployments and rollbacks. */
import { runJest } from '../support/run-jest.mts';

runJest('test/releases/');
