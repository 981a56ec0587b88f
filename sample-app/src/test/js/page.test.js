import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { followPage } from '../../main/resources/static/socket/page.js';
import { ResilientSocket, State } from '../../main/resources/static/socket/resilient-socket.js';
import { Simulation } from './simulation.js';

let world;
let socket;
let page;
let forget;

beforeEach(() => {
  world = new Simulation();
  socket = new ResilientSocket('ws://server/ws', {}, world.environment);
  page = Object.assign(new EventTarget(), {
    document: Object.assign(new EventTarget(), { visibilityState: 'visible' }),
    navigator: { onLine: true },
  });
  forget = followPage(socket, page);
  socket.start();
});

const tell = (type, target = page) => target.dispatchEvent(new Event(type));

test('offline pauses, online connects', () => {
  world.socket.accept();
  tell('offline');
  assert.equal(socket.state, State.PAUSED);
  tell('online');
  assert.equal(socket.state, State.CONNECTING);
});

test('a page that goes closes its socket, and one that comes back opens it', () => {
  const first = world.socket.accept();
  tell('pagehide');
  assert.deepEqual(first.closedWith, { code: 4001, reason: 'page put away' });
  tell('pageshow');
  assert.equal(socket.state, State.CONNECTING);
});

test('a page that becomes visible attempts at once', () => {
  world.socket.fail();
  page.document.visibilityState = 'hidden';
  tell('visibilitychange', page.document);
  assert.equal(socket.state, State.WAITING);
  page.document.visibilityState = 'visible';
  tell('visibilitychange', page.document);
  assert.equal(socket.state, State.CONNECTING);
});

test('a page without network starts paused', () => {
  page.navigator.onLine = false;
  const other = new ResilientSocket('ws://server/ws', {}, world.environment);
  followPage(other, page);
  other.start();
  assert.equal(other.state, State.PAUSED);
});

test('nothing is heard once it has ended', () => {
  forget();
  tell('offline');
  assert.equal(socket.state, State.CONNECTING);
});
