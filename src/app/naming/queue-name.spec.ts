import { queueNameOf } from './queue-name';

describe('queueNameOf', () => {
  it.each([
    ['org/iam/user', 'IamUserQueue'],
    ['org/sales/purchaseOrder', 'SalesPurchaseOrderQueue'],
  ])('given %s, then it is %s', (aggregateType, queueName) => {
    expect(queueNameOf(aggregateType)).toBe(queueName);
  });
});
