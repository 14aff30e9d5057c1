import { RoleCreation } from '../models/role.validator';

export class RolePostDto extends RoleCreation {}
