import type { RecordedEvent } from '#engine/event.js';
import { idOf } from '#engine/event.js';
import type { JsonObject } from '#engine/json.js';
import type { Kernel } from '#infra/kernel/kernel.js';

/** What was seen to be done. */
export interface Destroyed {
  /** `RecordDestructionBegun`. */
  readonly begun: RecordedEvent;
  readonly keyIds: readonly string[];
  /** When the last of the keys died. */
  readonly keysDestroyedAt: string;
  /** Position that every generation of every view has passed. */
  readonly viewsPassed: string;
}

const STATEMENT = {
  method: {
    en:
      'Every value but those of open level was sealed under data keys of this record alone (AES-256-GCM); open ones stay in ' +
      'the log, where the program no longer shows them. All of these keys were destroyed in the ' +
      'vault, where a tombstone keeps their ids from ever being used again; every view removed the record; copies of keys ' +
      'in memory expired; overwritten bytes were scrubbed from the vault and the views.',
    zh:
      '除公开级字段外，全部内容仅以本档案的数据密钥封存（AES-256-GCM）；公开级字段仍存于日志，程序不再显示。上述密钥已在密钥库中销毁并留下墓碑标记，不得再次启用；各视图均已移除本档案；' +
      '内存中的密钥副本已过期；密钥库与视图中被覆盖的数据已清除。',
  },
  backups: {
    en: 'The last backup of the vault that holds a wrapped key of this record must be destroyed by the operator.',
    zh: '仍含有本档案封装密钥的最后一份密钥库备份，须由运维人员销毁。',
  },
} as const;

/** The certificate of a destruction: ids, counts, positions and times; nothing about a person. */
export function certificateOf(kernel: Kernel, destroyed: Destroyed): JsonObject {
  const { begun, keyIds, keysDestroyedAt, viewsPassed } = destroyed;
  const generations = kernel.projector
    .status()
    .filter(({ position }) => position !== null && position >= begun.position)
    .map(({ view, version, generation }) => ({ view, version, generation }));
  return {
    recordId: idOf(begun.stream),
    applicationId: begun.data['applicationId']!,
    logId: kernel.identity.logId,
    begun: { event: begun.hash, revision: begun.revision, position: begun.position, at: begun.recordedAt },
    keys: { destroyed: keyIds.length, at: keysDestroyedAt, masterKeyId: kernel.masters.current.id },
    views: { passed: viewsPassed, generations, at: kernel.clock.now() },
    ...STATEMENT,
  };
}
