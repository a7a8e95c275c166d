/** Values by name, of which only those that were used last are kept. */
export interface RecentlyUsed<Value> {
  get(name: string): Value | undefined;
  set(name: string, value: Value): void;
  delete(name: string): void;
  clear(): void;
}

/** @param most how many are kept, at least 1 */
export function recentlyUsed<Value>(most: number): RecentlyUsed<Value> {
  /** In order of use, the last one at the end. */
  const values = new Map<string, Value>();
  return {
    get(name) {
      const value = values.get(name);
      if (value !== undefined) this.set(name, value);
      return value;
    },
    set(name, value) {
      values.delete(name);
      values.set(name, value);
      for (const oldest of values.keys()) {
        if (values.size <= most) break;
        values.delete(oldest);
      }
    },
    delete(name) {
      values.delete(name);
    },
    clear() {
      values.clear();
    },
  };
}
