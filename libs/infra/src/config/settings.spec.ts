import { BadSettings, readSettings } from './settings.js';

describe('settings', () => {
  it('have a default for everything, and keep every store in one folder', () => {
    const settings = readSettings({ DATA_DIR: '/srv/dossier' });
    expect(settings.eventLogUrl).toBe('sqlite:/srv/dossier/log.db');
    expect(settings.viewStoreUrl).toBe('sqlite:/srv/dossier/views.db');
    expect(settings.keyVaultUrl).toBe('sqlite:/srv/dossier/vault.db');
    expect(settings.masterKeyFile).toBe('/srv/dossier/master.key');
    expect([settings.HOST, settings.PORT, settings.DEMO]).toEqual(['127.0.0.1', 3000, false]);
  });

  it('are read from the environment; an empty value counts as not set', () => {
    const settings = readSettings({ PORT: '0', DEMO: 'true', HOST: '', LOG_LEVEL: 'warn', OTHER: 'ignored' });
    expect([settings.PORT, settings.DEMO, settings.HOST, settings.LOG_LEVEL]).toEqual([
      0,
      true,
      '127.0.0.1',
      'warn',
    ]);
  });

  it('are refused with every fault named, and without the values', () => {
    const bad = { PORT: '99999', TOKEN_SECONDS: 'soon', DEMO: 'maybe', EVENT_LOG_URL: 'mysql://s3cret@x' };
    const error = (() => {
      try {
        readSettings(bad);
      } catch (caught) {
        return caught;
      }
    })();
    expect(error).toBeInstanceOf(BadSettings);
    const text = (error as BadSettings).message;
    for (const name of Object.keys(bad)) expect(text).toContain(name);
    expect(text).not.toContain('s3cret');
  });
});
