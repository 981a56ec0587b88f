// The last so many, of lines or of ids.

/** Adds to the end of an array, and takes away what is too many at its beginning. */
export function keepLast(list, capacity, ...added) {
  list.push(...added);
  if (list.length > capacity) {
    list.splice(0, list.length - capacity);
  }
}

/** Knows the ids that came lately, so that what is sent twice is shown once. */
export class RecentIds {
  #ids = new Set();
  #capacity;

  constructor(capacity = 1_000) {
    this.#capacity = capacity;
  }

  /** Whether this id is new; from then on it is not. */
  isNew(id) {
    if (this.#ids.has(id)) {
      return false;
    }
    this.#ids.add(id);
    if (this.#ids.size > this.#capacity) {
      this.#ids.delete(this.#ids.values().next().value);
    }
    return true;
  }
}
