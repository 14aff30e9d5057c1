import { UserRegistration } from '../models/user.validator';

export class UserPostDto extends UserRegistration {}
