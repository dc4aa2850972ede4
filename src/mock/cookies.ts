// The cookies of a request (RFC 6265, 4.2), for parameters and credentials that are sent as one.

/** The values of each cookie, as they were sent; percent-encoding is undone where it is valid. */
export function cookiesOf(header: string | undefined): Map<string, string[]> {
  const cookies = new Map<string, string[]>();
  for (const pair of (header ?? '').split(/[;\n]/)) {
    const equals = pair.indexOf('=');
    if (equals < 1) continue;
    const name = pair.slice(0, equals).trim();
    cookies.set(name, [...(cookies.get(name) ?? []), decoded(pair.slice(equals + 1).trim())]);
  }
  return cookies;
}

function decoded(text: string): string {
  const bare = text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
  try {
    return decodeURIComponent(bare);
  } catch {
    return bare;
  }
}
