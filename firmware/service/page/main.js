// The page: a door first (a token, or the code with which the owner claims the camera), then the camera.

import { call, listen, token } from "./client.js";
import { Library, Shutter } from "./captures.js";
import { ControlPanel } from "./controls.js";
import { show_detections } from "./detections.js";
import { show_looks } from "./looks.js";
import { show_stream } from "./picture.js";
import { bytes_text, show_problems, show_state, show_statistics } from "./readout.js";
import { show_modes, show_tuning } from "./setup.js";

const $ = (id) => document.getElementById(id);
const doors = {
  unclaimed: {
    title: "Claim this camera",
    text: "It has no owner yet. Its console and its journal show a one-time code.",
    label: "Code",
  },
  unauthorized: { title: "Log in", text: "The camera shows itself to those who have a token.", label: "Token" },
};

let toast_timer;
function complain(error) {
  if (error.status === 401) return location.reload();
  $("toast").textContent = error.message;
  $("toast").hidden = false;
  clearTimeout(toast_timer);
  toast_timer = setTimeout(() => ($("toast").hidden = true), 6000);
}

function open_door(code, problem) {
  const door = doors[code] ?? doors.unauthorized;
  $("door-title").textContent = door.title;
  $("door-text").textContent = door.text;
  $("door-label").textContent = door.label;
  $("door-problem").textContent = problem;
  $("door-secret").type = code === "unclaimed" ? "text" : "password";
  $("door").hidden = false;
  $("door-secret").focus();
  $("door").onsubmit = async (event) => {
    event.preventDefault();
    const secret = $("door-secret").value.trim();
    try {
      if (code === "unclaimed") await claim(secret);
      else token.set(secret);
      $("door").hidden = true;
      await enter();
    } catch (error) {
      $("door-problem").textContent = error.message;
    }
  };
}

async function claim(code) {
  const answer = await call("POST", "claim", { code, name: "owner" });
  token.set(answer.token);
  $("token-text").textContent = answer.token;
  $("token").showModal();
  await new Promise((kept) => $("token").addEventListener("close", kept, { once: true }));
}

async function enter() {
  let status;
  try {
    status = await call("GET", "status");
  } catch (error) {
    const stale = token.get() !== null && error.status === 401;
    if (error.status === 401) token.clear();
    if (error.status === 401 || error.code === "unclaimed")
      return open_door(error.code, stale ? "This token is not known." : "");
    show_state("unreachable");
    return setTimeout(enter, 1000);
  }
  document.querySelector("main").hidden = false;
  $("leave").hidden = token.get() === null;
  $("leave").onclick = () => (token.clear(), location.reload());
  await run();
}

function show_status(status) {
  const { camera, model, width, height } = status.session;
  $("camera").textContent = model ? `${model}, ${width} × ${height}` : camera;
  show_state(status.session.state);
  show_problems(status.session.problems);
  show_statistics({ ...status.session, ...status.control });
  const { used_bytes, quota_bytes, problem } = status.storage;
  $("storage").textContent = problem || `${bytes_text(used_bytes)} of ${bytes_text(quota_bytes)} used`;
  $("storage").classList.toggle("bad", problem !== "");
}

/** A tap focuses where it falls, if the lens moves. */
function focus_on_tap(panel) {
  $("live").onclick = async (event) => {
    if (!panel.parts.has("LensPosition")) return;
    const box = $("live").getBoundingClientRect(), side = 0.15;
    const place = (at, from, length) => Math.min(1 - side, Math.max(0, (at - from) / length - side / 2));
    const x = place(event.clientX, box.left, box.width), y = place(event.clientY, box.top, box.height);
    $("spot").style.left = `${100 * (x + side / 2)}%`;
    $("spot").style.top = `${100 * (y + side / 2)}%`;
    $("spot").hidden = false;
    setTimeout(() => ($("spot").hidden = true), 1200);
    try {
      await call("PATCH", "controls", { AfMetering: "AfMeteringWindows", AfWindows: [x, y, side, side] });
      await call("POST", "focus", { action: "AfTriggerStart" });
    } catch (error) {
      complain(error);
    }
  };
}

async function run() {
  const panel = new ControlPanel($("controls"), complain);
  const shutter = new Shutter(complain), library = new Library(complain);
  let known;  // the sensor whose controls and modes are shown: a camera may come later
  const refresh = async () => {
    const status = await call("GET", "status");
    show_status(status);
    if (status.session.model === known) return;
    known = status.session.model;
    await Promise.all([panel.build(), show_modes(complain, rebuild), show_looks(complain)]);
  };
  const rebuild = () => Promise.all([panel.build(), refresh(), library.refresh()]).catch(complain);

  show_stream($("live"), (picture) => ($("no-picture").hidden = picture));
  focus_on_tap(panel);
  show_tuning();
  await Promise.all([refresh(), library.refresh()]).catch(complain);

  const hear = {
    connected: refresh,
    disconnected: () => show_state("unreachable"),
    statistics: (data) => show_statistics(data),
    detections: (data) => show_detections(data, panel.parts.get("ScalerCrop")?.get() ?? [0, 0, 1, 1]),
    state: refresh,
    problem: refresh,
    resolved: refresh,
    controls: (data) => panel.show(data),
    look: () => show_looks(complain),
    tuning: refresh,
    capture: (data) => {
      shutter.show(data);
      return Promise.all([library.refresh(), refresh()]);
    },
  };
  listen(async ({ type, data }) => {
    try {
      await hear[type]?.(data);
    } catch (error) {
      if (error.status !== 0) complain(error);
    }
  });
}

enter();
