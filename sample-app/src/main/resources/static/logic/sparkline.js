// A line of values as the path of an SVG. The lowest value is at the bottom, the highest at the
// top, the latest at the right; few values begin further right.
export function sparkline(values, { width, height, capacity }) {
  if (values.length < 2) {
    return '';
  }
  const low = Math.min(...values);
  const range = Math.max(...values) - low || 1;
  const step = width / (capacity - 1);
  const left = width - step * (values.length - 1);
  const points = values.map((value, index) => {
    const x = left + index * step;
    const y = height - ((value - low) / range) * height;
    return `${round(x)},${round(y)}`;
  });
  return `M${points.join('L')}`;
}

function round(number) {
  return Math.round(number * 10) / 10;
}
