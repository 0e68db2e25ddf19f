import { urlToHttpOptions } from 'node:url';
import { LRUCache } from 'lru-cache';

type ServiceOptions = ReturnType<typeof urlToHttpOptions>;

/** All conversations of a region share one, and Node takes as long to read it as to make the request. */
const services = new LRUCache<string, ServiceOptions>({
  max: 100,
  memoMethod: (serviceUrl) => urlToHttpOptions(new URL(serviceUrl)),
});

/** What a request of Node's needs to know of an address below a service; `below` is the encoded rest of its path. */
export const addressBelow = (serviceUrl: string, below: string): ServiceOptions => {
  const service = services.memo(serviceUrl);
  return { ...service, path: `${service.path?.replace(/\/$/u, '') ?? ''}/${below}` };
};
