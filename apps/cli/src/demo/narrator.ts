const LOCAL = new Intl.DateTimeFormat('en-GB', {
  ...{ timeZone: 'Asia/Shanghai', weekday: 'short', day: 'numeric', month: 'short' },
  ...{ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
});

/** Tells the story as it goes: a line a step, each with the time of the story's own clock. */
export class Narrator {
  #at = '';

  constructor(private readonly out: NodeJS.WriteStream) {}

  /** From now on it is so late in the story. */
  at(instant: string): void {
    this.#at = LOCAL.format(Date.parse(instant)).replace(',', '').padEnd(18);
  }

  say(text: string): void {
    this.out.write(`${this.#at}${text}\n`);
  }

  /**
   * A step of many: the line counts them on a terminal, elsewhere it is written once they are done.
   * @returns to be called after each
   */
  count(text: string, total: number): () => void {
    let done = 0;
    return () => {
      done++;
      const line = `${this.#at}${text}: ${done} of ${total}`;
      if (done === total) this.out.write(`${this.out.isTTY ? '\r' : ''}${line}\n`);
      else if (this.out.isTTY) this.out.write(`\r${line}`);
    };
  }
}
