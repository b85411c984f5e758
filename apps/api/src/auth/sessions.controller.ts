import { Body, Controller, Get, HttpCode, Ip, Post, Req } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiTags,
} from '@nestjs/swagger';
import { Length, Matches } from 'class-validator';
import { expected } from '../http/validation.js';
import type { AuthenticatedRequest, Caller } from '../http/request-context.js';
import { BeforePasswordChange, CallerOf, Public, SignedIn } from './access.js';
import { SignIn } from './sign-in.js';

/** Staff ids: what a person signs in with, and what every event says. */
export const STAFF_ID = /^[a-z0-9][a-z0-9-]{0,31}$/;

export class SignInDto {
  @ApiProperty({ example: 'manager-1', description: 'Staff id' })
  @Matches(
    STAFF_ID,
    expected(
      'a staff id: 1 to 32 lower-case letters, digits and dashes',
      '工号：1至32个小写字母、数字或连字符',
    ),
  )
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
  @ApiProperty({ description: 'End of the undertaking of confidentiality', nullable: true, type: String })
  undertakingUntil!: string | null;
  @ApiProperty()
  mustChangePassword!: boolean;
}

@ApiTags('Sign-in')
@Controller('v1')
export class SessionsController {
  constructor(private readonly signIn: SignIn) {}

  @Public()
  @Post('sessions')
  @ApiOperation({ summary: 'Sign in with staff id and password' })
  @ApiCreatedResponse({ type: SessionAnswer })
  open(@Body() { staff, password }: SignInDto, @Ip() address: string): Promise<SessionAnswer> {
    return this.signIn.open(staff, password, address);
  }

  @SignedIn()
  @BeforePasswordChange()
  @ApiBearerAuth()
  @Get('me')
  @ApiOperation({ summary: 'Who I am and what I may do' })
  @ApiOkResponse({ type: MeAnswer })
  me(@CallerOf() caller: Caller): Promise<MeAnswer> {
    return this.signIn.describe(caller);
  }

  @SignedIn()
  @BeforePasswordChange()
  @ApiBearerAuth()
  @HttpCode(204)
  @Post('me/password')
  @ApiOperation({ summary: 'Change my password' })
  async change(@Body() body: ChangePasswordDto, @Req() request: AuthenticatedRequest): Promise<void> {
    await this.signIn.changePassword(request, body.present, body.password);
  }
}
