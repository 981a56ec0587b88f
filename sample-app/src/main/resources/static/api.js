// The REST API. A failure is an answer too: { ok, ...what the server says, problem }.
export async function get(path) {
  const response = await fetch(path);
  return response.json();
}

export async function post(path, body) {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: body ? { 'Content-Type': 'application/json' } : {},
      body: body ? JSON.stringify(body) : undefined,
    });
    const answer = await response.json().catch(() => ({}));
    return { ...answer, ok: response.ok, problem: response.ok ? null : answer.detail ?? `HTTP ${response.status}` };
  } catch {
    return { ok: false, problem: 'the application did not answer' };
  }
}
