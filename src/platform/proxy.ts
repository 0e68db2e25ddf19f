import type { ClientRequest, Agent as HttpAgent } from 'node:http';
import { type AgentOptions, Agent as HttpsAgent } from 'node:https';
import { type AgentConnectOpts, Agent as DelegatingAgent } from 'agent-base';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { errnoOf } from './errors.ts';

/** The way out for `https:`; an address on loopback with `http:` never takes it. */
export interface OutboundProxy {
  /** May hold a user and a password, so it is never shown. */
  readonly url: string;
  /** Hosts that are asked directly, as NO_PROXY names them. */
  readonly except: readonly string[];
}

const proxyCode = 'EPROXY_';

/** The proxy did not let a connection through: nothing was sent. Its message names no address. */
export class ProxyError extends Error {
  /** With the proxy's status or Node's code, such as EPROXY_407. */
  readonly code: string;

  constructor(why: string) {
    super(`the proxy made no connection (${proxyCode}${why})`);
    this.name = 'ProxyError';
    this.code = `${proxyCode}${why}`;
  }
}

export const isProxyCode = (code: string): boolean => code.startsWith(proxyCode);

const bare = (host: string): string => host.toLowerCase().replace(/^\[|\]$/gu, '');

/**
 * By the usual rules of NO_PROXY: a host or an IP address means itself, `.name` and `*.name` all below it, `*`
 * everything; a port limits each of them.
 */
export const isExcepted = (except: readonly string[], host: string, port: number): boolean =>
  except.some((entry) => {
    const [, name = '', onlyPort] =
      /^(\[[^\]]*\]|[^:]*|[^:]*:.*:[^:]*)(?::(\d+))?$/u.exec(entry) ?? [];
    if (onlyPort !== undefined && Number(onlyPort) !== port) return false;
    const wanted = bare(name);
    if (wanted === '*') return true;
    const suffix = /^\*?\.(.+)$/u.exec(wanted)?.[1];
    if (suffix !== undefined) return bare(host) === suffix || bare(host).endsWith(`.${suffix}`);
    return wanted !== '' && bare(host) === wanted;
  });

/** An answer of the proxy itself must not be taken for one of PingPlotter or Teams. */
class HonestProxyAgent extends HttpsProxyAgent<string> {
  onConnect: (failed?: ProxyError) => void = () => {};

  override async connect(
    request: ClientRequest,
    options: Parameters<HttpsProxyAgent<string>['connect']>[1],
  ): ReturnType<HttpsProxyAgent<string>['connect']> {
    let status = 0;
    request.once('proxyConnect', ({ statusCode }: { readonly statusCode: number }) => {
      status = statusCode;
    });
    const fail = (why: string): never => {
      const failed = new ProxyError(why);
      this.onConnect(failed);
      throw failed;
    };
    const socket = await super
      .connect(request, options)
      .catch((error: unknown) => fail(errnoOf(error) ?? 'no_answer'));
    if (status !== 200) {
      socket.destroy();
      return fail(`${status}`);
    }
    this.onConnect();
    return socket;
  }
}

/** Asks each host directly or through the proxy, with a pool of connections for either. */
class ChoosingAgent extends DelegatingAgent {
  readonly #direct: HttpsAgent;
  readonly #proxied: HttpAgent;
  readonly #except: readonly string[];

  constructor(
    { url, except }: OutboundProxy,
    options: AgentOptions,
    onConnect?: (failed?: ProxyError) => void,
  ) {
    // Node asks this agent whether a connection is to be kept open, the other two do it.
    super({ keepAlive: options.keepAlive === true });
    this.#direct = new HttpsAgent(options);
    const proxied = new HonestProxyAgent(url, options);
    if (onConnect !== undefined) proxied.onConnect = onConnect;
    this.#proxied = proxied;
    this.#except = except;
  }

  override async connect(
    _: ClientRequest,
    { host = '', port }: AgentConnectOpts,
  ): Promise<HttpAgent> {
    return isExcepted(this.#except, host, port) ? this.#direct : this.#proxied;
  }

  override destroy(): void {
    this.#direct.destroy();
    this.#proxied.destroy();
  }
}

/** `onConnect` hears of each connection that the proxy made, or did not make. */
export const secureAgent = (
  proxy: OutboundProxy | undefined,
  options: AgentOptions,
  onConnect?: (failed?: ProxyError) => void,
): HttpAgent =>
  proxy === undefined ? new HttpsAgent(options) : new ChoosingAgent(proxy, options, onConnect);
