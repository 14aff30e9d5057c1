import type { HttpAnswer } from './answer';
import { controller, type HttpHandler } from './controller';
import { type Input, read } from './request';

/** A route that reads. */
export interface QueryRoute<TDto extends object> extends Input<TDto> {
  readonly answer: (dto: TDto) => Promise<HttpAnswer>;
}

/** Answers what a route reads. */
export function queryController<TDto extends object>(route: QueryRoute<TDto>): HttpHandler {
  return controller(async (event) => route.answer(read(route, event)));
}
