/** A limit of a cache that grows with what is in it: lru-cache's own `max` takes the room for all entries at once. */
export const upTo = (entries: number) => ({ maxSize: entries, sizeCalculation: () => 1 }) as const;
