/** One filling of a view from the start of the log. It is fed or dropped, never frozen. */
export type Generation = {
  /** From 1, never used again. */
  readonly number: number;
  /** Version of the view whose fold feeds it. */
  readonly version: number;
  readonly collection: string;
  /** Nobody feeds it any more; what is left of it is being removed. */
  readonly dropping?: true;
};
