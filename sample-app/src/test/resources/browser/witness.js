// Notes whatever the cards show, as soon as they show it.
window.seen = [];
const last = {};
const note = () => document.querySelectorAll('#connections [data-connection], [data-recipe]').forEach((card) => {
  const connection = card.dataset.connection ?? card.dataset.recipe;
  const state = card.querySelector('.state')?.textContent ?? '';
  const countdown = card.querySelector('.countdown')?.textContent ?? '';
  const cause = card.querySelector('.cause')?.textContent ?? '';
  const shown = [state, countdown !== '', cause].join();
  if (shown !== last[connection]) {
    last[connection] = shown;
    const since = card.querySelector('.when time')?.dateTime;
    window.seen.push({ connection, state, countdown, cause, lateness: since ? Date.now() - Date.parse(since) : -1 });
  }
});
new MutationObserver(note).observe(document.querySelector('main'), { subtree: true, childList: true, attributes: true, characterData: true });
note();
