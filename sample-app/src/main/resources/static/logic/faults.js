// The faults that the server offers, with what one can choose and what then is to be seen.
const seconds = { name: 'seconds', label: 'seconds', before: 'for', after: 's', type: 'number', value: 10, min: 1, max: 120 };

export const faults = Object.freeze([
  { name: 'drop', label: 'Drop sockets', what: 'TCP ends without a close frame. Noticed at once.', inputs: [] },
  { name: 'silence', label: 'Go silent', what: 'TCP lives, nobody answers. Noticed by the heartbeat.', inputs: [seconds] },
  { name: 'refuse', label: 'Refuse upgrades', what: 'New sockets get this status: drop them too, and the waits grow.', inputs: [
    { name: 'status', label: 'HTTP status', before: 'with', type: 'number', value: 503, min: 400, max: 599 }, seconds] },
  { name: 'close', label: 'Close with a code', what: 'An orderly end; the code decides what follows.', inputs: [
    { name: 'code', label: 'close code', before: 'code', type: 'number', value: 1001, min: 1000, max: 4999 },
    { name: 'reason', label: 'reason', before: 'reason', type: 'text', value: 'bye', maxlength: 60 }] },
  { name: 'delay', label: 'Delay everything', what: 'The round trip grows; the connection stays.', inputs: [
    { name: 'millis', label: 'milliseconds', before: 'by', after: 'ms', type: 'number', value: 2000, min: 1, max: 10000 }, seconds] },
  { name: 'flood', label: 'Flood', what: 'Messages as fast as they go. None is lost, memory is bounded.', inputs: [
    { name: 'messages', label: 'messages', before: 'of', after: 'messages', type: 'number', value: 5000, min: 1, max: 20000 }] },
  { name: 'stop', label: 'Stop the listener', what: 'The port is closed. Sends wait in the queue.', inputs: [seconds] },
]);

/** What the server said about a fault that does not last, in words. */
export function faultText({ ok, problem, sockets }) {
  return ok ? `${sockets} ${sockets === 1 ? 'socket' : 'sockets'} hit` : `refused: ${problem}`;
}
