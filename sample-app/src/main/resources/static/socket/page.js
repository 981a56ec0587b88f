// What the browser knows of network and page, told to a ResilientSocket. Returns a function that
// ends it.
export function followPage(socket, page = window) {
  const offline = () => socket.pause('offline');
  const online = () => socket.resume('offline');
  const put = () => socket.pause('page put away');
  const taken = () => socket.resume('page put away');
  const visible = () => page.document.visibilityState === 'visible' && socket.wake();
  const listeners = [
    [page, 'offline', offline],
    [page, 'online', online],
    // Not 'unload': that would keep the page out of the back/forward cache.
    [page, 'pagehide', put],
    [page, 'pageshow', taken],
    [page.document, 'visibilitychange', visible],
  ];
  listeners.forEach(([target, type, listener]) => target.addEventListener(type, listener));
  if (!page.navigator.onLine) {
    offline();
  }
  return () => listeners.forEach(([target, type, listener]) => target.removeEventListener(type, listener));
}
