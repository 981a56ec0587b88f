// Which lines of the message log are shown. Words are all to be found, in any order and case, in
// connection, direction, text or outcome.
export function filterLines(lines, { connection = '', words = '' }) {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return lines.filter((line) =>
    (!connection || line.connection === connection) && wanted.every((word) => textOf(line).includes(word)));
}

function textOf({ connection, direction, text, outcome }) {
  return `${connection} ${direction} ${text} ${outcome ?? ''}`.toLowerCase();
}
