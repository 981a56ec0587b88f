// Transitions as one sentence for those who hear the page. A drop of five sockets makes ten
// transitions within two seconds; what counts is where each connection is in the end.
export function announcement(transitions) {
  const last = new Map(transitions.map(({ connection, to }) => [connection, to]));
  const byState = new Map();
  last.forEach((state, name) => byState.set(state, [...(byState.get(state) ?? []), name]));
  return [...byState].map(([state, names]) => `${list(names)}: ${state.toLowerCase()}`).join('. ');
}

function list(names) {
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : names[0];
}
