import { Transform } from 'class-transformer';
import { IsInt, IsOptional, Min } from 'class-validator';

import { rule } from '../../../shared-kernel/validation/rule';

/** A DTO's `atLeast`: the version that the answer has to show at least, which an earlier command's answer told. */
export const AtLeast = () =>
  rule(
    Transform(({ value }: { value: unknown }) => (/^\d{1,15}$/.test(String(value)) ? Number(value) : value)),
    IsOptional(),
    IsInt(),
    Min(1),
  );
