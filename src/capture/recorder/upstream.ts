import { Agent as HttpAgent, request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { Readable } from 'node:stream';
import { CandorError } from '../../core/candorError.ts';

/** The one server that a recorder passes requests to. */
export interface Upstream {
  /** Host, with its port where that is not the usual one. */
  readonly host: string;
  /** Its own path, without a slash at the end. */
  readonly basePath: string;
  /** Whether it is what listens on a port of this machine. */
  isAt(port: number): boolean;
  /** The beginning of a reply. Redirects are replies like others. Rejects with what the network says, and when aborted. */
  ask(asked: AskedUpstream): Promise<IncomingMessage>;
  close(): void;
}

export interface AskedUpstream {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: OutgoingHttpHeaders;
  /** null: it has none. */
  readonly body: Buffer | Readable | null;
  readonly signal: AbortSignal;
}

/** @throws CandorError `bad-call` for an address that is no plain one of http or https */
export function openUpstream(address: string): Upstream {
  const url = checkedUrl(address);
  const isSecure = url.protocol === 'https:';
  const agent = isSecure ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true });
  const request = isSecure ? httpsRequest : httpRequest;
  // As an address has them: [::1].
  const hostname = url.hostname.replace(/^\[|\]$/g, '');

  function askOnce(
    { method, target, headers, body, signal }: AskedUpstream,
    isSecond: boolean,
  ): Promise<IncomingMessage> {
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    const options = { agent: isSecond ? false : agent, hostname, port: url.port, method, path: target, signal };
    const asking = request({ ...options, headers: { ...headers, host: url.host } }, resolve);
    // Also after the reply has begun: then its bytes break off, and nobody waits for this.
    asking.on('error', (error) => {
      // The upstream had closed a connection that was kept, and never saw the request.
      const isStale =
        asking.reusedSocket && !(body instanceof Readable) && 'code' in error && error.code === 'ECONNRESET';
      if (isStale && !isSecond && !signal.aborted) resolve(askOnce({ method, target, headers, body, signal }, true));
      else reject(error);
    });
    if (body instanceof Readable) {
      body.once('error', () => asking.destroy());
      body.pipe(asking);
    } else {
      asking.end(body ?? undefined);
    }
    return promise;
  }

  return {
    host: url.host,
    basePath: url.pathname.replace(/\/+$/, ''),
    isAt: (port) => !isSecure && Number(url.port) === port && /^(localhost|127\.\d+\.\d+\.\d+|::1)$/.test(hostname),
    ask: (asked) => askOnce(asked, false),
    close() {
      agent.destroy();
    },
  };
}

function checkedUrl(address: string): URL {
  const url = URL.parse(address);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw new CandorError('bad-call', 'The address of the server to record must begin with http:// or https://.');
  }
  if (url.search !== '' || url.hash !== '') {
    throw new CandorError(
      'bad-call',
      'The address of the server to record must end with its path. Leave the rest out.',
    );
  }
  return url;
}
