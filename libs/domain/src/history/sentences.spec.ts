import { goldenLog } from '../../../../test/builders/golden-log.js';
import { domainEventTypes, sealedValues } from '../../../../test/builders/recorded-log.js';
import { describe as tell, whatHappened } from './sentences.js';
import { sentenceTexts, type SentenceCode } from './sentence-texts.js';

const log = goldenLog();
const names: Record<string, string> = {
  's-wang': '王敏',
  's-zhou': '周强',
  's-sun': '孙丽',
  's-zhao': '赵宏',
};
const nameOf = (id: string) => names[id] ?? id;
const first = (type: string) => log.find((event) => event.type === type)!;
const holes = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

describe('every event is told', () => {
  it.each(domainEventTypes.map(({ type }) => type))('%s, in both languages, with no hole left', (type) => {
    for (const event of log.filter((each) => each.type === type)) {
      const [en, zh] = [tell(event, nameOf, 'en'), tell(event, nameOf, 'zh')];
      expect(en.code).not.toBe('other.recorded');
      expect(zh.code).toBe(en.code);
      expect([...holes(en.text), ...holes(zh.text)]).toEqual([]);
      expect(zh.text).toMatch(/\p{Script=Han}/u);
      expect(`${en.text}${zh.text}`).not.toMatch(/undefined|null|\[object/);
    }
  });

  it('with the same facts in both languages', () => {
    for (const { en, zh } of Object.values(sentenceTexts)) expect(holes(zh)).toEqual(holes(en));
  });

  it('without what is sealed in it', () => {
    for (const event of log) {
      const { text, said } = tell(event, (id) => id, 'zh');
      const sealed = Object.values(sealedValues(event)).map(String);
      expect(sealed.filter((value) => text.includes(value))).toEqual([]);
      expect(said).toEqual([]);
    }
  });

  it.each<[SentenceCode, string, string]>([
    [
      'staff.deactivated',
      's-admin deactivated 周强; 孙丽 is named as successor',
      's-admin 停用 周强，指定 孙丽 为接替人',
    ],
    [
      'record.returned',
      '王敏 returned the record for rework: phone, contacts – phone, address',
      '王敏 将档案退回补正：电话、联系人·联系电话、住址',
    ],
    [
      'record.allocated',
      '王敏 allocated the record: owner 孙丽 until 2025-06-05 14:00, custodian 赵宏',
      '王敏 分配档案：跟进人 孙丽（至 2025-06-05 14:00），保管员 赵宏',
    ],
    [
      'record.approved-otherwise',
      '王敏 approved the record as grade A, key, deferrable; set otherwise than proposed: grade, cooperation status, urgency, kind',
      '王敏 审核通过：甲级、重点、缓处理；改定：档案等级、合作状态、紧急程度、客户类别',
    ],
    [
      'loan.refused-by-rules',
      'The loan that 周强 asked for was refused; not met: the undertaking of confidentiality is signed',
      '周强 的调阅申请未通过规则：已签署保密承诺',
    ],
  ])('in the words of staff: %s', (code, en, zh) => {
    const event = log.find((each) => whatHappened(each) === code)!;
    expect(tell(event, nameOf, 'en').text).toBe(en);
    expect(tell(event, nameOf, 'zh').text).toBe(zh);
  });

  it('with the person in whose name a delegate acted', () => {
    expect(tell(first('RecordResubmitted'), nameOf, 'en').text).toMatch(/^周强 \(for 孙丽\) submitted/);
    expect(tell(first('RecordResubmitted'), nameOf, 'zh').text).toMatch(/^周强（代孙丽） 补正/);
  });

  it('with the texts of the act where the reader may see them', () => {
    const event = first('RecordReturned');
    expect(tell(event, nameOf, 'zh', sealedValues(event)).said).toEqual([
      { pointer: '/text/comments/address', label: '住址', text: '门牌缺失' },
      { pointer: '/text/comments/contacts/c-1/phone', label: '联系人·联系电话', text: '打不通' },
      { pointer: '/text/comments/phone', label: '电话', text: '少一位数字吧' },
      { pointer: '/text/note', label: '备注', text: '请本周补正' },
    ]);
  });

  it('under a name that itself looks like a hole', () => {
    expect(tell(first('RecordRejected'), () => '{fields}', 'en').text).toBe('{fields} rejected the record');
  });

  it('by its type where it has no sentence', () => {
    const event = { ...first('RecordRejected'), type: 'ThingHappened' };
    expect(tell(event, nameOf, 'en')).toMatchObject({
      code: 'other.recorded',
      text: '王敏 recorded ThingHappened',
    });
  });
});

it('every sentence is told by some event of the golden log, but the one for unknown types', () => {
  const told = new Set(log.map(whatHappened));
  const untold = (Object.keys(sentenceTexts) as SentenceCode[]).filter((code) => !told.has(code));
  expect(untold).toEqual(['other.recorded']);
});
