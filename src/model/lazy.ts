// What is worked out when it is first asked for, and then kept: a large document has a thousand operations, and most
// are never called.

/** Gives the object a field that is worked out when it is first read; it is listed and copied like any other. */
export function lazyField<T>(object: object, key: string, make: () => T): void {
  Object.defineProperty(object, key, {
    configurable: true,
    enumerable: true,
    get() {
      const value = make();
      ownField(object, key, value);
      return value;
    },
  });
}

/** Sets the object's own field, also where the name is `__proto__`. */
export function ownField(object: object, key: string, value: unknown): void {
  if (!(key in object)) (object as Record<string, unknown>)[key] = value;
  else {
    Object.defineProperty(object, key, {
      value,
      configurable: true,
      enumerable: true,
      writable: true,
    });
  }
}

/** The object itself, with further fields, each worked out when it is first read. */
export function withLazy<Own extends object, Lazy extends object>(
  own: Own,
  makers: { readonly [Key in keyof Lazy]: () => Lazy[Key] },
): Own & Lazy {
  for (const key of Object.keys(makers) as (keyof Lazy & string)[]) {
    lazyField(own, key, makers[key]);
  }
  return own as Own & Lazy;
}

/** Values by name, each made when it is first asked for. */
export class ByName<T> {
  readonly #made = new Map<string, T>();
  readonly #make: (name: string) => T;

  constructor(make: (name: string) => T) {
    this.#make = make;
  }

  /** The value, the same one each time. */
  get(name: string): T {
    const known = this.#made.get(name);
    if (known !== undefined || this.#made.has(name)) return known as T;
    const made = this.#make(name);
    this.#made.set(name, made);
    return made;
  }
}
