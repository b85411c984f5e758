import { ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { Problem, type FieldFault } from './problem.js';

/** Checks bodies and queries against their DTO: unknown members are refused, every fault is named, no value is echoed. */
export function validationPipe(): ValidationPipe {
  return new ValidationPipe({
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
