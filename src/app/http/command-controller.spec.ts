import { Command } from '@node-ts/bus-messages';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { IsUUID } from 'class-validator';
import * as fc from 'fast-check';

import { apiEvent, REQUEST_ID } from '../../../test/support/api-event';
import type { CommandContext, CommandResult, Idempotency } from '../../event-store/commands/command-context';
import { IdempotencyKeyReusedError } from '../../event-store/errors/idempotency-key-reused.error';
import { OutcomeUnknownError } from '../../event-store/errors/outcome-unknown.error';
import { ThrottledError } from '../../event-store/errors/throttled.error';
import { WrongStateError } from '../../shared-kernel/errors/wrong-state.error';
import { commandController } from './command-controller';
import { idempotencyOf } from './idempotency';
import { body } from './request';

const ID = '5a1d2c3e-7b64-4f90-8e21-0c9b8a7d6e04';

class ThingDto {
  @IsUUID() id!: string;
}

class DoThing extends Command {
  readonly $name = 'org/test/thing/do';
  readonly $version = 1;

  constructor(readonly id: string) {
    super();
  }
}

describe('commandController', () => {
  const dispatch = jest.fn<Promise<CommandResult>, [Command, CommandContext]>();
  const resultOf = jest.fn<Promise<CommandResult | undefined>, [Idempotency]>();
  const handler = commandController(
    { dispatch, records: { resultOf } },
    { dto: ThingDto, from: [body], command: ({ id }) => new DoThing(id) },
  );

  beforeEach(() => {
    dispatch.mockReset().mockResolvedValue({ id: ID, version: 3 });
    resultOf.mockReset().mockResolvedValue(undefined);
  });

  async function post(json: unknown, headers: APIGatewayProxyEvent['headers'] = {}) {
    const answer = await handler(apiEvent({ body: JSON.stringify(json), headers }));

    return { ...answer, json: JSON.parse(answer.body) as Record<string, unknown> };
  }

  it('given a valid request, then dispatches the command, with where it comes from, and answers 202', async () => {
    const { statusCode, headers, json } = await post({ id: ID }, { 'x-correlation-id': 'trace-1' });

    expect([statusCode, json, headers?.ETag]).toEqual([202, { id: ID, version: 3 }, '"3"']);
    expect(dispatch.mock.calls).toEqual([
      [new DoThing(ID), { commandId: REQUEST_ID, correlationId: 'trace-1', deadline: Infinity }],
    ]);
    expect(resultOf).not.toHaveBeenCalled();
  });

  it('given somebody whom the authorizer made out, then dispatches for them, whoever they say they are', async () => {
    const requestContext = { requestId: REQUEST_ID, authorizer: { principalId: 'p', actor: 'ada' } } as never;

    await handler(apiEvent({ body: JSON.stringify({ id: ID }), headers: { 'X-Actor': 'eve' }, requestContext }));

    expect(dispatch.mock.lastCall?.[1]).toMatchObject({ actor: 'ada' });
  });

  it('given nobody made out, then dispatches for nobody', async () => {
    await post({ id: ID }, { 'X-Actor': 'eve', Authorization: 'Bearer eve' });

    expect(dispatch.mock.lastCall?.[1].actor).toBeUndefined();
  });

  it('given an If-Match, then dispatches for that version', async () => {
    await post({ id: ID }, { 'if-match': '"3"' });

    const { versionCondition } = dispatch.mock.lastCall![1];

    expect([2, 3].map((version) => versionCondition?.isMet(version))).toEqual([false, true]);
  });

  it('given any headers at all, then answers no 5xx', async () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[*W/"3, \t]{0,9}$/));
    const names = ['If-Match', 'if-none-match', 'Idempotency-Key', 'X-Correlation-Id', 'Content-Type'];
    const anyHeaders = fc.dictionary(fc.constantFrom(...names), text);

    await fc.assert(
      fc.asyncProperty(anyHeaders, async (headers) => {
        expect([202, 400]).toContain((await post({ id: ID }, headers)).statusCode);
      }),
    );
  });

  it.each([
    { 'If-Match': '3' },
    { 'If-None-Match': 'w/"3"' },
    { 'Idempotency-Key': 'two words' },
    { 'Idempotency-Key': '' },
  ])('given %j, which it does not take, then answers 400 and does nothing', async (headers) => {
    const { statusCode, json } = await post({ id: ID }, headers);

    expect([statusCode, json.code]).toEqual([400, 'MalformedRequest']);
    expect(dispatch).not.toHaveBeenCalled();
  });

  describe('given an Idempotency-Key', () => {
    const key = { 'Idempotency-Key': 'k-1' };

    it('when the command is accepted, then dispatches it with the key, and looks nothing up', async () => {
      expect(await post({ id: ID }, key)).toMatchObject({ statusCode: 202, json: { version: 3 } });

      expect(dispatch.mock.lastCall?.[1].idempotency).toEqual(
        idempotencyOf(apiEvent({ body: JSON.stringify({ id: ID }), headers: key })),
      );
      expect(resultOf).not.toHaveBeenCalled();
    });

    it('when it is refused, and was accepted before, then gives the first answer', async () => {
      dispatch.mockRejectedValue(new WrongStateError('Done already.'));
      resultOf.mockResolvedValue({ id: ID, version: 2 });

      const { statusCode, headers, json } = await post({ id: ID }, key);

      expect([statusCode, json, headers?.ETag]).toEqual([202, { id: ID, version: 2 }, '"2"']);
      expect(resultOf.mock.calls).toEqual([[dispatch.mock.lastCall?.[1].idempotency]]);
    });

    it.each([
      ['another body', { id: '0b5a7f0e-4a53-4d6e-8a6e-2f1d7b0c9e01' }],
      ['a body that is not valid', { id: 'thing' }],
    ])('when it came before, and comes with %s, then answers 422', async (_, json) => {
      dispatch.mockRejectedValue(new WrongStateError('Done already.'));
      resultOf.mockRejectedValue(new IdempotencyKeyReusedError());

      expect(await post(json, key)).toMatchObject({ statusCode: 422, json: { code: 'IdempotencyKeyReused' } });
    });

    it.each([
      [409, 'WrongState', new WrongStateError('Done already.')],
      [429, 'TooManyRequests', new ThrottledError('Later.')],
    ])('when it is refused with %i, and never was accepted, then says why', async (status, code, error) => {
      dispatch.mockRejectedValue(error);

      expect(await post({ id: ID }, key)).toMatchObject({ statusCode: status, json: { code } });
      expect(resultOf).toHaveBeenCalledTimes(1);
    });

    it('when nobody knows whether it was accepted, and its record does, then gives that answer', async () => {
      dispatch.mockRejectedValue(new OutcomeUnknownError('No answer.'));
      resultOf.mockResolvedValue({ id: ID, version: 2 });

      expect(await post({ id: ID }, key)).toMatchObject({ statusCode: 202, json: { version: 2 } });
    });

    it.each([
      [504, 'Timeout', new ThrottledError('Later.')],
      [504, 'Timeout', new Error('no connection')],
      [422, 'IdempotencyKeyReused', new IdempotencyKeyReusedError()],
    ])('when nobody knows, and asking for its record says %i %s, then says that: %p', async (status, code, error) => {
      dispatch.mockRejectedValue(new OutcomeUnknownError('No answer.'));
      resultOf.mockRejectedValue(error);

      expect(await post({ id: ID }, key)).toMatchObject({ statusCode: status, json: { code } });
    });

    it('when it fails for a reason of ours, then answers 500: its outcome is unknown', async () => {
      dispatch.mockRejectedValue(new Error('no such table'));

      expect(await post({ id: ID }, key)).toMatchObject({ statusCode: 500 });
      expect(resultOf).not.toHaveBeenCalled();
    });
  });

  it('given no Idempotency-Key, when it is refused, then looks nothing up', async () => {
    dispatch.mockRejectedValue(new WrongStateError('Done already.'));

    expect(await post({ id: ID })).toMatchObject({ statusCode: 409 });
    expect(resultOf).not.toHaveBeenCalled();
  });
});
