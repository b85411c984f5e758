import type { RecordedEvent, SealedValues } from '#engine/event.js';
import type { Json, JsonObject } from '#engine/json.js';
import { recordedLog, type Entry } from './recorded-log.js';

/*
 * A fixed log with every event type, from which the golden dumps of the views are made. Its events are never changed;
 * a new event type is added at the end, and the dumps of the views that it concerns get a new version.
 */

type Person = readonly [id: string, ...roles: string[]];

const SYSTEM: Person = ['system'];
const ADMIN: Person = ['s-admin', 'administrator'];
const LIN: Person = ['s-lin', 'executive'];
const WANG: Person = ['s-wang', 'manager'];
const ZHAO: Person = ['s-zhao', 'custodian'];
const SUN: Person = ['s-sun', 'collector'];
const ZHOU: Person = ['s-zhou', 'collector'];
const WU: Person = ['s-wu', 'analyst'];
const ZHENG: Person = ['s-zheng', 'auditor'];

interface More {
  readonly sealed?: Readonly<Record<string, SealedValues>>;
  readonly onBehalfOf?: string;
  readonly effectiveAt?: string;
}

/** One entry a line: day and time in March to May 2025 (UTC), who, where, what. */
function entry(
  at: string,
  [by, ...roles]: Person,
  stream: string,
  type: string,
  data: JsonObject = {},
  more: More = {},
): Entry {
  return { at: `2025-${at}:00.000Z`, by, roles, stream, type, data, ...more };
}

const HUAXING = 'customerRecord-r-huaxing';
const ZHANG = 'customerRecord-r-zhang';
const LI = 'customerRecord-r-li';
const ALFREDS = 'customerRecord-r-alfreds';

const say = (texts: Record<string, string>): Record<string, SealedValues> => ({
  record: Object.fromEntries(Object.entries(texts).map(([name, text]) => [`/text/${name}`, text])),
});

const because = (reason: string): More => ({ sealed: say({ reason }) });
const saidOf = (person: string): More => ({ sealed: { person: { '/text/reason': person } } });

const class_ = (status: string, urgency: string, urgencyUntil: string | null, kind: string) => ({
  ...{ status, urgency, urgencyUntil, kind },
});

/** Content as an event holds it: clear values, and sealed ones by part. */
function content(
  open: Record<string, Json>,
  sealed: Record<string, SealedValues>,
  unverified: string[] = [],
) {
  const where = Object.entries(sealed).map(([part, values]) => [part, Object.keys(values)]);
  return { open, sealed: Object.fromEntries(where) as JsonObject, unverified };
}

const COLLECTED = {
  purpose: 'servicing',
  basis: { code: 'consent', toldOn: '2025-03-01' },
  separateConsents: [],
  sourceChannel: 'sales-team',
  lateDays: 0,
  historic: false,
  duplicates: { position: null, records: [] },
};

const huaxing = {
  record: {
    '/phone': '+8657188886666',
    '/address': '杭州市西湖区文三路九十号',
    '/paymentTerms': '月结三十天',
  },
  'contact/c-1': {
    '/contacts/c-1/name': '陈立峰',
    '/contacts/c-1/phone': '+8613912340001',
    '/contacts/c-1/position': '采购总监',
  },
  'contact/c-2': { '/contacts/c-2/name': '吴桂芳', '/contacts/c-2/email': 'gf.wu@huaxing.example' },
};
const huaxingOpen = {
  '/name': '杭州华兴贸易有限公司',
  '/subjectType': 'company',
  '/region': '330106',
  '/cooperationStatus': 'interested',
  '/firstContactOn': '2025-02-20',
  '/industry': 'F',
};
const mended = {
  record: { '/phone': '+8657188886667', '/needs': '每季度送货一次' },
  'contact/c-1': { '/contacts/c-1/phone': '12-34' },
};
const zhang = {
  record: {
    '/name': '张小明',
    '/phone': '+8613812345678',
    '/email': 'Zhang.Xiaoming@example.com',
    '/birthDate': '1980-05-17',
    '/employer': '浙江大学附属第一医院',
  },
  'field/incomeBand': { '/incomeBand': '200k-500k' },
  'field/family': { '/family/f-1/relation': 'spouse', '/family/f-1/name': '刘美华' },
};
const li = { record: { '/name': '欧阳春梅', '/address': '上海市徐汇区漕溪北路一号' } };

const report = (eligible: boolean, at: string, failed: string[] = []) => ({
  eligible,
  at: `2025-${at}:00.000Z`,
  results: ['borrower-active', 'undertaking-signed', 'fields-needed'].map((rule) => ({
    ...{ rule, passed: !failed.includes(rule), waived: false, ifFailed: 'refused', facts: { active: true } },
    position: rule === 'fields-needed' ? null : '00000000000000000012',
    revision: rule === 'fields-needed' ? 6 : null,
    remedy: failed.includes(rule) ? { code: 'sign-undertaking', params: { days: 365 } } : null,
  })),
});

const loan = (loanId: string, at: string, failed: string[] = []) => ({
  ...{ loanId, kind: 'consult', purpose: 'analysis', days: 7, batch: null },
  fields: { levels: ['confidential'], pointers: ['/phone', '/contacts/c-1/name'] },
  report: report(failed.length === 0, at, failed),
});

const RECORD_TARGET = { kind: 'record' };
const application = (applicationId: string, ground: string, restricts: boolean, lapsesAt: string) => ({
  ...{ applicationId, target: RECORD_TARGET, ground, restricts, lapsesAt: `2025-${lapsesAt}:00.000Z` },
  retainUntil: restricts ? '2025-03-01' : null,
  lastContact: { on: '2025-03-02', position: '00000000000000000020' },
});

const STAFF: Entry[] = [
  entry(
    '03-01T00:00',
    SYSTEM,
    'staff-s-admin',
    'StaffRegistered',
    { roles: ['administrator'], bootstrap: 'administrator', factsAt: null },
    { sealed: { person: { '/name': '钱管理' } } },
  ),
  entry('03-01T00:01', SYSTEM, 'staff-s-admin', 'OneTimePasswordIssued'),
  entry('03-01T00:02', ADMIN, 'staff-s-admin', 'PasswordChanged'),
  entry(
    '03-01T00:03',
    ADMIN,
    'staff-s-lin',
    'StaffRegistered',
    { roles: ['executive'], bootstrap: 'executive', factsAt: '00000000000000000003' },
    { sealed: { person: { '/name': '林静' } } },
  ),
  entry(
    '03-01T00:04',
    ADMIN,
    'staff-s-sun',
    'StaffRegistered',
    { roles: ['collector'], bootstrap: null, factsAt: null },
    { sealed: { person: { '/name': '孙丽' } } },
  ),
  entry('03-01T00:05', LIN, 'staff-s-sun', 'RoleConfirmed', { role: 'collector' }),
  entry(
    '03-01T00:06',
    ADMIN,
    'staff-s-sun',
    'RoleRequested',
    { role: 'analyst', until: '2025-06-01T00:00:00.000Z' },
    saidOf('忙季协助分析'),
  ),
  entry(
    '03-01T00:07',
    LIN,
    'staff-s-sun',
    'RoleRevoked',
    { role: 'analyst', was: 'requested' },
    saidOf('暂不需要'),
  ),
  entry(
    '03-01T00:08',
    ADMIN,
    'staff-s-sun',
    'RoleRequested',
    { role: 'custodian', until: null },
    saidOf('代班'),
  ),
  entry('03-01T00:09', SUN, 'staff-s-sun', 'UndertakingSigned', {
    textVersion: '2025-1',
    validUntil: '2026-03-01T00:09:00.000Z',
  }),
  entry(
    '03-01T00:10',
    ADMIN,
    'staff-s-zhou',
    'StaffRegistered',
    { roles: ['collector', 'analyst'], bootstrap: null, factsAt: null },
    { sealed: { person: { '/name': '周强' } } },
  ),
  entry('03-01T00:11', LIN, 'staff-s-zhou', 'RoleConfirmed', { role: 'collector' }),
  entry(
    '03-01T00:12',
    LIN,
    'staff-s-zhou',
    'RoleRevoked',
    { role: 'collector', was: 'held' },
    saidOf('调岗'),
  ),
  entry(
    '03-01T00:13',
    ADMIN,
    'staff-s-zhou',
    'StaffDeactivated',
    { successor: 's-sun', factsAt: null },
    saidOf('离职手续已办结'),
  ),
  entry('03-01T00:14', ADMIN, 'staff-s-zhou', 'StaffReactivated', {}, saidOf('返聘')),
  entry(
    '03-01T00:15',
    ADMIN,
    'staff-s-wu',
    'StaffRegistered',
    { roles: ['analyst'], bootstrap: null, factsAt: null },
    { sealed: { person: { '/name': '吴倩' } } },
  ),
  entry(
    '03-01T00:16',
    ADMIN,
    'staff-s-wu',
    'StaffDeactivated',
    { successor: 's-lin', factsAt: null },
    saidOf('长期病假'),
  ),
];

const LIFE_OF_HUAXING: Entry[] = [
  entry(
    '03-03T01:00',
    SUN,
    HUAXING,
    'RecordCollected',
    {
      ...COLLECTED,
      ...content(huaxingOpen, huaxing),
      subjectType: 'company',
      state: 'draft',
      firstContactOn: '2025-02-20',
      lateDays: 11,
      proposed: { grade: 'B', class: class_('interested', 'urgent', '2025-03-06T01:00:00.000Z', 'ordinary') },
    },
    {
      sealed: { ...huaxing, record: { ...huaxing.record, '/text/urgencyReason': '客户催办签约' } },
      effectiveAt: '2025-02-20',
    },
  ),
  entry('03-03T02:00', SUN, HUAXING, 'RecordSubmitted', {
    ...content({ '/scale': 'medium' }, {}),
    removed: [],
    round: 1,
    firstContactOn: '2025-02-20',
    lateDays: 11,
  }),
  entry(
    '03-03T03:00',
    WANG,
    HUAXING,
    'RecordReturned',
    { round: 1, fields: ['/phone', '/contacts/c-1/phone', '/address'] },
    {
      sealed: say({
        'comments/phone': '少一位数字吧',
        'comments/contacts/c-1/phone': '打不通',
        'comments/address': '门牌缺失',
        note: '请本周补正',
      }),
    },
  ),
  entry(
    '03-07T04:00',
    ZHOU,
    HUAXING,
    'RecordResubmitted',
    {
      ...content({ '/scale': 'large' }, mended, ['/contacts/c-1/phone']),
      removed: ['/address', '/contacts/c-2/name', '/contacts/c-2/email'],
      round: 2,
      firstContactOn: '2025-02-20',
      lateDays: 11,
    },
    {
      sealed: { ...mended, record: { ...mended.record, '/text/note': '已致电总机核对' } },
      onBehalfOf: 's-sun',
    },
  ),
  entry(
    '03-07T05:00',
    WANG,
    HUAXING,
    'RecordApproved',
    {
      round: 2,
      grade: 'A',
      class: class_('cooperating', 'deferrable', null, 'key'),
      changed: ['grade', 'status', 'urgency', 'kind'],
    },
    { sealed: say({ note: '重要渠道客户' }) },
  ),
  entry('03-07T05:30', ZHAO, 'fileNumbers-2025', 'FileNumberReserved', {
    recordId: 'r-huaxing',
    fileNumber: 'KH-2025-00001',
    sequence: 1,
  }),
  entry(
    '03-07T05:31',
    ZHAO,
    HUAXING,
    'RecordFiled',
    {
      ...content({ '/medium': 'both' }, { record: { '/paperLocation': '' } }),
      fileNumber: 'KH-2025-00001',
      retentionClass: 'ended-key',
      medium: 'both',
      custodian: 's-zhao',
    },
    { sealed: { record: { '/paperLocation': '二号柜 / 三格 / 6901234', '/text/note': '原件两份' } } },
  ),
  entry(
    '03-07T06:00',
    WANG,
    HUAXING,
    'RecordAllocated',
    {
      owner: 's-sun',
      custodian: 's-zhao',
      ownerUntil: '2025-06-05T06:00:00.000Z',
      claimants: ['s-sun', 's-zhou'],
    },
    because('孙丽先行接洽'),
  ),
  entry('03-10T01:00', WU, HUAXING, 'LoanRequested', loan('l-1', '03-10T01:00'), {
    sealed: say({ note: '季度分析' }),
  }),
  entry(
    '03-10T01:10',
    WANG,
    HUAXING,
    'LoanEndorsed',
    { loanId: 'l-1', waived: ['no-overdue'] },
    because('情况特殊'),
  ),
  entry(
    '03-10T01:20',
    ZHAO,
    HUAXING,
    'LoanGranted',
    {
      loanId: 'l-1',
      from: '2025-03-10T01:20:00.000Z',
      until: '2025-03-17T01:20:00.000Z',
      report: report(true, '03-10T01:20'),
    },
    because('资格齐备'),
  ),
  entry('03-10T02:00', WU, 'staffAccess-s-wu-202503', 'FieldsRead', {
    records: [
      { id: 'r-huaxing', pointers: ['/phone', '/contacts/c-1/name'] },
      { id: 'r-zhang', pointers: ['/email'] },
    ],
    right: 'loan',
    purpose: 'analysis',
    loanId: 'l-1',
    caseId: null,
  }),
  entry('03-11T01:00', ZHAO, HUAXING, 'LoanRevoked', { loanId: 'l-1' }, because('用途已变')),
  entry('03-11T02:00', ZHOU, HUAXING, 'LoanRequested', loan('l-2', '03-11T02:00', ['undertaking-signed'])),
  entry('03-11T02:00', ZHOU, HUAXING, 'LoanRefused', {
    loanId: 'l-2',
    by: 'engine',
    failed: ['undertaking-signed'],
    report: null,
  }),
  entry('03-11T03:00', WU, HUAXING, 'LoanRequested', {
    ...loan('l-3', '03-11T03:00'),
    batch: { id: 'b-1', size: 30 },
  }),
  entry('03-11T03:10', WU, HUAXING, 'LoanRequestWithdrawn', { loanId: 'l-3' }),
  entry('03-11T04:00', WU, HUAXING, 'LoanRequested', loan('l-4', '03-11T04:00')),
  entry(
    '03-11T04:10',
    ZHAO,
    HUAXING,
    'LoanRefused',
    { loanId: 'l-4', by: 'custodian', failed: [], report: report(true, '03-11T04:10') },
    because('近期已借阅多次'),
  ),
  entry('03-12T01:00', SUN, HUAXING, 'LoanRequested', loan('l-5', '03-12T01:00')),
  entry('03-12T01:05', WANG, HUAXING, 'LoanEndorsed', { loanId: 'l-5', waived: [] }),
  entry('03-12T01:10', ZHAO, HUAXING, 'LoanGranted', {
    loanId: 'l-5',
    from: '2025-03-12T01:10:00.000Z',
    until: '2025-03-19T01:10:00.000Z',
    report: report(true, '03-12T01:10'),
  }),
  entry('03-13T01:00', ZHENG, HUAXING, 'HoldPlaced', { holdId: 'h-1', byAuditor: true }, because('抽查合同')),
  entry('03-13T02:00', ZHAO, HUAXING, 'HoldPlaced', { holdId: 'h-2', byAuditor: false }, because('诉讼保全')),
  entry('03-14T01:00', ZHENG, HUAXING, 'HoldReleaseConsented', { holdId: 'h-1' }, because('抽查完毕')),
  entry('03-14T02:00', LIN, HUAXING, 'HoldReleased', { holdId: 'h-1' }, because('同意解除冻结了')),
];

const LIFE_OF_ZHANG: Entry[] = [
  entry(
    '03-14T07:00',
    WANG,
    ZHANG,
    'RecordCollected',
    {
      ...COLLECTED,
      ...content(
        {
          '/subjectType': 'person',
          '/region': '310104',
          '/cooperationStatus': 'prospective',
          '/firstContactOn': '2025-03-12',
          '/doNotContact': true,
        },
        zhang,
      ),
      subjectType: 'person',
      state: 'submitted',
      separateConsents: ['incomeBand', 'family'],
      firstContactOn: '2025-03-12',
      proposed: {
        grade: 'C',
        class: class_('prospective', 'urgent', '2025-03-17T07:00:00.000Z', 'high-potential'),
      },
    },
    { sealed: zhang, effectiveAt: '2025-03-12' },
  ),
  entry('03-14T08:00', LIN, ZHANG, 'RecordApproved', {
    round: 1,
    grade: 'C',
    class: class_('prospective', 'urgent', '2025-03-17T07:00:00.000Z', 'high-potential'),
    changed: [],
  }),
  entry('03-14T09:00', LIN, ZHANG, 'RecordAllocated', {
    owner: 's-sun',
    custodian: 's-zhao',
    ownerUntil: '2025-06-12T09:00:00.000Z',
    claimants: [],
  }),
  entry('03-14T09:30', ZHAO, 'fileNumbers-2025', 'FileNumberReserved', {
    recordId: 'r-zhang',
    fileNumber: 'KH-2025-00002',
    sequence: 2,
  }),
  entry('03-14T09:31', ZHAO, 'fileNumbers-2025', 'FileNumberReserved', {
    recordId: 'r-li',
    fileNumber: 'KH-2025-00003',
    sequence: 3,
  }),
  entry('03-14T10:00', ZHAO, ZHANG, 'RecordFiled', {
    ...content({ '/medium': 'electronic' }, {}),
    fileNumber: 'KH-2025-00002',
    retentionClass: 'prospect',
    medium: 'electronic',
    custodian: 's-zhao',
  }),
  entry(
    '04-01T01:00',
    ZHAO,
    ZHANG,
    'DestructionApplied',
    application('d-1', 'requested', true, '05-01T01:00'),
    because('本人来函要求删除'),
  ),
  entry('04-01T02:00', SUN, ZHANG, 'DestructionAppraised', { applicationId: 'd-1' }, because('确无保留必要')),
  entry('04-01T03:00', WANG, ZHANG, 'DestructionApproved', {
    applicationId: 'd-1',
    executableFrom: '2025-04-08T03:00:00.000Z',
    lapsesAt: '2025-06-30T03:00:00.000Z',
  }),
];

const LIFE_OF_LI: Entry[] = [
  entry(
    '04-02T01:00',
    ZHOU,
    LI,
    'RecordCollected',
    {
      ...COLLECTED,
      ...content(
        {
          '/subjectType': 'person',
          '/region': '310104',
          '/cooperationStatus': 'prospective',
          '/firstContactOn': '2025-03-20',
        },
        li,
      ),
      subjectType: 'person',
      state: 'submitted',
      firstContactOn: '2025-03-20',
      lateDays: 13,
      proposed: { grade: 'C', class: class_('prospective', 'can-wait', null, 'ordinary') },
    },
    { sealed: li, effectiveAt: '2025-03-20' },
  ),
  entry('04-02T02:00', WANG, LI, 'RecordRejected', { round: 1 }, because('来源不明')),
  entry(
    '04-02T03:00',
    ZHAO,
    LI,
    'DestructionApplied',
    application('d-2', 'erroneous', false, '05-02T03:00'),
    because('登记有误'),
  ),
  entry('04-02T04:00', ZHAO, LI, 'DestructionApplicationWithdrawn', { applicationId: 'd-2' }),
  entry(
    '04-02T05:00',
    ZHAO,
    LI,
    'DestructionApplied',
    application('d-3', 'invalid', false, '05-02T05:00'),
    because('内容失效'),
  ),
  entry(
    '04-02T06:00',
    WU,
    LI,
    'DestructionRefused',
    { applicationId: 'd-3', by: 'appraiser' },
    because('仍可参考'),
  ),
  entry(
    '04-02T07:00',
    ZHAO,
    LI,
    'DestructionApplied',
    application('d-4', 'requested', true, '05-02T07:00'),
    because('再次来函要求'),
  ),
  entry('04-02T08:00', WU, LI, 'DestructionAppraised', { applicationId: 'd-4' }, because('可以销毁了')),
  entry(
    '04-02T09:00',
    WANG,
    LI,
    'DestructionRefused',
    { applicationId: 'd-4', by: 'approver' },
    because('手续不全'),
  ),
  entry(
    '05-06T01:00',
    ZHAO,
    LI,
    'DestructionApplied',
    application('d-5', 'collected-in-error', false, '06-05T01:00'),
    because('误采集他人资料'),
  ),
  entry('05-06T02:00', WU, LI, 'DestructionAppraised', { applicationId: 'd-5' }, because('属实无误')),
  entry(
    '05-06T03:00',
    WANG,
    LI,
    'DestructionApproved',
    {
      applicationId: 'd-5',
      executableFrom: '2025-05-13T03:00:00.000Z',
      lapsesAt: '2025-08-04T03:00:00.000Z',
    },
    because('准予销毁该件'),
  ),
  entry(
    '05-14T01:00',
    ZHAO,
    LI,
    'PaperShredded',
    { applicationId: 'd-5' },
    { sealed: say({ statement: '碎纸机编号七' }) },
  ),
  entry(
    '05-14T02:00',
    ZHENG,
    LI,
    'DestructionAttested',
    { applicationId: 'd-5' },
    { sealed: say({ statement: '本人在场监销' }) },
  ),
  entry('05-14T03:00', ZHAO, LI, 'RecordDestructionBegun', {
    applicationId: 'd-5',
    target: RECORD_TARGET,
    ground: 'collected-in-error',
  }),
  entry('05-14T03:01', SYSTEM, LI, 'RecordDestroyed', {
    applicationId: 'd-5',
    target: RECORD_TARGET,
    certificate: { keys: 1, position: '00000000000000000070', destroyedAt: '2025-05-14T03:01:00.000Z' },
  }),
];

const THE_REST: Entry[] = [
  entry('05-15T01:00', ZHOU, ALFREDS, 'RecordCollected', {
    ...COLLECTED,
    ...content(
      {
        '/name': 'Alfreds Futterkiste',
        '/subjectType': 'company',
        '/region': 'DE',
        '/cooperationStatus': 'ended',
      },
      {},
    ),
    subjectType: 'company',
    state: 'submitted',
    sourceChannel: 'import',
    basis: { code: 'contract', toldOn: null },
    firstContactOn: null,
    lateDays: null,
    historic: true,
    duplicates: { position: '00000000000000000060', records: ['r-huaxing'] },
    proposed: { grade: 'C', class: class_('ended', 'can-wait', null, 'ordinary') },
  }),
  entry('05-15T02:00', ZHOU, ALFREDS, 'RecordWithdrawn', {}, because('重复建档')),
  entry(
    '05-16T01:00',
    ZHENG,
    'auditCase-a-1',
    'AuditCaseOpened',
    {
      number: 'SJ-2025-01',
      scope: ['r-huaxing', 'r-zhang'],
      endsOn: '2025-05-30',
      until: '2025-05-30T16:00:00.000Z',
    },
    { sealed: { system: { '/text/reason': '客户举报泄密' } } },
  ),
  entry('05-16T02:00', ZHENG, 'staffAccess-s-zheng-202505', 'FieldsRead', {
    records: [{ id: 'r-huaxing', pointers: ['/phone'] }],
    right: 'audit-case',
    purpose: null,
    loanId: null,
    caseId: 'a-1',
  }),
  entry(
    '05-16T03:00',
    ZHENG,
    'auditCase-a-1',
    'AuditCaseClosed',
    {},
    { sealed: { system: { '/text/conclusion': '未见异常' } } },
  ),
  entry('05-16T04:00', ZHENG, 'auditCase-a-2', 'AuditCaseOpened', {
    number: 'SJ-2025-02',
    scope: 'all',
    endsOn: '2025-06-30',
    until: '2025-06-30T16:00:00.000Z',
  }),
];

const TRADE = 'customerActivity-r-huaxing';
const activity = (entryId: string, kind: string, values: SealedValues, more: JsonObject = {}) => ({
  ...{ entryId, kind, recordRevision: 7, ...more },
  sealed: Object.keys(values),
});
const sale = { '/item': '龙井茶礼盒', '/amount': '1200.50', '/currency': 'CNY', '/payment': 'on-account' };
const repaid = { '/item': '龙井茶退货', '/amount': '-88.4', '/currency': 'CNY' };
const twice = { '/item': '重复录入一笔', '/amount': '77.7001', '/currency': 'EUR' };
const talk = { '/channel': 'wechat', '/summary': '询问春茶报价' };
const praise = { '/kind': 'criticism', '/text': '包装略显陈旧', '/resolution': '下季换新' };

const ACTIVITY: Entry[] = [
  entry('05-19T01:00', SUN, TRADE, 'ActivityRecorded', activity('e-1', 'transaction', sale), {
    ...{ sealed: { record: sale }, effectiveAt: '2025-03-20' },
  }),
  entry('05-19T01:00', SUN, TRADE, 'ActivityRecorded', activity('e-2', 'transaction', repaid), {
    ...{ sealed: { record: repaid }, effectiveAt: '2025-04-30T16:30:00.000Z' },
  }),
  entry('05-19T01:00', SUN, TRADE, 'ActivityRecorded', activity('e-3', 'transaction', twice), {
    ...{ sealed: { record: twice }, effectiveAt: '2025-05-01' },
  }),
  entry('05-19T02:00', ZHOU, TRADE, 'ActivityRecorded', activity('e-4', 'interaction', talk), {
    ...{ sealed: { record: talk }, effectiveAt: '2025-05-18T02:00:00.000Z', onBehalfOf: 's-sun' },
  }),
  entry('05-19T03:00', WANG, TRADE, 'ActivityRecorded', activity('e-5', 'feedback', praise), {
    ...{ sealed: { record: praise }, effectiveAt: '2025-05-19' },
  }),
  entry(
    '05-20T01:00',
    SUN,
    TRADE,
    'ActivityCorrected',
    activity('e-1', 'transaction', { ...sale, '/amount': '1300' }, { replaces: 0 }),
    {
      sealed: {
        record: {
          ...{ ...sale, '/amount': '1300' },
          ...{ '/was/amount': '1200.50', '/was/currency': 'CNY', '/text/reason': '漏记运费' },
        },
      },
      effectiveAt: '2025-03-21',
    },
  ),
  entry(
    '05-20T02:00',
    WANG,
    TRADE,
    'ActivityStruck',
    { entryId: 'e-3', kind: 'transaction', recordRevision: 7, replaces: 2 },
    {
      sealed: {
        record: { '/was/amount': '77.7001', '/was/currency': 'EUR', '/text/reason': '同一笔记了两遍' },
      },
    },
  ),
];

const asked = { baseRevision: 23, sourceChannel: 'phone' };
const signed = (proposalId: string) => ({
  proposalId,
  proposalHash: 'ab'.repeat(32),
  diffMac: 'cd'.repeat(32),
});
const moved = {
  record: { '/phone': '+8657188889999', '/paymentTerms': '月结六十天' },
  'contact/c-1': { '/contacts/c-1/phone': '+8613912340009' },
};
const called = { record: { '/needs': '每月送货一次', '/email': 'office@huaxing.example' } };
const street = (address: string) => ({ record: { '/address': address } });
const renamed = { record: { '/name': '张晓明' } };

const UPDATES: Entry[] = [
  entry(
    '05-21T01:00',
    SUN,
    HUAXING,
    'UpdateProposed',
    {
      ...{ proposalId: 'p-1', ...asked, ...content({}, moved), removed: [] },
      replaces: { '/phone': 3, '/paymentTerms': 0, '/contacts/c-1/phone': 3 },
      lapsesAt: '2025-06-20T01:00:00.000Z',
    },
    { sealed: { ...moved, record: { ...moved.record, '/text/reason': '搬迁后换号' } } },
  ),
  entry(
    '05-21T01:00',
    SUN,
    HUAXING,
    'RecordUpdated',
    {
      ...{ ...asked, ...content({ '/industry': 'G' }, called), removed: ['/scale'] },
      countersignBy: '2025-05-28T01:00:00.000Z',
    },
    { sealed: { record: { ...called.record, '/text/reason': '搬迁后换号' } } },
  ),
  entry(
    '05-21T02:00',
    ZHOU,
    HUAXING,
    'UpdateProposed',
    {
      ...{ proposalId: 'p-2', ...asked, ...content({}, street('杭州市滨江区江南大道八号')), removed: [] },
      ...{ replaces: { '/address': null }, lapsesAt: '2025-06-20T02:00:00.000Z' },
    },
    { sealed: street('杭州市滨江区江南大道八号') },
  ),
  entry(
    '05-21T03:00',
    ZHOU,
    HUAXING,
    'UpdateProposed',
    {
      ...{ proposalId: 'p-3', ...asked, ...content({}, street('杭州市滨江区江南大道九号')), removed: [] },
      ...{ replaces: { '/address': null }, lapsesAt: '2025-06-20T03:00:00.000Z' },
    },
    { sealed: street('杭州市滨江区江南大道九号'), onBehalfOf: 's-sun' },
  ),
  entry('05-21T03:00', ZHOU, HUAXING, 'ProposalSuperseded', { proposalId: 'p-2', by: 'p-3' }),
  entry(
    '05-22T01:00',
    ZHAO,
    HUAXING,
    'ProposalSigned',
    {
      ...signed('p-1'),
      ...{ accepted: ['/phone', '/contacts/c-1/phone'], refused: ['/paymentTerms'] },
      ...{ firstContactOn: '2025-02-20', lateDays: 11 },
    },
    because('付款条件未经谈妥'),
  ),
  entry('05-22T02:00', WANG, HUAXING, 'ProposalSigned', {
    ...{ ...signed('p-3'), accepted: ['/address'], refused: [] },
    ...{ firstContactOn: '2025-02-20', lateDays: 11 },
  }),
  entry('05-22T03:00', ZHAO, HUAXING, 'UpdateCountersigned', { updates: { '/needs': 25 } }),
  entry(
    '05-22T04:00',
    ZHAO,
    HUAXING,
    'UpdateReverted',
    {
      updates: { '/industry': 25, '/scale': 25, '/email': 25 },
      restored: { '/industry': 0, '/scale': 3, '/email': null },
    },
    because('客户否认有此改动'),
  ),
  entry('05-23T01:00', SUN, HUAXING, 'UpdateProposed', {
    ...{ proposalId: 'p-4', ...asked, ...content({ '/cooperationStatus': 'ended' }, {}), removed: [] },
    ...{ replaces: { '/cooperationStatus': 4 }, lapsesAt: '2025-06-22T01:00:00.000Z' },
  }),
  entry('05-23T02:00', WANG, HUAXING, 'ProposalRefused', signed('p-4'), because('合作并未终止')),
  entry('05-23T03:00', SUN, HUAXING, 'UpdateProposed', {
    ...{ proposalId: 'p-5', ...asked, ...content({ '/cooperationStatus': 'interested' }, {}), removed: [] },
    ...{ replaces: { '/cooperationStatus': 4 }, lapsesAt: '2025-06-22T03:00:00.000Z' },
  }),
  entry('05-23T04:00', SUN, HUAXING, 'ProposalWithdrawn', { proposalId: 'p-5' }),
  entry(
    '05-24T01:00',
    SUN,
    ZHANG,
    'UpdateProposed',
    {
      ...{ proposalId: 'p-6', ...asked, baseRevision: 6, ...content({}, renamed), removed: ['/birthDate'] },
      ...{ replaces: { '/name': 0, '/birthDate': 0 }, lapsesAt: '2025-06-23T01:00:00.000Z' },
    },
    { sealed: renamed },
  ),
  entry(
    '05-24T01:00',
    SUN,
    ZHANG,
    'RecordUpdated',
    {
      ...{ ...asked, baseRevision: 6, ...content({}, { record: { '/employer': '' } }), removed: ['/email'] },
      countersignBy: '2025-05-31T01:00:00.000Z',
    },
    { sealed: { record: { '/employer': '浙江省人民医院' } } },
  ),
  entry('05-24T02:00', ZHAO, ZHANG, 'ProposalSigned', {
    ...{ ...signed('p-6'), accepted: ['/name', '/birthDate'], refused: [] },
    ...{ firstContactOn: '2025-03-12', lateDays: 0 },
  }),
  entry('05-24T03:00', SUN, ZHANG, 'UpdateProposed', {
    ...{ proposalId: 'p-7', ...asked, baseRevision: 9, ...content({ '/firstContactOn': '2025-03-10' }, {}) },
    ...{ removed: [], replaces: { '/firstContactOn': 0 }, lapsesAt: '2025-06-23T03:00:00.000Z' },
  }),
];

/** The fixed log. */
export function goldenLog(): RecordedEvent[] {
  return recordedLog([
    ...[...STAFF, ...LIFE_OF_HUAXING, ...LIFE_OF_ZHANG, ...LIFE_OF_LI, ...THE_REST],
    ...ACTIVITY,
    ...UPDATES,
  ]);
}
