import { BadSettings, readSettings, Settings } from '#infra/config/settings.js';
import { read, table } from './markdown.js';

const text = read('docs/how-to/settings.md');
const rows = table(text, 'setting', 'default', 'meaning');

describe('docs/how-to/settings.md', () => {
  it('names every setting, in the order of the code, and no other', () => {
    expect(rows.map(([name]) => name)).toEqual(Object.keys(new Settings()));
  });

  it('gives each plain default as it is in the code', () => {
    const plain = Object.entries(new Settings()).filter(([, value]) => value !== undefined);
    const given = rows.filter(([name]) => plain.some(([each]) => each === name));
    expect(given.map(([name, value]) => [name, value])).toEqual(
      plain.map(([name, value]) => [name, String(value)]),
    );
  });

  it('gives each default that depends on the folder as it is in the code', () => {
    const { dataDir, eventLogUrl, viewStoreUrl, keyVaultUrl, masterKeyFile } = new Settings();
    const places = { eventLogUrl, viewStoreUrl, keyVaultUrl, masterKeyFile };
    const files = Object.values(places).map((place) =>
      place.replace('sqlite:', '').replace(`${dataDir}/`, ''),
    );
    const inFolder = rows.filter(([, value]) => value!.includes('`DATA_DIR`'));
    expect(inFolder.map(([, value]) => /([\w.]+)`? in/.exec(value!)![1])).toEqual(files);
  });

  it('shows faults as they are told', () => {
    const told = read('docs/how-to/settings.md')
      .match(/^ {6}- (.*)$/gm)!
      .map((line) => line.trim());
    try {
      readSettings({ PORT: '70000', DEMO: 'perhaps' });
      throw new Error('they were taken');
    } catch (error) {
      expect(error).toBeInstanceOf(BadSettings);
      for (const line of told) expect((error as BadSettings).message).toContain(line);
    }
  });
});
