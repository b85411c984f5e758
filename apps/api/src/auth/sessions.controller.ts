import { Body, Controller, Get, HttpCode, Ip, Post, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { requestLocale, type AuthenticatedRequest, type Caller } from '../http/request-context.js';
import { BeforePasswordChange, CallerOf, Public, SignedIn } from './access.js';
import { ChangePasswordDto, MeAnswer, SessionAnswer, SignInDto } from './session.dto.js';
import { SignIn } from './sign-in.js';

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
  me(@CallerOf() caller: Caller, @Req() request: AuthenticatedRequest): Promise<MeAnswer> {
    return this.signIn.describe(caller, requestLocale(request));
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
