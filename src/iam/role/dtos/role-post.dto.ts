import { RoleCreation } from '../models/role-creation.validator';

export class RolePostDto extends RoleCreation {}
