// What differs between a browser and a test, and a browser's own rules.
export const browserEnvironment = {
  WebSocket: globalThis.WebSocket,
  now: () => performance.now(),
  setTimeout: (task, millis) => setTimeout(task, millis),
  clearTimeout: (timer) => clearTimeout(timer),
  random: Math.random,
};

// Of WebSocket.readyState. A socket that is closing takes texts and drops them.
const OPEN = 1;

// The browser's own buffer knows no bound, so it gets little at a time.
const BUFFER_LIMIT = 64 * 1024;

/** Sends, if the socket can take it. Returns whether it has. */
export function write(socket, text) {
  const room = socket.readyState === OPEN && socket.bufferedAmount < BUFFER_LIMIT;
  if (room) {
    socket.send(text);
  }
  return room;
}

/** Scripts may close with 1000 and 3000 to 4999 only: 1001 becomes 4001. */
export function permittedCode(code) {
  return code === 1000 || code >= 3000 ? code : 4000 + (code % 1000);
}

/** Says in words what a close event says in numbers. */
export function describeClose({ code, reason, wasClean }) {
  const because = reason ? `: ${reason}` : '';
  return wasClean ? `closed by the server with ${code}${because}` : `the connection ended without a close frame (${code})`;
}

export class DetailEvent extends Event {
  constructor(type, detail) {
    super(type);
    this.detail = detail;
  }
}
