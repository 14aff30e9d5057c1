import type { HttpAnswer } from './answer';
import { controller, type HttpHandler } from './controller';
import { underConditions } from './preconditions';
import { type Input, read } from './request';

/** A route that reads. */
export interface QueryRoute<TDto extends object> extends Input<TDto> {
  /** @param deadline in milliseconds since 1970: nobody waits longer for it; Infinity: there is none */
  readonly answer: (dto: TDto, deadline: number) => Promise<HttpAnswer>;
}

/** Answers what a route reads, unless the client has it already or asks for another version. */
export function queryController<TDto extends object>(route: QueryRoute<TDto>): HttpHandler {
  return controller(async (event, { deadline }) =>
    underConditions(event, await route.answer(read(route, event), deadline)),
  );
}
