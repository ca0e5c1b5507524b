// The panel of controls, made from what the daemon says each of them may be.

import { call } from "./client.js";
import { shutter_text } from "./readout.js";

const groups = [
  ["Exposure", /^(Ae|Exposure|AnalogueGain|FrameDuration)/],
  ["White balance", /^(Awb|Colour)/],
  ["Focus", /^(Af|Lens)/],
  ["Scene", /^(Hdr|Scene)/],
  ["Picture", /./],
];
const labels = {
  AeEnable: "Automatic",
  AwbEnable: "Automatic",
  ExposureValue: "EV",
  AnalogueGain: "Gain",
  ColourTemperature: "Temperature",
};
const rare = /(Constraint|ExposureMode|Flicker|FrameDuration|ColourGains|AfRange|AfSpeed|AfMetering|AfWindows|ScalerCrop)/;

function label_of(name) {
  if (labels[name]) return labels[name];
  const words = name.replace(/^(Ae|Awb|Af)(?=[A-Z])/, "").replace(/([a-z])([A-Z])/g, "$1 $2");
  return words[0] + words.slice(1).toLowerCase();
}

/** "MeteringCentreWeighted" among its like -> "Centre weighted". */
function choice_label(value, values) {
  let common = 0;
  while (values.every((other) => other[common] === value[common])) ++common;
  while (common > 0 && !/[A-Z]/.test(value[common] ?? "")) --common;
  const words = value.slice(common).replace(/([a-z])([A-Z])/g, "$1 $2");
  return words[0] + words.slice(1).toLowerCase();
}

function value_text(range, value) {
  if (range.name === "ExposureTime") return shutter_text(value);
  if (range.unit === "K") return `${Math.round(value)} K`;
  if (range.name === "LensPosition") return value > 0 ? `${(1 / value).toFixed(2)} m` : "∞";
  return Number(value.toPrecision(3)).toString();
}

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

// Each maker returns {node, get(), set(value)}, and calls changed() when the user has changed the value.

function toggle(range, changed) {
  const node = element("input", { type: "checkbox", className: "switch", onchange: changed });
  return { node, get: () => node.checked, set: (value) => (node.checked = value) };
}

function choice(range, changed) {
  const options = range.values.map((value) =>
    element("option", { value, textContent: choice_label(value, range.values) }));
  const node = element("select", { onchange: changed }, ...options);
  return { node, get: () => node.value, set: (value) => (node.value = value) };
}

function numbers(range, changed) {
  const node = element("input", { type: "text", onchange: changed, spellcheck: false });
  return {
    node,
    get: () => node.value.split(/[\s,]+/).filter(Boolean).map(Number),
    set: (value) => (node.value = value.map((v) => Number(v.toPrecision(4))).join(", ")),
  };
}

/** A slider, in even ratios where the range spans decades; a box beside it stands for "automatic". */
function slider(range, changed) {
  const zero_is_automatic = range.automatic !== undefined || range.name === "ColourTemperature";
  const low = range.name === "ColourTemperature" ? 2000 : range.minimum;
  const high = range.name === "ColourTemperature" ? 10000 : range.maximum;
  const ratio = low > 0 && high / low > 3;
  const steps = 200;
  const value_at = (step) => {
    const part = step / steps;
    return ratio ? low * (high / low) ** part : low + (high - low) * part;
  };
  const step_of = (value) =>
    steps * (ratio ? Math.log(Math.max(value, low) / low) / Math.log(high / low) : (value - low) / (high - low));
  const automatic = element("input", { type: "checkbox", ariaLabel: `${label_of(range.name)}: automatic` });
  const input = element("input", { type: "range", min: 0, max: steps, step: 1, ariaLabel: label_of(range.name) });
  const output = element("output");
  const show = () => {
    input.disabled = zero_is_automatic && automatic.checked;
    output.textContent = input.disabled ? "auto" : value_text(range, value_at(Number(input.value)));
    input.setAttribute("aria-valuetext", output.textContent);
  };
  input.oninput = automatic.onchange = () => (show(), changed());
  const node = element("div", { className: "slider" }, input, output);
  if (zero_is_automatic) node.prepend(automatic);
  return {
    node,
    get: () => (input.disabled ? 0 : value_at(Number(input.value))),
    set: (value) => {
      automatic.checked = zero_is_automatic && value === 0;
      if (!automatic.checked) input.value = step_of(value);
      show();
    },
  };
}

const makers = { boolean: toggle, enum: choice, numbers, number: slider, integer: slider };

export class ControlPanel {
  /** `complain` shows what the daemon refuses. */
  constructor(node, complain) {
    this.node = node;
    this.complain = complain;
    this.parts = new Map();
    this.wanted = {};
  }

  async build() {
    const ranges = (await call("GET", "controls/ranges")).filter((range) => range.available);
    this.parts.clear();
    const left = new Set(ranges);
    this.node.replaceChildren(
      ...groups.flatMap(([title, pattern]) => {
        const mine = [...left].filter((range) => pattern.test(range.name));
        mine.forEach((range) => left.delete(range));
        return mine.length ? [this.group(title, mine)] : [];
      }),
      element("button", { type: "button", textContent: "Reset all", onclick: () => this.reset() }),
    );
    this.show(await call("GET", "controls"));
  }

  group(title, ranges) {
    const often = ranges.filter((range) => !rare.test(range.name)), more = ranges.filter((range) => rare.test(range.name));
    const box = element("fieldset", {}, element("legend", { textContent: title }), ...often.map((r) => this.row(r)));
    if (title === "Focus") {
      const act = () => call("POST", "focus", { action: "AfTriggerStart" }).catch(this.complain);
      box.append(element("button", { type: "button", textContent: "Focus now", onclick: act }));
    }
    if (more.length)
      box.append(element("details", {}, element("summary", { textContent: "More" }), ...more.map((r) => this.row(r))));
    return box;
  }

  row(range) {
    const part = makers[range.type](range, () => this.send(range.name, part.get()));
    this.parts.set(range.name, part);
    const row = element("label", { className: "row", title: range.description });
    row.append(element("span", { textContent: label_of(range.name) }), part.node);
    return row;
  }

  show(controls) {
    for (const [name, part] of this.parts)
      if (!(name in this.wanted) && !part.node.contains(document.activeElement)) part.set(controls[name]);
  }

  /** One request at a time; what changes meanwhile goes out with the next. */
  async send(name, value) {
    this.wanted[name] = value;
    if (this.sending) return;
    this.sending = true;
    while (Object.keys(this.wanted).length) {
      const changes = this.wanted;
      this.wanted = {};
      try {
        await call("PATCH", "controls", changes);
      } catch (error) {
        this.complain(error);
        this.show_all(await call("GET", "controls").catch(() => ({})));
      }
    }
    this.sending = false;
  }

  show_all(controls) {
    for (const [name, part] of this.parts) if (name in controls) part.set(controls[name]);
  }

  async reset() {
    try {
      this.show_all(await call("PUT", "controls", {}));
    } catch (error) {
      this.complain(error);
    }
  }
}
