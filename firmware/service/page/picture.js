// The live picture: reads the stream part by part, so that it may carry the token, and draws the newest part.

import { request } from "./client.js";

const kHeadEnd = [13, 10, 13, 10];

function find(bytes, pattern) {
  for (let i = 0; i + pattern.length <= bytes.length; ++i)
    if (pattern.every((byte, k) => bytes[i + k] === byte)) return i;
  return -1;
}

/** The JPEG files of a multipart/x-mixed-replace body whose parts tell their length. */
async function* parts(reader) {
  let bytes = new Uint8Array(0);
  const more = async () => {
    const { done, value } = await reader.read();
    if (done) return false;
    const joined = new Uint8Array(bytes.length + value.length);
    joined.set(bytes);
    joined.set(value, bytes.length);
    bytes = joined;
    return true;
  };
  for (;;) {
    let end;
    while ((end = find(bytes.subarray(0, 4096), kHeadEnd)) < 0) if (!(await more())) return;
    const head = new TextDecoder().decode(bytes.subarray(0, end));
    const length = Number(/content-length:\s*(\d+)/i.exec(head)?.[1] ?? 0);
    const start = end + kHeadEnd.length;
    while (bytes.length < start + length) if (!(await more())) return;
    if (length) yield bytes.slice(start, start + length);
    bytes = bytes.slice(start + length);
  }
}

/** Shows the stream on the canvas until stopped; tell(true) when a picture has come, tell(false) when none comes. */
export function show_stream(canvas, tell) {
  let over = false, abort = new AbortController();
  const draw = async (jpeg) => {
    const picture = await createImageBitmap(new Blob([jpeg], { type: "image/jpeg" }));
    if (canvas.width !== picture.width || canvas.height !== picture.height) {
      canvas.width = picture.width;
      canvas.height = picture.height;
    }
    canvas.getContext("2d").drawImage(picture, 0, 0);
    picture.close();
  };
  const follow = async () => {
    while (!over) {
      if (document.hidden) {  // nobody looks: spare the camera
        await new Promise((seen) => document.addEventListener("visibilitychange", seen, { once: true }));
        continue;
      }
      abort = new AbortController();
      try {
        const response = await request("GET", "/stream", undefined, abort.signal);
        for await (const jpeg of parts(response.body.getReader())) {
          await draw(jpeg);
          tell(true);
        }
      } catch {
        // Tried again below.
      }
      if (!document.hidden) tell(false);
      await new Promise((wait) => setTimeout(wait, 500));
    }
  };
  const hide = () => document.hidden && abort.abort();
  document.addEventListener("visibilitychange", hide);
  follow();
  return () => {
    over = true;
    abort.abort();
    document.removeEventListener("visibilitychange", hide);
  };
}
