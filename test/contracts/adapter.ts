/** The place of one store while one test lasts. A store opened twice sees what it held before. */
export interface Place<Store> {
  open(): Promise<Store>;
  /** Called when all its stores are closed. */
  remove(): Promise<void>;
}

/** How a contract suite comes by a fresh, empty place. */
export type NewPlace<Store> = () => Promise<Place<Store>>;
