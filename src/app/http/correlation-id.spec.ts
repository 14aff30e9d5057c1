import { apiEvent, REQUEST_ID } from '../../../test/support/api-event';
import { correlationIdOf } from './correlation-id';

describe('correlationIdOf', () => {
  it.each(['X-Correlation-Id', 'x-correlation-id'])('given the header %s, then takes it', (name) => {
    expect(correlationIdOf(apiEvent({ headers: { [name]: 'trace-1:abc/def_9.0' } }))).toBe('trace-1:abc/def_9.0');
  });

  it.each([
    ['nothing', ''],
    ['a line break', 'trace\nINFO forged'],
    ['markup', '<script>'],
    ['a letter beyond ASCII', 'träce'],
    ['129 characters', 'a'.repeat(129)],
    ['no value', undefined],
  ])('given a header with %s, then takes the id of the request', (_, value) => {
    expect(correlationIdOf(apiEvent({ headers: { 'X-Correlation-Id': value } }))).toBe(REQUEST_ID);
  });

  it('given 128 characters, then takes them', () => {
    expect(correlationIdOf(apiEvent({ headers: { 'X-Correlation-Id': 'a'.repeat(128) } }))).toBe('a'.repeat(128));
  });

  it('given other headers only, then takes the id of the request', () => {
    expect(correlationIdOf(apiEvent({ headers: { 'X-Request-Id': 'other' } }))).toBe(REQUEST_ID);
  });
});
