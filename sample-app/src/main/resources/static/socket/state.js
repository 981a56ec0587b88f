//   IDLE -> CONNECTING -> OPEN
//              ^   |       |
//              |   v       v
//             WAITING <----+
//
// PAUSED while there is no network or the page is put away, CLOSED on purpose; both from anywhere.
export const State = Object.freeze({
  IDLE: 'IDLE',
  CONNECTING: 'CONNECTING',
  OPEN: 'OPEN',
  WAITING: 'WAITING',
  PAUSED: 'PAUSED',
  CLOSED: 'CLOSED',
});
