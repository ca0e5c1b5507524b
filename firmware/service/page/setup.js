// What is set once in a while: the sensor's mode, and the tuning.

import { call, request } from "./client.js";

const $ = (id) => document.getElementById(id);

export async function show_modes(complain, changed) {
  const choice = $("sensor-mode");
  const fill = (modes) =>
    choice.replaceChildren(
      ...modes.map((mode, i) => {
        const text = `${mode.width} × ${mode.height}, ${mode.bits} bit, ${Math.floor(mode.fps_max)}/s`;
        const option = new Option(text, i, mode.in_use, mode.in_use);
        return option;
      }),
    );
  fill(await call("GET", "modes"));
  choice.onchange = async () => {
    try {
      fill(await call("PUT", "modes", { index: Number(choice.value) }));
      changed();
    } catch (error) {
      complain(error);
      fill(await call("GET", "modes"));
    }
  };
}

export function show_tuning() {
  const tell = (text, bad = false) => {
    $("tuning-result").textContent = text;
    $("tuning-result").classList.toggle("bad", bad);
  };
  const act = (work, done) => async () => {
    try {
      const answer = await work();
      if (answer) tell([done(answer), ...(answer.notes ?? [])].join("\n"));
    } catch (error) {
      tell(error.message, true);
    }
  };
  const text = async () => {
    const file = $("tuning-file").files[0];
    if (!file) throw new Error("Choose a file first.");
    return file.text();
  };
  $("tuning-check").onclick = act(async () => call("POST", "tuning/validate", await text()), () => "It can be applied.");
  $("tuning-apply").onclick = act(async () => call("PUT", "tuning", await text()), (a) => `Version ${a.version} is in use.`);
  $("tuning-back").onclick = act(() => call("POST", "tuning/rollback"), (a) => `Back: version ${a.version} is in use.`);
  $("tuning-save").onclick = act(async () => {
    const blob = await (await request("GET", "/api/v1/tuning")).blob();
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: "tuning.json" });
    link.click();
  }, () => "");
}
