import { queueNameOf } from './queue-name';

describe('queueNameOf', () => {
  it.each([
    ['org/iam/user/registered', 'IamUserQueue'],
    ['org/iam/user/roleAdded', 'IamUserQueue'],
    ['org/iam/role/created', 'IamRoleQueue'],
    ['org/sales/purchaseOrder/placed', 'SalesPurchaseOrderQueue'],
  ])('given %s, then it is %s', (eventName, queueName) => {
    expect(queueNameOf(eventName)).toBe(queueName);
  });
});
