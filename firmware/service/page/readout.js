// What the camera says of its picture: figures and histogram, from the statistics events.

const $ = (id) => document.getElementById(id);

export function shutter_text(us) {
  if (!us) return "–";
  if (us >= 400_000) return `${(us / 1e6).toPrecision(2)} s`;
  return `1/${Math.round(1e6 / us)} s`;
}

export function bytes_text(bytes) {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(bytes, 1)) / 3)));
  return `${(bytes / 1000 ** step).toFixed(step > 1 ? 1 : 0)} ${units[step]}`;
}

function scene_text(scene) {
  if (!scene || scene.Kind === "unknown") return "–";
  return scene.Kind.replace("_", ", ");
}

/** What the camera suggests; SceneAuto does it. */
function advice_text(scene) {
  const { ExposureValue: ev = 0, Look: look, LookStrength: strength = 0 } = scene?.Advice ?? {};
  const parts = [];
  if (ev) parts.push(`${ev > 0 ? "+" : "−"}${Math.abs(ev)} EV`);
  if (look) parts.push(`look ${look}, ${Math.round(100 * strength)} %`);
  return parts.length ? `Suggested: ${parts.join("; ")}` : "Nothing suggested";
}

function hdr_text({ HdrMode: wanted, HdrModeApplied: applied }) {
  const short = (mode) => mode?.replace("HdrMode", "").replace("Exposure", "").toLowerCase() ?? "–";
  return wanted === applied ? short(wanted) : `${short(wanted)} → ${short(applied)}`;
}

const figures = [
  ["Shutter", (s) => shutter_text(s.ExposureTime)],
  ["Gain", (s) => `×${(s.AnalogueGain * s.DigitalGain).toFixed(1)}`],
  ["Light", (s) => (s.Lux >= 10 ? `${Math.round(s.Lux)} lx` : `${s.Lux.toFixed(1)} lx`)],
  ["White", (s) => (s.ColourTemperature ? `${Math.round(s.ColourTemperature / 10) * 10} K` : "–")],
  ["Focus", (s) => ({ AfStateScanning: "…", AfStateFocused: "●", AfStateFailed: "○" })[s.AfState] ?? "–"],
  ["Scene", (s) => scene_text(s.Scene), (s) => advice_text(s.Scene)],
  ["HDR", (s) => hdr_text(s), (s) => s.HdrReason],
  ["Rate", (s) => `${s.fps.toFixed(1)} /s`],
];

export function show_statistics(statistics) {
  $("figures").replaceChildren(
    ...figures.map(([name, text, explanation]) => {
      const group = document.createElement("div");
      const term = document.createElement("dt"), value = document.createElement("dd");
      term.textContent = name;
      value.textContent = text(statistics);
      if (explanation) group.title = explanation(statistics) ?? "";
      group.append(term, value);
      return group;
    }),
  );
  if (statistics.histogram) draw_histogram(statistics.histogram);
}

function draw_histogram(bars) {
  const canvas = $("histogram"), context = canvas.getContext("2d");
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = getComputedStyle(canvas).color;
  // Square roots: a few bright lamps are seen beside a dark room.
  const heights = bars.map(Math.sqrt), most = Math.max(...heights, 1e-9), width = canvas.width / bars.length;
  heights.forEach((height, i) => {
    const h = (height / most) * canvas.height;
    context.fillRect(i * width, canvas.height - h, width - 1, h);
  });
}

export function show_state(state) {
  $("state").textContent = state.replace("_", " ");
  $("state").dataset.state = state;
}

export function show_problems(problems) {
  $("problems").replaceChildren(
    ...problems.map((problem) => {
      const item = document.createElement("li");
      item.textContent = problem.message;
      item.title = problem.code;
      return item;
    }),
  );
}
