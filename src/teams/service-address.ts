import { urlToHttpOptions } from 'node:url';
import { LRUCache } from 'lru-cache';

type ServiceOptions = ReturnType<typeof urlToHttpOptions>;

interface Service {
  readonly url: URL;
  /** As a request of Node's takes the address. */
  readonly options: ServiceOptions;
}

/** All conversations of a region share one, and Node takes as long to read it as to make the request. */
const services = new LRUCache<string, Service | 'none'>({
  max: 100,
  memoMethod: (serviceUrl) => {
    if (!URL.canParse(serviceUrl)) return 'none';
    const url = new URL(serviceUrl);
    return { url, options: urlToHttpOptions(url) };
  },
});

/** Undefined for what is no address. */
export const serviceAt = (serviceUrl: string): Service | undefined => {
  const service = services.memo(serviceUrl);
  return service === 'none' ? undefined : service;
};

/** What a request needs to know of an address below a service; `below` is the encoded rest of its path. */
export const addressBelow = (serviceUrl: string, below: string): ServiceOptions => {
  const service = serviceAt(serviceUrl);
  if (service === undefined) throw new TypeError('Invalid URL');
  const { options } = service;
  return { ...options, path: `${options.path?.replace(/\/$/u, '') ?? ''}/${below}` };
};
