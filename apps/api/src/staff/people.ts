import { Injectable } from '@nestjs/common';
import type { Act } from '#domain/views/act.js';
import { StaffNames } from './staff-names.js';

/** A member of staff by id and name. */
export interface NamedPerson {
  readonly id: string;
  readonly name: string | null;
}

/** Somebody's act, by name. */
export interface NamedAct {
  readonly by: NamedPerson;
  readonly onBehalfOf: NamedPerson | null;
  readonly at: string;
}

/** Members of staff as one answer names them. */
export interface Named {
  person(id: string): NamedPerson;
  personOrNone(id: string | null): NamedPerson | null;
  act(act: Act): NamedAct;
  actOrNone(act: Act | null): NamedAct | null;
}

/** Looks up the names of everybody whom an answer mentions, all at once. */
@Injectable()
export class People {
  constructor(private readonly names: StaffNames) {}

  /** Builds an answer, with the names of whomever it mentions. The builder runs twice and must not change anything. */
  async naming<T>(build: (named: Named) => T): Promise<T> {
    const mentioned = new Set<string>();
    build(
      namedBy((id) => {
        mentioned.add(id);
        return null;
      }),
    );
    const names = await this.names.of([...mentioned]);
    return build(namedBy((id) => names.get(id) ?? null));
  }
}

function namedBy(nameOf: (id: string) => string | null): Named {
  const person = (id: string): NamedPerson => ({ id, name: nameOf(id) });
  const personOrNone = (id: string | null) => (id === null ? null : person(id));
  const act = ({ by, onBehalfOf, at }: Act): NamedAct => ({
    by: person(by),
    onBehalfOf: personOrNone(onBehalfOf),
    at,
  });
  return { person, personOrNone, act, actOrNone: (one) => (one === null ? null : act(one)) };
}
