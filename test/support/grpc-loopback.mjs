// Unary gRPC over plaintext HTTP/2 on the loopback, written on node:http2 so that a test can do what a gRPC library
// would never do by itself: leave a call without an answer, reset a stream, or cut the connection.
import { createServer } from 'node:http2';
import { createRequire } from 'node:module';
import { createServer as createSocketServer } from 'node:net';
import { dirname, join } from 'node:path';
import gax from 'google-gax';

const require = createRequire(import.meta.url);

/** gRPC status codes by name. */
export const STATUS = Object.freeze({
  OK: 0,
  CANCELLED: 1,
  UNKNOWN: 2,
  INVALID_ARGUMENT: 3,
  DEADLINE_EXCEEDED: 4,
  NOT_FOUND: 5,
  ALREADY_EXISTS: 6,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  FAILED_PRECONDITION: 9,
  ABORTED: 10,
  OUT_OF_RANGE: 11,
  UNIMPLEMENTED: 12,
  INTERNAL: 13,
  UNAVAILABLE: 14,
  DATA_LOSS: 15,
  UNAUTHENTICATED: 16,
});

/**
 * How one call ends.
 * @typedef {{ kind: 'answer', message: Buffer }
 *   | { kind: 'status', code: number, message: string, details?: Buffer }
 *   | { kind: 'hang' } | { kind: 'reset' } | { kind: 'rst-stream' }} Ending
 */

// The package ships its protos but does not export them by name.
const statusProtos = join(dirname(require.resolve('google-gax')), '..', 'protos', 'status.json');
const statusRoot = gax.protobuf.Root.fromJSON(require(statusProtos));

/** Protobuf's JSON form of the `google.rpc.*` message, packed for `google.rpc.Status.details`. */
function pack(typeName, value) {
  const type = statusRoot.lookupType(typeName);
  return { type_url: `type.googleapis.com/${typeName}`, value: type.encode(type.fromObject(value)).finish() };
}

/**
 * The bytes of `grpc-status-details-bin`.
 * @param {number} code
 * @param {string} message
 * @param {{ retryAfterMs?: number | undefined, reason?: string | undefined, consumer?: string | undefined }} facts
 * @returns {Buffer}
 */
export function statusDetails(code, message, { retryAfterMs, reason, consumer }) {
  const details = [];
  if (retryAfterMs !== undefined) {
    const retryDelay = { seconds: Math.floor(retryAfterMs / 1000), nanos: (retryAfterMs % 1000) * 1e6 };
    details.push(pack('google.rpc.RetryInfo', { retryDelay }));
  }
  if (reason !== undefined) {
    details.push(
      pack('google.rpc.ErrorInfo', { reason, domain: 'googleapis.com', metadata: consumer ? { consumer } : {} }),
    );
  }
  const status = statusRoot.lookupType('google.rpc.Status');
  return Buffer.from(status.encode(status.fromObject({ code, message, details })).finish());
}

function percentEncode(text) {
  return [...Buffer.from(text)]
    .map((byte) =>
      byte >= 0x20 && byte <= 0x7e && byte !== 0x25
        ? String.fromCharCode(byte)
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
    )
    .join('');
}

async function readMessage(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  // A gRPC message is framed by one byte (compressed or not) and its length in four.
  return Buffer.concat(chunks).subarray(5);
}

function sendAnswer(stream, message) {
  const frame = Buffer.alloc(5);
  frame.writeUInt32BE(message.length, 1);
  stream.respond({ ':status': 200, 'content-type': 'application/grpc+proto' }, { waitForTrailers: true });
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
  stream.end(Buffer.concat([frame, message]));
}

function sendStatus(stream, { code, message, details }) {
  const trailers = { 'grpc-status': String(code), 'grpc-message': percentEncode(message) };
  if (details) trailers['grpc-status-details-bin'] = details.toString('base64');
  stream.respond({ ':status': 200, 'content-type': 'application/grpc+proto', ...trailers }, { endStream: true });
}

/** @param {import('node:http2').ServerHttp2Stream} stream @param {Ending} ending @param {() => void} cut */
function end(stream, ending, cut) {
  if (stream.destroyed) return;
  if (ending.kind === 'answer') sendAnswer(stream, ending.message);
  else if (ending.kind === 'status') sendStatus(stream, ending);
  else if (ending.kind === 'reset') cut();
  else if (ending.kind === 'rst-stream') stream.close(2);
}

/**
 * Serves unary calls.
 * @param {(path: string, message: Buffer, headers: import('node:http2').IncomingHttpHeaders) => Promise<Ending>} handle
 * @param {number} port 0 for a free one
 * @returns {Promise<{ port: number, close(): Promise<void> }>}
 */
export async function serveGrpc(handle, port = 0) {
  // Wide windows: the default of 64 KiB would make the upload of pictures wait for acknowledgements.
  const server = createServer({ settings: { initialWindowSize: 16 * 1024 * 1024, maxConcurrentStreams: 1000 } });
  const sockets = new WeakMap();
  let accepted;
  server.on('session', (session) => {
    sockets.set(session, accepted);
    session.setLocalWindowSize(64 * 1024 * 1024);
    session.on('error', () => undefined);
  });
  server.on('stream', async (stream, headers) => {
    const { session } = stream;
    // The socket itself is cut: destroying the session while it has streams corrupts memory in Node 20.
    const cut = () => setImmediate(() => sockets.get(session)?.resetAndDestroy());
    stream.on('error', () => undefined);
    try {
      end(stream, await handle(String(headers[':path']), await readMessage(stream), headers), cut);
    } catch (error) {
      end(stream, { kind: 'status', code: STATUS.INTERNAL, message: `test server: ${error}` }, cut);
    }
  });
  const open = new Set();
  const listener = createSocketServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    accepted = socket;
    server.emit('connection', socket);
  });
  await new Promise((resolve) => listener.listen(port, '127.0.0.1', () => resolve(undefined)));
  return {
    port: /** @type {import('node:net').AddressInfo} */ (listener.address()).port,
    async close() {
      const closed = new Promise((resolve) => listener.close(() => resolve(undefined)));
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}
