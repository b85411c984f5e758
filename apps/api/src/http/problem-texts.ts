import { activityRefusalTexts } from '#domain/activity/refusal-texts.js';
import { refusalTexts, type RefusalText } from '#domain/records/refusal-texts.js';
import { staffRefusalTexts } from '#domain/staff/refusal-texts.js';

/** What a problem type says: its status, its title, and a sentence with the facts of the case. */
export interface ProblemText {
  readonly status: number;
  readonly title: { readonly en: string; readonly zh: string };
  readonly detail: { readonly en: string; readonly zh: string };
}

const own: Record<string, ProblemText> = {
  'request.invalid': text(
    400,
    'The request is not valid',
    '请求无效',
    'See errors: each names a field and what would be right.',
    '请见 errors：逐项列出字段及正确写法。',
  ),
  'request.unreadable': text(
    400,
    'The body cannot be read',
    '无法解析请求正文',
    'The body must be JSON in UTF-8.',
    '请求正文必须是 UTF-8 编码的 JSON。',
  ),
  'request.not-canonical': text(
    400,
    'The body holds a value that cannot be kept',
    '请求正文含有无法保存的值',
    'Numbers must be whole and within 2^53, texts well-formed Unicode, nesting at most 100 deep; send amounts as text.',
    '数字须为 2^53 以内的整数，文本须为合法 Unicode，嵌套不超过 100 层；金额请以文本发送。',
  ),
  'request.bad-path': text(
    400,
    'The path cannot be read',
    '无法解析路径',
    'Percent-encode the path as UTF-8.',
    '路径须按 UTF-8 进行百分号编码。',
  ),
  'request.path-too-long': text(
    414,
    'The path is too long',
    '路径过长',
    'A part of a path has at most 200 characters.',
    '路径的每一段不得超过 200 个字符。',
  ),
  'request.too-large': text(
    413,
    'The body is too large',
    '请求正文过大',
    'A body may have {limit} bytes.',
    '请求正文不得超过 {limit} 字节。',
  ),
  'request.unsupported-media-type': text(
    415,
    'The body is of another type',
    '不支持的正文类型',
    'Send application/json.',
    '请使用 application/json。',
  ),
  'request.bad-cursor': text(
    400,
    'The cursor is not one of ours',
    '游标无效',
    'Take the cursor from the last answer, with the same filters and sort.',
    '请使用上一次应答中的游标，并保持筛选和排序不变。',
  ),
  'request.bad-if-match': text(
    400,
    'If-Match is not valid',
    'If-Match 无效',
    'If-Match takes one strong ETag, such as "7".',
    'If-Match 须为一个强 ETag，例如 "7"。',
  ),
  'request.bad-idempotency-key': text(
    400,
    'The Idempotency-Key is not valid',
    'Idempotency-Key 无效',
    'Send 1 to 200 printable ASCII characters.',
    '请使用 1 至 200 个可打印的 ASCII 字符。',
  ),
  'route.unknown': text(
    404,
    'There is nothing here',
    '此处无内容',
    'No route answers {method} on this path.',
    '没有路由应答此路径上的 {method} 请求。',
  ),
  'record.unknown': text(
    404,
    'There is no such record',
    '没有此档案',
    'No record has this id or file number.',
    '没有此编号或档号的档案。',
  ),
  'staff.unknown': text(
    404,
    'There is no such member of staff',
    '没有此人员',
    'Nobody is registered under {staff}.',
    '{staff} 未登记。',
  ),
  'process.unknown': text(
    404,
    'There is no such process',
    '没有此批处理',
    'No process has this id.',
    '没有此编号的批处理。',
  ),
  'auth.required': text(
    401,
    'Sign in first',
    '请先登录',
    'Send a bearer token from POST /v1/sessions.',
    '请附上由 POST /v1/sessions 取得的令牌。',
  ),
  'auth.token-invalid': text(
    401,
    'The token is not valid',
    '令牌无效',
    'It has expired or was not issued here; sign in again.',
    '令牌已过期或非本系统签发，请重新登录。',
  ),
  'auth.failed': text(
    401,
    'Staff id or password is wrong',
    '工号或密码错误',
    'Check both and try again.',
    '请核对后重试。',
  ),
  'auth.throttled': text(
    429,
    'Too many failed sign-ins',
    '登录失败次数过多',
    'Try again in {seconds} seconds.',
    '请在 {seconds} 秒后重试。',
  ),
  'auth.password-change-required': text(
    403,
    'Change the one-time password first',
    '请先修改一次性密码',
    'POST /v1/me/password with the present and a new password.',
    '请通过 POST /v1/me/password 提交当前密码和新密码。',
  ),
  'auth.password-weak': text(
    422,
    'The new password is too weak',
    '新密码强度不足',
    'Use 12 to 200 characters, not the one-time password.',
    '请使用 12 至 200 个字符，且不得沿用一次性密码。',
  ),
  'auth.forbidden': text(
    403,
    'This is not among your rights',
    '您没有此权限',
    'It takes one of these roles: {roles}.',
    '需要以下角色之一：{roles}。',
  ),
  'auth.staff-inactive': text(
    403,
    'Your access has ended',
    '您的权限已终止',
    'Ask the manager or the administrator.',
    '请联系管理者或管理员。',
  ),
  'command.stale': text(
    412,
    'Somebody changed it meanwhile',
    '内容已被他人更改',
    'It is at revision {revision} now; see changes.',
    '当前版本为 {revision}，请见 changes。',
  ),
  'command.contended': text(
    409,
    'Many change this at the same moment',
    '多人同时更改',
    'Nothing was written; send it again.',
    '未写入任何内容，请重试。',
  ),
  'command.key-reused': text(
    422,
    'This Idempotency-Key was used for another body',
    '此 Idempotency-Key 已用于其他内容',
    'Use a new key for a new command.',
    '新命令请使用新的键。',
  ),
  'command.erased': text(
    410,
    'What this is about has been destroyed',
    '相关内容已销毁',
    'Only the register and the history remain.',
    '仅保留清册与历史。',
  ),
  'command.outcome-unknown': text(
    503,
    'It is not known whether this was carried out',
    '尚不知是否已执行',
    'Send the same request with the same Idempotency-Key again ({commandId}).',
    '请以相同的 Idempotency-Key 重发同一请求（{commandId}）。',
  ),
  'view.behind': text(
    409,
    'The view has not come that far',
    '视图尚未更新至此',
    'It has reached {reached}; try again.',
    '目前到达 {reached}，请重试。',
  ),
  'server.busy': text(
    503,
    'Too many writes are waiting',
    '等待写入过多',
    'Nothing was written; try again shortly.',
    '未写入任何内容，请稍后重试。',
  ),
  'server.unavailable': text(
    503,
    'A store cannot be reached',
    '存储不可用',
    'Nothing was acknowledged; try again later.',
    '未确认任何写入，请稍后重试。',
  ),
  'server.not-ready': text(
    503,
    'The server is not ready',
    '服务尚未就绪',
    'See checks: each names a store or a view that is not in order.',
    '请见 checks：逐项列出异常的存储或视图。',
  ),
  'server.stopping': text(
    503,
    'The server is stopping',
    '服务正在停止',
    'Send it again in a moment.',
    '请稍后重发。',
  ),
  'server.internal': text(
    500,
    'Something went wrong on our side',
    '服务器内部错误',
    'The log has the details under this correlation id.',
    '详情见日志（以关联编号检索）。',
  ),
  'process.already-begun': text(
    409,
    'This has begun already',
    '已开始',
    'A process is begun once; look at it under its id.',
    '批处理只开始一次，请按编号查看。',
  ),
  'process.item-twice': text(
    422,
    'One item is named twice',
    '条目重复',
    'Name {item} once only.',
    '{item} 只能出现一次。',
  ),
  'clock.not-a-demo': text(
    404,
    'This log is no demo',
    '非演示日志',
    'Only a demo log has a clock that can be moved.',
    '只有演示日志的时钟可以调整。',
  ),
  'clock.not-forward': text(
    409,
    'The clock moves forward only',
    '时钟只能向前',
    'It is already {now}.',
    '当前已是 {now}。',
  ),
};

function text(
  status: number,
  titleEn: string,
  titleZh: string,
  detailEn: string,
  detailZh: string,
): ProblemText {
  return { status, title: { en: titleEn, zh: titleZh }, detail: { en: detailEn, zh: detailZh } };
}

/** Titles of the refusals that the rules give: their sentence is the detail. */
const TITLES: Readonly<Record<RefusalText['status'], ProblemText['title']>> = {
  403: { en: 'This is not yours to do', zh: '您无权办理' },
  404: { en: 'There is no such thing', zh: '没有此项' },
  409: { en: 'This is not possible as things stand', zh: '当前状态不允许' },
  410: { en: 'It has been destroyed', zh: '已销毁' },
  412: { en: 'Somebody changed it meanwhile', zh: '内容已被他人更改' },
  422: { en: 'The command cannot be carried out as it is', zh: '内容不符合要求' },
};

function fromRules(texts: Readonly<Record<string, RefusalText>>): Record<string, ProblemText> {
  return Object.fromEntries(
    Object.entries(texts).map(([code, { status, en, zh }]) => [
      code,
      { status, title: TITLES[status], detail: { en, zh } },
    ]),
  );
}

/** Every problem type that the API can answer with, by code. */
export const problemTexts: Readonly<Record<string, ProblemText>> = {
  ...own,
  ...fromRules(refusalTexts),
  ...fromRules(activityRefusalTexts),
  ...fromRules(staffRefusalTexts),
};
