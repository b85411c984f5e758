import type { Envelope } from '#engine/event.js';

/** Who did something, in whose name, and when: staff ids and a UTC instant. */
export type Act = {
  readonly by: string;
  readonly onBehalfOf: string | null;
  readonly at: string;
};

/** The act that an event records. */
export function actOf(event: Pick<Envelope, 'actorId' | 'onBehalfOf' | 'recordedAt'>): Act {
  return { by: event.actorId, onBehalfOf: event.onBehalfOf, at: event.recordedAt };
}
