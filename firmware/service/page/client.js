// The HTTP API as the page uses it. The token lives as long as the browser's tab.

const kToken = "sunny16-token";

export const token = {
  get: () => sessionStorage.getItem(kToken),
  set: (text) => sessionStorage.setItem(kToken, text),
  clear: () => sessionStorage.removeItem(kToken),
};

/** What the daemon answered instead of what was asked for. */
export class ApiError extends Error {
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

function headers() {
  return token.get() ? { Authorization: `Bearer ${token.get()}` } : {};
}

/** A response that went well; throws ApiError. */
export async function request(method, path, body, signal) {
  const options = { method, headers: headers(), signal, cache: "no-store" };
  if (body !== undefined) {
    options.headers["Content-Type"] = "application/json";
    options.body = typeof body === "string" ? body : JSON.stringify(body);
  }
  let response;
  try {
    response = await fetch(path, options);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new ApiError(0, "unreachable", "The camera does not answer.");
  }
  if (response.ok) return response;
  const answer = await response.json().catch(() => ({}));
  const { code = "error", message = response.statusText } = answer.error ?? {};
  throw new ApiError(response.status, code, message);
}

export async function call(method, path, body) {
  const response = await request(method, `/api/v1/${path}`, body);
  return response.status === 204 ? null : response.json();
}

export async function download(path, name) {
  const blob = await (await request("GET", path)).blob();
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Calls hear(event) for each event, for good; hear({type: "connected"}) whenever the line is up again. */
export function listen(hear) {
  const protocols = token.get() ? ["sunny16", `bearer.${token.get()}`] : ["sunny16"];
  const url = new URL("/api/v1/events", location.href);
  url.protocol = url.protocol.replace("http", "ws");
  let socket, over = false;
  const connect = () => {
    if (over) return;
    socket = new WebSocket(url, protocols);
    socket.onopen = () => hear({ type: "connected" });
    socket.onmessage = (message) => hear(JSON.parse(message.data));
    socket.onclose = () => {
      if (over) return;
      hear({ type: "disconnected" });
      setTimeout(connect, 1000);
    };
  };
  connect();
  return () => {
    over = true;
    socket.close();
  };
}
