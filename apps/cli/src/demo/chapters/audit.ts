import type { Chapter } from '../story.js';

/** An auditor opens a case, and sees who read what, and why. */
export const audit: Chapter = {
  at: '2025-03-14T06:00:00.000Z',
  async tell({ people: { auditor }, narrator, notes }) {
    await auditor.post('/v1/audit-cases', 'open', {
      ...{ number: 'SJ-2025-004', scope: [notes.idOf('huaxing')], endsOn: '2025-03-31' },
      reason: '客户询问其电话为何被查阅',
    });
    narrator.say('郑岩 opens an audit case: who read the phone number of 华兴, and why?');
    const { items } = await auditor.get<Readings>(
      `/v1/audit/readings?record=${notes.idOf('huaxing')}&pointer=/phone`,
    );
    for (const { person, right, purpose } of items) {
      const purposeToo = purpose ? `, for ${purpose.code}` : '';
      narrator.say(`  ${person.name}: as ${right}${purposeToo}`);
    }
    const history = await auditor.get<History>(`/v1/records/${notes.idOf('VALON')}/history`);
    narrator.say('And what is left of VALON? Who did what, without a word of the customer:');
    for (const { text } of history.items) narrator.say(`  ${text}`);
  },
};

interface Readings {
  readonly items: readonly {
    readonly person: { readonly name: string | null };
    readonly right: string;
    readonly purpose: { readonly code: string } | null;
  }[];
}

interface History {
  readonly items: readonly { readonly text: string }[];
}
