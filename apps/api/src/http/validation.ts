import { ValidationPipe, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { Problem, type FieldFault } from './problem.js';

/** Checks bodies and queries against their DTO: unknown members are refused, every fault is named, no value is echoed. */
export function validationPipe(): ValidationPipe {
  return new RequestPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    transform: true,
    stopAtFirstError: false,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) =>
      new Problem('request.invalid', {}, { errors: errors.flatMap((e) => faults(e, '')) }),
  });
}

/** A class of bodies that checks more than its members one by one. */
export interface WholeCheck {
  /** @param body as it was sent: it may be anything */
  wholeFaults(body: unknown): readonly FieldFault[];
}

/** Names what a whole check finds beside the faults of the members, so that all can be mended at once. */
class RequestPipe extends ValidationPipe {
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const { wholeFaults } = (metadata.metatype ?? {}) as Partial<WholeCheck>;
    const found = wholeFaults?.(value) ?? [];
    const checked: unknown = await super.transform(value, metadata).catch((error: unknown) => {
      if (!(error instanceof Problem)) throw error;
      const { errors = [] } = error.more;
      throw new Problem(error.code, error.params, { ...error.more, errors: [...errors, ...found] });
    });
    if (found.length > 0) throw new Problem('request.invalid', {}, { errors: found });
    return checked;
  }
}

const SEPARATOR = '\u001f';

/** Validator options with what would be right, in both languages: `@IsInt(expected('a whole number', '整数'))`. */
export function expected(en: string, zh: string): { message: string } {
  return { message: `Give ${en}.${SEPARATOR}应为${zh}。` };
}

const UNKNOWN_FIELD = { en: 'There is no such field here; leave it out.', zh: '此处没有该字段，请删除。' };

function detailOf(message: string): FieldFault['detail'] {
  const [en, zh] = message.split(SEPARATOR);
  return { en: en!, zh: zh ?? en! };
}

function faults(error: ValidationError, parent: string): FieldFault[] {
  const pointer = `${parent}/${error.property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const own = Object.entries(error.constraints ?? {}).map(([rule, message]) => ({
    pointer,
    code:
      rule === 'whitelistValidation'
        ? 'field.unknown'
        : `field.${rule.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`,
    detail: rule === 'whitelistValidation' ? UNKNOWN_FIELD : detailOf(message),
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => faults(child, pointer))];
}

/**
 * Refuses members that have no meaning beside what else the body says: what would be ignored is a mistake.
 * @throws Problem `request.invalid`
 */
export function refuseStray(dto: object, allowed: readonly string[]): void {
  const stray = Object.entries(dto).filter(([name, value]) => value != null && !allowed.includes(name));
  if (stray.length === 0) return;
  const detail =
    allowed.length === 0
      ? UNKNOWN_FIELD
      : {
          en: `This does not go with the rest; give only ${allowed.join(', ')}.`,
          zh: `与其余内容不符；只可提供 ${allowed.join('、')}。`,
        };
  const errors = stray.map(([name]) => ({ pointer: `/${name}`, code: 'field.stray', detail }));
  throw new Problem('request.invalid', {}, { errors });
}

/** For a body that has nothing to say: any member is refused. */
export class NoMembersPipe implements PipeTransform<unknown, void> {
  transform(body: unknown): void {
    refuseStray(body ?? {}, []);
  }
}
