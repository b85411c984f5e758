import { ApiProperty } from '@nestjs/swagger';
import { ROLES, type Role } from '#domain/roles.js';
import { PlaceAnswer } from '../http/answer.js';
import { CodeField, InstantField, StaffIdField, TextField, TextsField } from '../http/fields.js';

export class RegisterDto {
  @StaffIdField({ en: 'the staff id to sign in with', zh: '登录工号', example: 'collector-1' })
  id!: string;

  @TextField(100, { en: 'the name', zh: '姓名', example: '孙丽' })
  name!: string;

  @TextsField(ROLES.length, new RegExp(`^(${ROLES.join('|')})$`), {
    en: `roles, each of which waits for confirmation: ${ROLES.join(', ')}`,
    zh: `角色（均须确认）：${ROLES.join('、')}`,
    example: ['collector'],
  })
  roles!: Role[];
}

export class StaffAnswer extends PlaceAnswer {
  @ApiProperty({ example: 'collector-1' })
  staff!: string;
}

export class PasswordAnswer extends StaffAnswer {
  @ApiProperty({
    nullable: true,
    type: String,
    example: 'wJ2v0m3sTqk1xY7bR9aE',
    description:
      'One-time password, shown only here. Sending the same request again gives a fresh one until one was used; then null.',
  })
  password!: string | null;
}

export class RegisteredAnswer extends PasswordAnswer {
  @ApiProperty({ type: [String], example: ['collector'], description: 'Roles that wait for confirmation' })
  pending!: readonly string[];
}

export class RequestRoleDto {
  @CodeField(ROLES, { en: 'the role', zh: '角色', example: 'analyst' })
  role!: Role;

  @TextField(2000, { en: 'the reason', zh: '理由', example: '承担筛选分析' })
  reason!: string;

  @InstantField({ en: 'the end of the role', zh: '角色截止时间', optional: true })
  until?: string | null;
}

export class StaffReasonDto {
  @TextField(2000, { en: 'the reason', zh: '理由', example: '岗位调整' })
  reason!: string;
}

export class RoleAnswer extends StaffAnswer {
  @ApiProperty({ example: 'analyst' })
  role!: string;
  @ApiProperty({ example: 'requested', enum: ['requested', 'held', 'ended'] })
  state!: string;
}

export class UndertakingDto {
  @TextField(60, { en: 'the version of the text that you signed', zh: '所签承诺书版本', example: '2025-1' })
  textVersion!: string;
}

export class UndertakingAnswer extends StaffAnswer {
  @ApiProperty({ example: '2026-03-03T01:00:00.000Z' })
  validUntil!: string;
}

export class DeactivateDto {
  @StaffIdField({ en: 'staff id of the successor', zh: '接替人工号', example: 'collector-2' })
  successor!: string;

  @TextField(2000, { en: 'the reason', zh: '理由', example: '离职' })
  reason!: string;
}

export class ActivityAnswer extends StaffAnswer {
  @ApiProperty({ example: false })
  active!: boolean;
}
