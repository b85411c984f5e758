import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WrongVault } from '#engine/sealing/vault-binding.js';
import { readSettings } from '#infra/config/settings.js';
import { openKernel } from '#infra/kernel/open-kernel.js';
import { counterDecider, counterEventTypes, counterKeyOf } from '../builders/counter.js';
import { done, someMeta } from '../builders/kernel.js';

describe('A data folder whose vault was lost', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dossier-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const open = () =>
    openKernel(
      readSettings({ DATA_DIR: folder }),
      { eventTypes: counterEventTypes, views: [], keyOf: counterKeyOf },
      { onFatal: (reason) => expect(reason).toBeUndefined(), onViewStopped: () => undefined },
    );

  it('is not opened: new keys under the old ids would close the old values for good', async () => {
    const kernel = await open();
    const command = { type: 'OpenCounter', limit: 3 } as const;
    done(await kernel.executor.execute(counterDecider, 'counter-1', command, someMeta()));
    await kernel.close();
    for (const file of readdirSync(folder)) if (file.startsWith('vault.db')) rmSync(join(folder, file));

    await expect(open()).rejects.toThrow(WrongVault);
  });
});
