import { ApiProperty } from '@nestjs/swagger';
import { Length } from 'class-validator';
import { StaffIdField } from '../http/fields.js';
import { expected } from '../http/validation.js';
import { StaffDutiesAnswer } from '../staff/staff-reading.dto.js';

export class SignInDto {
  @StaffIdField({ en: 'the staff id', zh: '工号', example: 'manager-1' })
  staff!: string;

  @ApiProperty({ example: 'a long and private sentence' })
  @Length(1, 200, expected('the password, 1 to 200 characters', '密码，1至200个字符'))
  password!: string;
}

export class ChangePasswordDto {
  @ApiProperty({ description: 'The present password, or the one-time password' })
  @Length(1, 200, expected('the present password', '当前密码'))
  present!: string;

  @ApiProperty({ description: '12 to 200 characters', example: 'a long and private sentence' })
  @Length(12, 200, expected('a new password of 12 to 200 characters', '12至200个字符的新密码'))
  password!: string;
}

export class SessionAnswer {
  @ApiProperty({ description: 'Send it as `Authorization: Bearer <token>`' })
  token!: string;
  @ApiProperty({ example: '2025-03-03T02:00:00.000Z' })
  expiresAt!: string;
  @ApiProperty({ description: 'True after a one-time password: change it first' })
  mustChangePassword!: boolean;
}

export class MeAnswer {
  @ApiProperty({ example: 'manager-1' })
  id!: string;
  @ApiProperty({ example: '王敏', nullable: true, type: String })
  name!: string | null;
  @ApiProperty({ example: ['manager'], type: [String] })
  roles!: readonly string[];
  @ApiProperty({
    type: StaffDutiesAnswer,
    description: 'Roles with their ends, those that wait for a second person among them',
  })
  duties!: StaffDutiesAnswer;
  @ApiProperty({ description: 'End of the undertaking of confidentiality', nullable: true, type: String })
  undertakingUntil!: string | null;
  @ApiProperty()
  mustChangePassword!: boolean;
}
