import { Injectable } from '@nestjs/common';
import type { PlacedBox } from '#engine/sealing/sealer.js';
import { Kernel } from '#infra/kernel/kernel.js';

/** Names of members of staff. They stand sealed in the staff view; every signed-in person may see them. */
@Injectable()
export class StaffNames {
  constructor(private readonly kernel: Kernel) {}

  /** Staff id -> name; absent where nobody is registered under the id, or the name has been destroyed. */
  async of(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const docs = await this.kernel.reader.get('staff', [...new Set(ids)]);
    const known = [...docs.values()].filter((doc) => doc.name !== undefined);
    const opened = await this.kernel.sealer.open(known.map((doc) => doc.name as unknown as PlacedBox));
    return new Map(
      known.flatMap(({ _id }, i) => {
        const name = opened[i]?.values['/name'];
        return typeof name === 'string' ? [[_id, name] as const] : [];
      }),
    );
  }
}
