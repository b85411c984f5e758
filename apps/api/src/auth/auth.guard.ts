import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { AuthenticatedRequest } from '../http/request-context.js';
import { Problem } from '../http/problem.js';
import { ACCESS, BEFORE_PASSWORD_CHANGE, type Access } from './access.js';
import { Authenticator } from './authenticator.js';

/** Denies unless the route says who may call it, and the caller is one of them. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authenticator: Authenticator,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const places = [context.getHandler(), context.getClass()];
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, places);
    if (access && 'public' in access) return true;
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const caller = await this.authenticator.authenticate(request.headers.authorization);
    request.caller = caller;
    if (
      caller.mustChangePassword &&
      !this.reflector.get<boolean | undefined>(BEFORE_PASSWORD_CHANGE, places[0]!)
    ) {
      throw new Problem('auth.password-change-required');
    }
    if (!access) throw new Problem('auth.forbidden', { roles: [] });
    const { roles } = access;
    if (roles !== 'any' && !roles.some((role) => caller.roles.includes(role))) {
      throw new Problem('auth.forbidden', { roles: [...roles] });
    }
    return true;
  }
}
