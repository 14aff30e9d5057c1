import { IsUUID } from 'class-validator';

import type { Uuid } from '../../../event-store/events/event';
import { IsEmailAddress, IsPersonName } from './user.rules';

/** What a user is registered with: for whoever asks for it as for the user itself. */
export class UserRegistration {
  @IsUUID() readonly id: Uuid;
  @IsEmailAddress() readonly email: string;

  constructor(id: Uuid, email: string) {
    this.id = id;
    this.email = email;
  }
}

/** What a user is called. */
export class UserName {
  @IsPersonName() readonly firstName: string;
  @IsPersonName() readonly lastName: string;

  constructor(firstName: string, lastName: string) {
    this.firstName = firstName;
    this.lastName = lastName;
  }
}
