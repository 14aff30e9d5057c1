import { IsPersonName } from './user.rules';

/** What a user is called. */
export class UserName {
  @IsPersonName() readonly firstName: string;
  @IsPersonName() readonly lastName: string;

  constructor(firstName: string, lastName: string) {
    this.firstName = firstName;
    this.lastName = lastName;
  }
}
