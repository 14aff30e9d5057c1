import { UserRegistration } from '../models/user-registration.validator';

export class UserPostDto extends UserRegistration {}
