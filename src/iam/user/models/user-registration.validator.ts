import { IsUUID } from 'class-validator';

import type { Uuid } from '../../../event-store/events/event';
import { IsEmailAddress } from './user.rules';

/** What a user is registered with. A request to register one is held to the same rules as the user itself. */
export class UserRegistration {
  @IsUUID() readonly id: Uuid;
  @IsEmailAddress() readonly email: string;

  constructor(id: Uuid, email: string) {
    this.id = id;
    this.email = email;
  }
}
