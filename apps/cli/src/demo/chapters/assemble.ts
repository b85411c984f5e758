import { forEach } from '../client.js';
import type { Chapter } from '../story.js';
import { TEAM } from '../team.js';

/** The administrator registers the team, the executive confirms what each is to do, everybody undertakes to keep quiet. */
export const assemble: Chapter = {
  at: '2025-03-03T01:00:00.000Z',
  async tell({ people, passwords, narrator }) {
    const register = async ({ id, name, role }: (typeof TEAM)[number]) => {
      const { password } = await people.admin.post<{ password: string | null }>(
        '/v1/staff',
        `register ${id}`,
        { id, name, roles: [role] },
      );
      if (password !== null) passwords.add(id, password);
    };
    const [executive, ...others] = TEAM;
    await register(executive);
    await forEach(others, register);
    narrator.say(`The administrator registers ${TEAM.map(({ name }) => name).join(', ')}`);
    await forEach(others, ({ id, role }) =>
      people.executive.post(`/v1/staff/${id}/roles/${role}/confirmations`, 'confirm'),
    );
    narrator.say('林静, the executive, confirms the role of each');
    await forEach(TEAM, ({ id }) =>
      people[id].post('/v1/me/undertakings', 'undertake', { textVersion: '2025-1' }),
    );
    narrator.say('Each sets a password and signs the undertaking of confidentiality');
  },
};
