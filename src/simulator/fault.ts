export interface Fault {
  readonly match: {
    readonly method?: string;
    /** The path as sent, without the query: a text must equal it, an expression must match. */
    readonly path?: string | RegExp;
  };
  /** How many requests it hits; without it all, until it is removed. */
  readonly times?: number;
  readonly effect: Misbehaviour;
}

export type Misbehaviour =
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    }
  /** Never answers; nothing has changed. */
  | { readonly kind: 'hang' }
  /** Does as asked, but never answers. */
  | { readonly kind: 'hang-after' }
  /** The true answer, late. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Cuts the connection; nothing has changed. */
  | { readonly kind: 'reset' }
  /** Does as asked, then cuts the connection. */
  | { readonly kind: 'reset-after' }
  /** Status 200 with any body; nothing has changed. */
  | { readonly kind: 'raw'; readonly body: string; readonly contentType?: string };

export interface Faults {
  /** Gives back what takes the fault away again. */
  install(fault: Fault): () => void;
  /** The misbehaviour for this request: of several faults that match, the one installed first. */
  take(request: { readonly method: string; readonly path: string }): Misbehaviour | undefined;
}

export const createFaults = (): Faults => {
  const installed: { readonly fault: Fault; left: number }[] = [];
  const remove = (entry: (typeof installed)[number]): void => {
    const index = installed.indexOf(entry);
    if (index >= 0) installed.splice(index, 1);
  };
  return {
    install: (fault) => {
      const entry = { fault, left: fault.times ?? Number.POSITIVE_INFINITY };
      installed.push(entry);
      return () => remove(entry);
    },
    take: (request) => {
      const entry = installed.find(({ fault, left }) => left > 0 && matches(fault, request));
      if (entry === undefined) return undefined;
      entry.left -= 1;
      return entry.fault.effect;
    },
  };
};

const matches = (
  { match: { method, path } }: Fault,
  request: { readonly method: string; readonly path: string },
): boolean =>
  (method === undefined || method.toUpperCase() === request.method) &&
  (path === undefined ||
    // `search` ignores the lastIndex of a global expression, `test` would not.
    (typeof path === 'string' ? path === request.path : request.path.search(path) >= 0));
