import { startApi, type Api } from '../builders/api.js';

describe('a path that no route can be asked about', () => {
  let api: Api;
  beforeAll(async () => {
    api = await startApi({ team: 'administrator' });
  });
  afterAll(() => api.stop());

  it.each([
    ['is not percent-encoded UTF-8', '/v1/records/%E0%A4%A', 400, 'request.bad-path'],
    ['is too long', `/v1/records/${'张'.repeat(201)}`, 414, 'request.path-too-long'],
  ])('because it %s is answered with a problem that does not echo it', async (_, path, status, code) => {
    const answer = await api.anyone.get(path, { 'accept-language': 'zh' });
    expect(answer).toMatchObject({ status, body: { code, status } });
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.headers['x-correlation-id']).toBeDefined();
    expect(answer.text).not.toMatch(/%E0|张张|Error/);
  });
});
