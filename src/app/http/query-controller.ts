import type { HttpAnswer } from './answer';
import { controller, type HttpHandler } from './controller';
import { underConditions } from './preconditions';
import { type Input, read } from './request';

/** A route that reads. */
export interface QueryRoute<TDto extends object> extends Input<TDto> {
  readonly answer: (dto: TDto) => Promise<HttpAnswer>;
}

/** Answers what a route reads, unless the client has it already or asks for another version. */
export function queryController<TDto extends object>(route: QueryRoute<TDto>): HttpHandler {
  return controller(async (event) => underConditions(event, await route.answer(read(route, event))));
}
