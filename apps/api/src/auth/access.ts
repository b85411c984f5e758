import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import type { AuthenticatedRequest, Caller } from '../http/request-context.js';

/** How a route may be reached. A route without one of these is refused: deny unless allowed. */
export type Access = { readonly public: true } | { readonly roles: readonly string[] | 'any' };

export const ACCESS = 'dossier:access';

/** Reachable without signing in: health, sign-in, documentation. */
export const Public = () => SetMetadata(ACCESS, { public: true } satisfies Access);

/** Reachable for members of staff who hold one of these roles. Rules about persons and states are the decider's. */
export const Roles = (...roles: [string, ...string[]]) => SetMetadata(ACCESS, { roles } satisfies Access);

/** Reachable for everyone who is signed in. */
export const SignedIn = () => SetMetadata(ACCESS, { roles: 'any' } satisfies Access);

/** May be called while a one-time password still has to be changed. */
export const BEFORE_PASSWORD_CHANGE = 'dossier:before-password-change';
export const BeforePasswordChange = () => SetMetadata(BEFORE_PASSWORD_CHANGE, true);

/** Whoever sent the request. */
export const CallerOf = createParamDecorator(
  (_: unknown, context: ExecutionContext): Caller =>
    context.switchToHttp().getRequest<AuthenticatedRequest>().caller,
);
