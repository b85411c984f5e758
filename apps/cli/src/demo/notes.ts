import { readJson, writeJson } from './json-file.js';

/** What the story has to remember from one chapter to the next: the ids that the API gave to things. */
export class Notes {
  readonly #ids: Record<string, string>;

  constructor(private readonly path: string) {
    this.#ids = readJson(path, {});
  }

  /** @param name of the thing in the story, such as `huaxing` */
  set(name: string, id: string): void {
    this.#ids[name] = id;
  }

  idOf(name: string): string {
    const id = this.#ids[name];
    if (id === undefined) throw new Error(`the story does not know ${name} yet`);
    return id;
  }

  /** Called at the end of a chapter: a chapter that was interrupted is told again as a whole. */
  save(): void {
    writeJson(this.path, this.#ids);
  }
}
